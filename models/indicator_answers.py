"""The records that published indicators answer with."""

from datetime import date

from pydantic import Field

from models.filters import Freq
from models.records import Record


class IndicatorEntry(Record):
    """A published series in the catalogue, in the reader's language."""

    id: str = Field(description="never changes: measure, scope and frequency")
    title: str
    definition: str
    measure: str = Field(description="net-stance, hype-share, caution-share or capex")
    scope: str = Field(description="all, nl, en, the ticker of a company, or big4")
    freq: Freq
    unit: str = Field(description="index (-1 to +1), share (0 to 1) or USD")
    method: str = Field(description="name and version of the method; docs/method.md explains it")
    sources: str
    licence: str


class IndicatorPoint(Record):
    """A value of an indicator as it was known from `since` on. Null is not published, and never 0."""

    indicator: str = Field(description="id of the indicator in the catalogue")
    period: str = Field(description="2025-W45, 2025-11 or 2025-Q4")
    start: date = Field(description="first day of the period")
    end: date = Field(description="last day of the period")
    value: float | None = Field(description="in the unit of the indicator")
    lower: float | None = Field(description="lower bound of the 95% interval, of net stance only")
    upper: float | None = Field(description="upper bound of the 95% interval, of net stance only")
    articles: int | None = Field(description="articles in it; null for capex")
    stories: int | None = Field(description="different stories in it; null for capex")
    sources: int | None = Field(description="outlets in it; null for capex")
    grade: str | None = Field(description="of capex: reported, derived or rounded, of a group the least certain")
    filing: str | None = Field(description="of a company's capex: form, day of filing and where it is")
    model: str | None = Field(description="name and version of the models that read the articles")
    method: str = Field(description="name and version of the method")
    since: date = Field(description="day (UTC) from which this is the published value")
