"""What the reader chose, as it stands in the address: read, checked, and written back into links."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Self, get_args, get_origin
from urllib.parse import urlencode

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from starlette.datastructures import QueryParams

from models.filters import Filters, Freq, Sort
from models.records import Metric, Modality, Stance, Theme, Verdict

MOST_TEXT = 200
Words = Annotated[str, Field(max_length=MOST_TEXT)]
Word = Annotated[str, Field(max_length=MOST_TEXT, min_length=1)]


def _day(value: Any) -> Any:
    """A year or month stands for its first day, so that addresses can be written by hand."""
    if isinstance(value, str) and len(value) in {4, 7}:
        return value + "-01-01"[: 10 - len(value)] if len(value) == 4 else value + "-01"
    return value


Day = Annotated[date, BeforeValidator(_day)]


class Choice(BaseModel):
    """The filters that every list and chart shares. Field names are the names in the address."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    q: Words = ""
    lang: tuple[Word, ...] = ()
    source: tuple[Word, ...] = ()
    theme: tuple[Theme, ...] = ()
    org: tuple[Word, ...] = ()
    stance: tuple[Stance, ...] = ()
    since: Day | None = Field(None, alias="from", validation_alias=AliasChoices("from", "since"))
    until: Day | None = Field(None, alias="to", validation_alias=AliasChoices("to", "until"))
    cursor: Words | None = None

    @classmethod
    def read(cls, params: QueryParams) -> Self:
        """From the address; empty values, as a form without script sends them, count as not given.

        Raises `pydantic.ValidationError` when a value is not one that the field can have.
        """
        given: dict[str, Any] = {}
        for name, value in params.multi_items():
            if value.strip():
                given.setdefault(name, []).append(value.strip())
        return cls.model_validate({name: values if _is_list(cls, name) else values[-1] for name, values in given.items()})

    def filters(self) -> Filters:
        """The part that every query of `models` takes."""
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


FILTERS = ("q", "lang", "source", "theme", "org", "stance", "since", "until")


class FrontChoice(Choice):
    """The front page: how the series is cut, the companies under it, the order of the list."""

    freq: Freq = "quarter"
    sort: Sort = "newest"
    company: tuple[Word, ...] = ()


class FiguresChoice(Choice):
    """The figures page."""

    metric: tuple[Metric, ...] = ()
    verdict: tuple[Verdict, ...] = ()
    modality: tuple[Modality, ...] = ()
    period: tuple[Word, ...] = ()


def _is_list(choice: type[Choice], name: str) -> bool:
    field = choice.model_fields.get(name)
    return field is not None and get_origin(field.annotation) is tuple and bool(get_args(field.annotation))
