"""The tables. One row of `Article` is one identity on the web; what changed is a `Version`, what was read a `Score`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from models.columns import json_list, moment


class Source(SQLModel, table=True):
    """An outlet's feed or sitemap as configured, and how its last visits went."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    url: str
    kind: str
    lang: str | None = None
    paywall: bool = False
    rights: str | None = None
    sample: bool = False
    active: bool = True
    etag: str | None = None
    last_modified: str | None = None
    last_attempt: datetime | None = moment()
    last_success: datetime | None = moment()
    next_visit: datetime | None = moment()
    newest_item: datetime | None = moment()
    errors_in_row: int = 0
    last_error: str | None = None
    robots: str | None = Field(
        default=None, description="allowed, disallowed, unreachable; null before the first visit"
    )
    opt_out: str | None = Field(default=None, description="evidence of an opt-out for the whole site")


class Story(SQLModel, table=True):
    """One story and its copies: articles that share most of their words, in any order of arrival."""

    id: int | None = Field(default=None, primary_key=True)
    first_seen: datetime = moment(nullable=False)


class StoryBand(SQLModel, table=True):
    """One band of an article's MinHash; articles that share a band are candidates for the same story."""

    __tablename__ = "story_band"
    __table_args__ = (Index("story_band_value", "band", "value"), {"sqlite_with_rowid": False})

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    band: int = Field(primary_key=True)
    value: int = Field(sa_column=Column(BigInteger, nullable=False))


