"""The one envelope of every JSON answer: the data, and what a reader needs to know to use them."""

from datetime import date
from typing import Generic, TypeVar

from pydantic import Field

from models.answers import CapexBreak, Facets, LeadLag
from models.indicator_answers import IndicatorEntry
from models.records import Record

Data = TypeVar("Data")


class Meta(Record):
    """What the data are and how complete they are. Counts in `coverage` are named in docs/api.md."""

    definition: str = Field(description="what a row is, in the reader's language")
    method: str | None = Field(
        default=None, description="how the numbers were made, beginning with the method's version"
    )
    total: int | None = Field(default=None, description="rows under the filters, on all pages")
    next: str | None = Field(default=None, description="cursor of the next page; null on the last one")
    coverage: dict[str, float | int | str | None] = Field(
        default={}, description="what is in the data and what is left out"
    )


class ArticlesMeta(Meta):
    total_is_lower_bound: bool = Field(
        default=False, description="whether there may be more than the total: a search by meaning ends at the 200 best"
    )
    facets: Facets | None = Field(
        default=None, description="how many articles other filters would give; with facets=true"
    )


class StanceMeta(Meta):
    freq: str
    panel: list[str] | None = Field(description="the sources of the fixed panel; null for the open one")
    models: list[str]


class CapexMeta(Meta):
    breaks: list[CapexBreak] = Field(description="known breaks within the quarters shown")


class IndicatorMeta(Meta):
    indicator: IndicatorEntry
    as_of: date | None = Field(description="the day as known at the end of which the values are; null is now")


class StanceCapexMeta(Meta):
    companies: list[str]
    lead_lag: list[LeadLag]
    warning: str


MetaType = TypeVar("MetaType", bound=Meta)


class Answer(Record, Generic[Data, MetaType]):
    data: Data
    meta: MetaType
