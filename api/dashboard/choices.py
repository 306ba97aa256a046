"""What the reader chose, as it stands in the address: read, checked, and written back into links."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args, get_origin
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from starlette.datastructures import QueryParams

from api.texts import DATES_REVERSED
from models.errors import QueryError
from models.figures import Wanted
from models.filters import Filters, Freq, Panel, Sort
from models.ledger import ClaimSort
from models.modes import Mode
from models.records import Document, Metric, Modality, Stance, Theme, Verdict
from models.stance_capex import DEFAULT_COMPANIES

MOST_TEXT = 300
MOST_CURSOR = 500
MOST_CHARACTERS = 100_000
MOST_TITLE = 1000


def one_character_line_ends(text: str) -> str:
    """Browsers send two characters for a line end; offsets count one."""
    return text.replace("\r\n", "\n")


Words = Annotated[str, Field(max_length=MOST_TEXT)]
Word = Annotated[str, Field(max_length=MOST_TEXT, min_length=1)]


class Choice(BaseModel):
    """The filters that every list and chart shares. Field names are the names in the address."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    q: Words = ""
    lang: tuple[Word, ...] = ()
    source: tuple[Word, ...] = ()
    theme: tuple[Theme, ...] = ()
    org: tuple[Word, ...] = ()
    stance: tuple[Stance, ...] = ()
    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")
    cursor: Annotated[str, Field(max_length=MOST_CURSOR)] | None = None

    @classmethod
    def read(cls, params: QueryParams) -> Self:
        """From the address; empty values, as a form without script sends them, count as not given.

        Raises `pydantic.ValidationError` when a value is not one that the field can have.
        """
        given: dict[str, Any] = {}
        for name, value in params.multi_items():
            if value.strip():
                given.setdefault(name, []).append(value.strip())
        return cls.model_validate(
            {name: values if _is_list(cls, name) else values[-1] for name, values in given.items()}
        )

    def filters(self) -> Filters:
        """The part that every query of `models` takes. Raises `QueryError` when the days are in the wrong order."""
        if self.since and self.until and self.since > self.until:
            raise QueryError(DATES_REVERSED["en"], dutch=DATES_REVERSED["nl"])
        return Filters(self.q, self.lang, self.theme, self.org, self.source, self.stance, self.since, self.until)

    def pairs(self, only: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """Names and values that differ from the default, in the order of the fields."""
        pairs = []
        for field, info in type(self).model_fields.items():
            value = getattr(self, field)
            if value == info.default or (only is not None and field not in only):
                continue
            name = info.alias or field
            pairs += [(name, str(one)) for one in (value if isinstance(value, tuple) else (value,))]
        return pairs

    def query(self, *, only: Iterable[str] | None = None, **changes: Any) -> str:
        """`?…` for a link to the same view with some changes; a change of filter starts at the first page."""
        changed = self.model_copy(update={"cursor": None, **changes})
        written = urlencode(changed.pairs(only))
        return f"?{written}" if written else "?"

    def without(self, field: str, value: str | None = None) -> str:
        """The link that takes one value of a filter off."""
        kept = tuple(one for one in getattr(self, field) if one != value) if value is not None else None
        default = type(self).model_fields[field].default
        return self.query(**{field: default if kept is None else kept})

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """What a form has to carry along beside the fields that it shows."""
        return self.pairs([field for field in type(self).model_fields if field not in {*shown, "cursor"}])


FILTERS = ("q", "lang", "source", "theme", "org", "stance", "since", "until")


class FrontChoice(Choice):
    """The front page: how the series is cut, of which sources, the companies under it, the order of the list."""

    freq: Freq = "quarter"
    panel: Panel = "open"
    mode: Mode = "words"
    sort: Sort | None = None
    company: tuple[Word, ...] = ()

    @property
    def order(self) -> Sort:
        """The order of the list: unless chosen, best first for a list of the best, else newest first."""
        return self.sort or ("newest" if self.mode == "words" or not self.q else "relevance")

    @property
    def counted(self) -> tuple[str, ...]:
        """The filters under which articles are counted: a search by meaning has no edge, so it is none of them."""
        return FILTERS if self.mode == "words" else tuple(field for field in FILTERS if field != "q")

    @field_validator("company")
    @classmethod
    def _default_is_no_choice(cls, company: tuple[str, ...]) -> tuple[str, ...]:
        return () if set(company) == set(DEFAULT_COMPANIES) else company


class FiguresChoice(Choice):
    """The figures page; `org` is there what a figure is about, not what its article names."""

    metric: tuple[Metric, ...] = ()
    verdict: tuple[Verdict, ...] = ()
    modality: tuple[Modality, ...] = ()
    period: tuple[Word, ...] = ()

    def on_articles(self) -> Filters:
        return replace(self.filters(), org=())

    def on_figures(self) -> Wanted:
        return Wanted(self.metric, self.org, (), self.period, self.verdict, self.modality)


class ClaimsChoice(FiguresChoice):
    """The ledger: the same filters, newest or most spread first."""

    sort: ClaimSort = "newest"


FIGURE_FILTERS = (*FILTERS, "metric", "verdict", "modality", "period")


class TextForm(BaseModel):
    """A text that the reader wants analysed."""

    text: Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(one_character_line_ends)] = ""
    title: Annotated[str, Field(max_length=MOST_TITLE)] = ""
    published: date | Literal[""] = ""

    def document(self) -> Document:
        return Document(
            id="text", text=self.text, title=self.title.strip() or None, published=str(self.published) or None
        )


def _is_list(choice: type[Choice], name: str) -> bool:
    field = choice.model_fields.get(name)
    return field is not None and get_origin(field.annotation) is tuple and bool(get_args(field.annotation))
