"""The records that the claim ledger answers with."""

from datetime import datetime

from pydantic import Field

from models.answers import CitedFigure
from models.records import Outcome, Record


class ClaimHit(Record):
    """A claim in the ledger: one quantity, as the articles under the ledger give it."""

    id: str
    metric: str
    subjects: list[str]
    period: str | None = Field(description="of a change without one, the month in which the article appeared")
    change: bool = Field(description="whether it is a change rather than a level")
    direction: str | None
    unit: str
    noun: str | None
    text: str = Field(description="as first written")
    latest: str = Field(description="as last written")
    low: float = Field(description="lowest value given")
    high: float = Field(description="highest value given")
    first_seen: datetime = Field(description="when the first article appeared, or was updated to say so")
    last_seen: datetime
    first_source: str
    first_article: int
    articles: int
    sources: int
    verdict: str | None = Field(description="the strongest verdict of its figures: an accusation comes first")
    outcome: Outcome | None = Field(description="of the first version that is a plan or forecast: what became of it")
    sample: bool
    planted: bool = Field(description="the first or last version is a false claim that the sample put there")


class ClaimVersion(Record):
    """One way of putting the claim, from its first sighting on."""

    text: str
    value: float
    value_to: float | None
    qualifier: str | None
    modality: str
    first_seen: datetime
    source: str
    article: int
    lang: str | None
    articles: int = Field(description="articles that put it so")
    verdict: str | None


class Correction(Record):
    """An article that was updated and puts the figure differently since, or no longer (`to` is null)."""

    article: int
    title: str
    source: str
    was: str
    verdict: str | None = Field(description="of the earlier figure")
    to: str | None
    lang: str | None
    seen: datetime


class KnownVerdict(Record):
    """What was known of the claim from a day on."""

    since: datetime
    verdict: str = Field(description="a verdict, or what became of a plan: met, above, below")
    text: str = Field(description="the figure as written")
    lang: str | None = Field(description="language of the article")
    explanation: dict[str, str] = Field(description="by language of the reader, as far as it is there")
    article: int


class ClaimDetail(Record):
    """One claim: how it travelled, what was known of it when, and every sighting, the first one first."""

    claim: ClaimHit
    versions: list[ClaimVersion]
    verdicts: list[KnownVerdict]
    corrections: list[Correction]
    languages: list[str]
    sightings: list[CitedFigure] = Field(description="the first 100; /v1/figures has them all")
    dates: dict[int, datetime] = Field(description="since when the article of each sighting gives it so, by figure id")


class Guidance(Record):
    """How the plans and forecasts about a company, or in an outlet, came out once the filings were there."""

    name: str
    figures: int = Field(description="different numbers, however often each was printed")
    met: int
    above: int = Field(description="more was spent than said")
    below: int
    unverifiable: int
    ratio: float | None = Field(description="median of filed over stated, null when nothing was decided")
