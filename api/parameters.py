"""The query parameters, one model per kind of question. An unknown name is an error: it would filter nothing."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.texts import DATES_REVERSED
from models.errors import QueryError
from models.figures import Wanted
from models.filters import Filters, Freq, Panel, Sort
from models.ledger import ClaimSort, GuidanceBy
from models.methods import ReaderLanguage
from models.modes import Mode
from models.records import Metric, Modality, Stance, Theme, Verdict


def _day(value: Any) -> date:
    """ISO days only: pydantic would also take a number of seconds."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "Must be a day, such as 2025-11-01")


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[
    str, Field(max_length=300), AfterValidator(lambda text: text.replace("\x00", ""))
]  # PostgreSQL has no NUL
Name = Annotated[Words, Field(max_length=200)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
PeriodName = Annotated[str, Field(pattern=r"^[0-9./Q-]{1,40}$")]
Unit = Annotated[str, Field(pattern=r"^[A-Za-z_]{1,20}$")]
Cursor = Annotated[str, Field(max_length=500)]
MOST = 50  # values of one filter


class Reader(BaseModel):
    """Who reads."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    hl: ReaderLanguage = Field(default="en", description="the reader's language, for definitions and messages")


class Dates(Reader):
    since: Day | None = Field(default=None, alias="from", description="first day, UTC")
    until: Day | None = Field(default=None, alias="to", description="last day, UTC")

    def checked(self) -> None:
        """Raises `QueryError` when the days are in the wrong order."""
        if self.since and self.until and self.since > self.until:
            raise QueryError(DATES_REVERSED["en"], dutch=DATES_REVERSED["nl"])


class Selection(Dates):
    """Filters on articles: values of one filter widen it, different filters narrow each other."""

    q: Words = Field(default="", description='words, "a phrase", prefix*; all must occur')
    lang: list[LanguageCode] = Field(default=[], max_length=MOST, description="language of the article, ISO 639-1")
    theme: list[Theme] = Field(default=[], max_length=MOST)
    org: list[Name] = Field(default=[], max_length=MOST, description="organisation that the article names")
    source: list[Name] = Field(default=[], max_length=MOST, description="name of the outlet")
    stance: list[Stance] = Field(default=[], max_length=MOST, description="where the article as a whole leans")

    def filters(self) -> Filters:
        """Raises `QueryError` when the days are in the wrong order."""
        self.checked()
        return Filters(
            q=self.q,
            lang=tuple(self.lang),
            theme=tuple(self.theme),
            org=tuple(self.org),
            source=tuple(self.source),
            stance=tuple(self.stance),
            since=self.since,
            until=self.until,
        )


class Counted(Selection):
    """Articles under the filters as a set to be counted, which a search by meaning is not: it has no edge."""

    mode: Literal["words"] = Field(default="words", description="how q is searched; a series counts words only")


class Paging(BaseModel):
    limit: int = Field(default=20, ge=1, le=100, description="rows on a page")
    cursor: Cursor | None = Field(default=None, description="meta.next of the page before")


class ArticlesTable(Selection):
    mode: Mode = Field(
        default="words", description="words: all of q occur; meaning: the nearest to q, in any language; hybrid: both"
    )
    sort: Sort | None = Field(
        default=None,
        description="newest when absent, by meaning and hybrid relevance: that of q, or without q to the subject",
    )


class ArticlesPage(ArticlesTable, Paging):
    facets: bool = Field(default=False, description="count what other filters would give")


class SeriesQuestion(Counted):
    freq: Freq = Field(default="month", description="UTC days, ISO weeks, months, quarters")
    model: Name | None = Field(default=None, description="name and version of a model; the current scores when absent")
    panel: Panel = Field(default="open", description="all sources, or only those that are there all the time")


class CapexQuestion(Dates):
    company: list[Name] = Field(default=[], max_length=MOST, description="tickers or names; all when absent")


class StanceCapexQuestion(Counted):
    company: list[Name] = Field(
        default=[], max_length=MOST, description="tickers or names; AMZN, GOOGL, META, MSFT when absent"
    )


class FiguresTable(Dates):
    q: Words = Field(default="", description='words of the article, "a phrase", prefix*; all must occur')
    lang: list[LanguageCode] = Field(default=[], max_length=MOST, description="language of the article, ISO 639-1")
    theme: list[Theme] = Field(default=[], max_length=MOST, description="theme of the article")
    source: list[Name] = Field(default=[], max_length=MOST, description="name of the outlet")
    stance: list[Stance] = Field(default=[], max_length=MOST, description="where the article as a whole leans")
    metric: list[Metric] = Field(default=[], max_length=MOST)
    org: list[Name] = Field(default=[], max_length=MOST, description="organisation that the figure is about")
    unit: list[Unit] = Field(
        default=[], max_length=MOST, description="ISO 4217, percent, percentage_point, basis_point, x, W, count"
    )
    period: list[PeriodName] = Field(
        default=[], max_length=MOST, description="2025 (and what lies in it), 2025-Q3, 2025-06, ../2030"
    )
    verdict: list[Verdict] = Field(default=[], max_length=MOST)
    modality: list[Modality] = Field(default=[], max_length=MOST)

    def filters(self) -> Filters:
        """The filters on the articles. Raises `QueryError` when the days are in the wrong order."""
        self.checked()
        return Filters(
            q=self.q,
            lang=tuple(self.lang),
            theme=tuple(self.theme),
            source=tuple(self.source),
            stance=tuple(self.stance),
            since=self.since,
            until=self.until,
        )

    def wanted(self) -> Wanted:
        """The filters on the figures."""
        return Wanted(
            metric=tuple(self.metric),
            org=tuple(self.org),
            unit=tuple(self.unit),
            period=tuple(self.period),
            verdict=tuple(self.verdict),
            modality=tuple(self.modality),
        )


class FiguresPage(FiguresTable, Paging):
    pass


class ClaimsTable(FiguresTable):
    """Claims that a figure under the filters states; the verdict is that of the claim."""

    sort: ClaimSort = Field(default="newest", description="by first sighting, or by how many outlets carry it")


class ClaimsPage(ClaimsTable, Paging):
    pass


class GuidanceQuestion(Reader):
    by: GuidanceBy = Field(default="company", description="the companies that plans are about, or who published them")


class IndicatorQuestion(Dates):
    """Of one published series; `from` and `to` keep the periods that they touch."""

    as_of: Day | None = Field(default=None, description="as known at the end of this day, UTC; as now when absent")


class IndicatorsTable(IndicatorQuestion):
    indicator: list[Name] = Field(default=[], max_length=MOST, description="ids of the catalogue; all when absent")


class VintagesTable(Reader):
    indicator: list[Name] = Field(default=[], max_length=MOST, description="ids of the catalogue; all when absent")
