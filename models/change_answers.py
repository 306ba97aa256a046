"""The records of changes: what changed, and the sources, stories and sentences that moved it."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from models.records import Record, Stance

Kind = Literal["turning_point", "unusual"]


class SourceShare(Record):
    """What a source contributed to the difference; `before` and `after` are null where it was not heard."""

    source: str
    before: float | None
    after: float | None
    contribution: float = Field(description="mood and make_up together; those of all sources add up to the difference")
    mood: float = Field(description="because its own stance changed")
    make_up: float = Field(description="because it came, went, or became one of more or fewer sources")


class StoryShare(Record):
    """What a story contributed; `article` is its article that contributed most."""

    story: int | None
    article: int
    title: str
    url: str
    source: str
    lang: str | None
    published: datetime
    sample: bool
    articles: int = Field(description="its articles in both spans")
    contribution: float


class SentenceShare(Record):
    """What a sentence contributed; `text` is null when it is not among the quotations of its article."""

    article: int
    source: str
    lang: str | None
    published: datetime
    number: int
    start: int
    end: int
    stance: Stance | None
    text: str | None
    contribution: float


class Change(Record):
    """A turning point or an unusual period, held against the periods before it.

    `before` and `after` are the net stance of the two spans of days, each taken as one period; `difference` is what
    sources, or all stories, or all sentences and titles contribute together.
    """

    kind: Kind
    period: str = Field(description="the period with which it came: 2025-W45")
    start: date
    end: date
    net_stance: float = Field(description="of that period")
    deviation: float | None = Field(description="of an unusual period, in robust standard deviations; null without any")
    before_from: date
    before_to: date
    after_from: date
    after_to: date
    before: float
    after: float
    difference: float
    mood: float = Field(description="the part that sources heard in both spans made by changing their stance")
    make_up: float = Field(description="the part that came from other sources being heard")
    sources: list[SourceShare] = Field(description="all of them, the largest contribution first")
    stories: list[StoryShare] = Field(description="those that contributed most, at most five")
    other_stories: float = Field(description="what all other stories contributed together")
    sentences: list[SentenceShare] = Field(description="those of the stories that contributed most, at most five")


class Changes(Record):
    """The changes of a series, newest first, and how much of it could be looked at."""

    freq: str
    changes: list[Change]
    periods: int
    valued: int = Field(description="periods with a value: only these are looked at")
    panel: list[str] | None
    models: list[str]
    method: str