class Article(SQLModel, table=True):
    """One article by its canonical URL. `status` says how much of it we may and could keep."""

    __table_args__ = (
        Index("article_by_source", "source_id", "published"),
        Index("article_by_status", "status", "source_id"),
        Index("article_newest", text("coalesce(published, '0001-01-01 00:00:00.000000')"), "id"),
        Index("article_oldest", text("coalesce(published, '9999-12-31 23:59:59.999999')"), "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True)
    url: str = Field(unique=True)
    title: str
    author: str | None = None
    lang: str | None = Field(default=None, index=True)
    published: datetime | None = moment(index=True)
    published_origin: str | None = Field(default=None, description="feed, html, url; null when no date was found")
    modified: datetime | None = moment()
    first_seen: datetime = moment(nullable=False)
    fetched: datetime = moment(nullable=False)
    status: str = Field(description="whole, partial (paywall or consent wall), opted_out, unusable")
    reason: str | None = Field(default=None, description="why it is not whole, with the evidence")
    text: str | None = Field(default=None, description="null when opted out or unusable")
    content_hash: str = ""
    version: int = 1
    sample: bool = False
    planted: list[str] = json_list()  # false claims that the sample newsroom planted on purpose, as written


class Version(SQLModel, table=True):
    """An earlier title and text of an article, kept when it changed."""

    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    number: int
    title: str
    text: str | None = None
    content_hash: str
    seen: datetime = moment(nullable=False)


class Sighting(SQLModel, table=True):
    """A link as a feed listed it, so that an item that did not change is not fetched again."""

    url: str = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", description="null when it was rejected")
    mark: str = Field(description="fingerprint of the item's title and dates in the feed")
    at: datetime = moment(nullable=False)


class Rejection(SQLModel, table=True):
    """Something that did not become an article, and the reason that a reader understands."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    url: str = Field(unique=True)
    reason: str
    at: datetime = moment(nullable=False)


class Score(SQLModel, table=True):
    """One reading of one version of an article by one model; the current one counts, earlier ones are kept."""

    __table_args__ = (
        Index(
            "score_current",
            "article_id",
            unique=True,
            sqlite_where=text("current = 1"),
            postgresql_where=text("current"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    version: int
    current: bool = True
    model_name: str
    model_version: str
    device: str
    at: datetime = moment(nullable=False)
    lang: str | None = None
    relevant: bool | None = None
    relevance: float | None = None
    net_stance: float | None = None
    intensity: float | None = None
    hype_share: float | None = None
    caution_share: float | None = None
    title_p_hype: float | None = None
    title_p_caution: float | None = None
    title_p_neutral: float | None = None


class SentenceRow(SQLModel, table=True):
    """A scored sentence; its words are `article.text[start:end]`."""

    __tablename__ = "sentence"

    id: int | None = Field(default=None, primary_key=True)
    score_id: int = Field(foreign_key="score.id", index=True)
    number: int
    start: int
    end: int
    stance: str | None = None
    p_hype: float | None = None
    p_caution: float | None = None
    p_neutral: float | None = None


class ThemeRow(SQLModel, table=True):
    """A theme of an article in its current reading."""

    __tablename__ = "article_theme"

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    theme: str = Field(primary_key=True, index=True)


class OrgRow(SQLModel, table=True):
    """An organisation that an article names, in its current reading, by canonical name."""

    __tablename__ = "article_org"

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    org: str = Field(primary_key=True, index=True)


class EmbeddingRow(SQLModel, table=True):
    """What an article is about, as a vector. A renewed one is a new row with an id beyond all before, never reused."""

    __tablename__ = "embedding"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", unique=True)
    version: int = Field(description="the version of the article that was read")
    model_name: str
    model_version: str
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="int8, a byte a dimension")


class FigureRow(SQLModel, table=True):
    """A cited figure of an article's current reading; `verdict` is the strongest of its checks."""

    __tablename__ = "figure"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    text: str
    start: int
    end: int
    sentence: int
    value: float
    value_to: float | None = None
    unit: str | None = Field(default=None, index=True)
    noun: str | None = None
    qualifier: str | None = None
    direction: str | None = None
    period: str | None = Field(default=None, index=True)
    role: str
    metric: str = Field(index=True)
    subjects: list[str] = json_list()
    modality: str
    attribution: str | None = None
    denied: bool = False
    checks: list[dict[str, Any]] = json_list()
    verdict: str | None = Field(default=None, index=True)
    planted: bool = False
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    since: datetime | None = moment()  # when the article first gave it so, for figures with a claim
    later: list[dict[str, Any]] = json_list()  # what filings after the publication said, as `Later` records


class Claim(SQLModel, table=True):
    """What figures in any article state alike: one quantity of the same organisations; totals follow its figures."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, description="public id; made from the first figure and never changed")
    key: str = Field(index=True, description="metric, organisations, period, kind and unit, which all figures share")
    who: str = Field(index=True, description="the organisations as one word")
    anchor: float = Field(description="value of the first figure; those within reach of it are versions of it")
    metric: str = Field(index=True)
    subjects: list[str] = json_list()
    period: str | None = None
    change: bool = False
    unit: str
    noun: str | None = None
    direction: str | None = None
    first_seen: datetime = moment(nullable=False, index=True)
    last_seen: datetime = moment(nullable=False)
    articles: int = 0
    sources: int = 0
    spread: int = Field(default=0, index=True, description="to sort by: outlets, then articles")
    low: float = 0
    high: float = 0
    verdict: str | None = Field(default=None, index=True, description="the strongest of its figures")


class FormerFigure(SQLModel, table=True):
    """A figure of an earlier version of an article, kept so that a correction is seen as one."""

    __tablename__ = "former_figure"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    version: int
    text: str
    value: float
    value_to: float | None = None
    qualifier: str | None = None
    verdict: str | None = None
    checks: list[dict[str, Any]] = json_list()
    since: datetime = moment(nullable=False)
    replaced: datetime = moment(nullable=False)


class FigureOrg(SQLModel, table=True):
    """A subject of a figure, to filter by."""

    __tablename__ = "figure_org"

    figure_id: int = Field(foreign_key="figure.id", primary_key=True)
    org: str = Field(primary_key=True, index=True)


class CapexRow(SQLModel, table=True):
    """Reported capex of one company in one quarter, in US dollars, with its filing."""

    __tablename__ = "capex"
    __table_args__ = (UniqueConstraint("ticker", "start", "end", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    ticker: str = Field(index=True)
    company: str
    quarter: str = Field(index=True)
    start: date
    end: date
    value: float
    concept: str
    form: str
    grade: str
    filed: date | None = None
    source: str
    note: str | None = None


class PublicValue(SQLModel, table=True):
    """A value of a public series as it was first seen on the day `vintage`; a revision is a row of its own."""

    __tablename__ = "public_series"
    __table_args__ = (
        CheckConstraint("series <> ''", name="public_series_named"),
        CheckConstraint("start <= vintage", name="public_series_begun"),
        CheckConstraint("value BETWEEN -1e300 AND 1e300", name="public_series_finite"),
    )

    series: str = Field(primary_key=True)
    start: date = Field(primary_key=True)
    vintage: date = Field(primary_key=True)
    value: float


class IndicatorRow(SQLModel, table=True):
    """A published value as it was known from `day` (UTC) on, until a later day says otherwise. Never rewritten."""

    __tablename__ = "indicator_value"

    indicator: str = Field(primary_key=True)
    start: date = Field(primary_key=True, description="first day of the period")
    day: date = Field(primary_key=True, description="from which it was so")
    value: float | None = Field(default=None, description="null when there are too few sources, or nothing any more")
    lower: float | None = None
    upper: float | None = None
    articles: int | None = None
    stories: int | None = None
    sources: int | None = None
    grade: str | None = None
    filing: str | None = None
    model: str | None = None
    method: str
