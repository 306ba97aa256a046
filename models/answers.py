"""The records that queries answer with; the HTTP API sends them as they are, the dashboard draws them."""

from datetime import date, datetime
from typing import Generic, TypeVar

from pydantic import Field

from models.records import Check, Figure, Later, ModelInfo, Record, Stance

Item = TypeVar("Item")


class Page(Record, Generic[Item]):
    """Some items in a stable order; `next` is an opaque cursor, null on the last page."""

    items: list[Item]
    total: int
    total_is_lower_bound: bool = False
    next: str | None = None


class ArticleHit(Record):
    """An article in a list. Scores are null when it was not scored (`status` says why)."""

    id: int
    url: str
    title: str
    source: str
    lang: str | None
    published: datetime | None
    first_seen: datetime
    status: str = Field(description="whole, partial, opted_out, unusable")
    sample: bool = Field(description="written for the demonstration, not real news")
    relevant: bool | None
    relevance: float | None
    net_stance: float | None
    intensity: float | None
    stance: Stance | None = Field(
        description="caution below -0.1, hype above 0.1, neutral between; null when not scored"
    )
    themes: list[str]
    orgs: list[str]
    figures: int
    story: int | None
    copies: int = Field(description="other articles of the same story")
    snippet: str | None = Field(None, description="words around the match, at most 40; null without a search")


class Bar(Record):
    """A sentence as the article page draws it: in words when it is quoted, as a coloured bar when not."""

    number: int
    start: int
    end: int
    stance: Stance | None
    p_hype: float | None
    p_caution: float | None
    p_neutral: float | None
    contribution: float | None = Field(None, description="to the net stance of the article; null where not scored")
    text: str | None = Field(description="null when the sentence is not among the quotations")


class CitedCheck(Check):
    """A check that is explained in each language of readers, as far as it was stored so."""

    explanations: dict[str, str] = Field({}, description="by language of the reader, nl and en")


class CitedFigure(Figure):
    """A figure with where it stands. `planted`: the sample put a false claim here on purpose."""

    checks: list[CitedCheck] = Field([])  # type: ignore[assignment]  # each is a Check

    id: int
    article: int
    title: str
    source: str
    lang: str | None
    published: datetime | None
    verdict: str | None
    sample: bool
    planted: bool
    quote: str | None = Field(description="the sentence, when it is short enough to quote")
    claim: str | None = Field(description="the claim that it states, in /v1/claims/{id}; null when it is not followed")
    later: list[Later] = Field([], description="what filings after the publication said")


class Copy(Record):
    """Another article of the same story."""

    id: int
    url: str
    title: str
    source: str
    lang: str | None
    published: datetime | None


class Similar(Copy):
    """Another article on nearly the same subject."""

    cosine: float = Field(description="of the vectors of both, at most 1; unrelated articles are about 0 apart")


class Reading(Record):
    """Which model and version made the current scores, and when."""

    model: ModelInfo
    at: datetime
    version: int = Field(description="the version of the article that was read")


class Revision(Record):
    """An earlier state of an article."""

    number: int
    title: str
    seen: datetime


class ArticleDetail(ArticleHit):
    """One article with its quotations, bars, figures, copies and earlier versions."""

    author: str | None
    modified: datetime | None
    published_origin: str | None
    fetched: datetime
    reason: str | None
    version: int
    revisions: list[Revision]
    text: str | None = Field(description="whole text, for sample articles only")
    title_contribution: float | None = Field(description="of the title; with those of the sentences it is net_stance")
    sentences: list[Bar]
    cited: list[CitedFigure]
    elsewhere: list[Copy]
    similar: list[Similar] = Field(description="nearest by meaning, not of the same story; another language first")
    planted: list[str]
    reading: Reading | None


class FacetValue(Record):
    """A value of a filter and how many articles have it under the other filters."""

    value: str
    articles: int


class Facets(Record):
    lang: list[FacetValue]
    source: list[FacetValue]
    theme: list[FacetValue]
    org: list[FacetValue]
    stance: list[FacetValue]


class StancePoint(Record):
    """Net stance of one period. Null values under 3 sources or 10 stories; null is never 0."""

    period: str = Field(description="2025-11-03, 2025-W45, 2025-11 or 2025-Q4")
    start: date
    end: date
    net_stance: float | None
    lower: float | None
    upper: float | None
    hype_share: float | None
    caution_share: float | None
    articles: int
    stories: int
    sources: int


class StanceSeries(Record):
    """The series, every period from first to last, and what it leaves out."""

    freq: str
    points: list[StancePoint]
    undated: int = Field(description="relevant articles without a date, left out")
    unscored: int = Field(description="articles that were not scored: another language, opted out, unusable")
    opted_out_share: float = Field(description="share of dated articles that an opt-out keeps from being read")
    panel: list[str] | None = Field(description="the sources of the fixed panel; null for the open one")
    models: list[str] = Field(description="name and version of the models whose scores are in it")
    method: str


class CapexPoint(Record):
    """Reported capex of a company in a calendar quarter, US dollars."""

    ticker: str
    company: str
    quarter: str
    start: date
    end: date
    value: float
    grade: str
    form: str
    concept: str
    filed: date | None
    source: str
    note: str | None


class CapexBreak(Record):
    """A quarter from which a company's reported capex means something else than before."""

    ticker: str
    quarter: str = Field(description="the first quarter of the new meaning")
    text: dict[str, str] = Field(description="what changed, by language of the reader, nl and en")


class StanceCapexPoint(Record):
    """A quarter on the common axis; `capex` is the sum of the group, null until all its companies have filed."""

    quarter: str
    start: date
    end: date
    net_stance: float | None
    lower: float | None
    upper: float | None
    capex: float | None
    capex_growth: float | None = Field(description="against the same quarter a year before, as a fraction")


class LeadLag(Record):
    """Correlation of the changes of stance with the changes of capex `lag` quarters later (negative: earlier)."""

    lag: int
    correlation: float | None
    lower: float | None
    upper: float | None
    quarters: int


class StanceCapex(Record):
    companies: list[str]
    points: list[StanceCapexPoint]
    lead_lag: list[LeadLag]
    warning: str
    method: str


class SourceState(Record):
    """A source, how its visits go and what it contributes."""

    name: str
    url: str
    kind: str
    lang: str | None
    sample: bool
    paywall: bool
    rights: str | None
    robots: str | None
    opt_out: str | None
    last_attempt: datetime | None
    last_success: datetime | None
    next_visit: datetime | None
    newest_item: datetime | None
    errors_in_row: int
    last_error: str | None
    articles: int
    whole: int
    partial: int
    opted_out: int
    unusable: int
    rejected: int
