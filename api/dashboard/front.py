"""What the front page shows: the mood in a sentence, the chart, the filters in force and the articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from api.dashboard.charts.capex import quarters
from api.dashboard.charts.overview import NARROW, WIDE, Overview, overview
from api.dashboard.choices import FILTERS, Choice, FrontChoice
from models import articles, capex, series, stance_capex
from models.answers import (
    ArticleHit, CapexPoint, Facets, FacetValue, Page, StanceCapex, StanceCapexPoint, StancePoint, StanceSeries,
)  # fmt: skip

BY_DEFAULT = ("AMZN", "GOOGL", "META", "MSFT")
A_PAGE = 20
CLEAR_LEAN = 0.1
FREQUENCIES = ("quarter", "month", "week", "day")


class Chip(NamedTuple):
    """A filter in force: its field, its value, and the link that takes it off."""

    field: str
    value: str
    href: str


class CapexRow(NamedTuple):
    """A row of the capex table: null where a company has no filing for the quarter."""

    quarter: str
    values: list[CapexPoint | None]
    total: float | None


@dataclass(frozen=True)
class Front:
    """The content of the front page; `charts` is empty when there is nothing to draw."""

    choice: FrontChoice
    hits: Page[ArticleHit]
    facets: Facets
    series: StanceSeries
    together: StanceCapex
    companies: dict[str, str]
    chosen: list[str]
    charts: list[Overview]
    table: list[CapexRow]

    @property
    def latest(self) -> StancePoint | None:
        """The last period that has a value."""
        return next((p for p in reversed(self.series.points) if p.net_stance is not None), None)

    @property
    def silent(self) -> StancePoint | None:
        """The last period, when it has too few articles for a value."""
        last = self.series.points[-1] if self.series.points else None
        return last if last and last.net_stance is None else None

    @property
    def spending(self) -> StanceCapexPoint | None:
        """The last quarter for which all chosen companies have filed."""
        return next((p for p in reversed(self.together.points) if p.capex is not None), None)

    @property
    def samples(self) -> bool:
        return any(hit.sample for hit in self.hits.items)


def front(session: Session, choice: FrontChoice) -> Front:
    """Ask everything that the page shows. Raises `QueryError` when the search is not understood."""
    filters = choice.filters()
    points = capex.reported(session)
    companies = by_size(points)
    chosen = [ticker for ticker in companies if ticker in (choice.company or BY_DEFAULT)]
    stances = series.stance_series(session, filters, choice.freq)
    charts = [
        overview(name, layout, stances.points, points, chosen)
        for name, layout in (("wide", WIDE), ("narrow", NARROW))
        if stances.points or points
    ]
    return Front(
        choice=choice,
        hits=articles.search(session, filters, choice.sort, A_PAGE, choice.cursor),
        facets=articles.facets(session, filters),
        series=stances,
        together=stance_capex.stance_capex(session, filters, chosen),
        companies=companies,
        chosen=chosen,
        charts=charts,
        table=capex_table(points, chosen, stances.points),
    )


def by_size(points: list[CapexPoint]) -> dict[str, str]:
    """Ticker to name, the default group first and then by all that was reported: an order that filters do not change."""
    totals: dict[str, float] = {}
    for point in points:
        totals[point.ticker] = totals.get(point.ticker, 0) + point.value
    names = {point.ticker: point.company for point in points}
    return {t: names[t] for t in sorted(names, key=lambda t: (t not in BY_DEFAULT, -totals[t]))}


def capex_table(points: list[CapexPoint], chosen: list[str], stances: list[StancePoint]) -> list[CapexRow]:
    """A row for every quarter on the axis, newest last."""
    spans = stances or points
    if not spans:
        return []
    found = {(point.quarter, point.ticker): point for point in points}
    rows = []
    for quarter in quarters(min(p.start for p in spans), max(p.end for p in spans)):
        values = [found.get((quarter.name, ticker)) for ticker in chosen]
        known = [value.value for value in values if value]
        rows.append(CapexRow(quarter.name, values, sum(known) if chosen and len(known) == len(chosen) else None))
    return rows


def chips(choice: Choice, fields: tuple[str, ...] = FILTERS) -> list[Chip]:
    """The filters in force, one chip a value."""
    return list(_chips(choice, fields))


def _chips(choice: Choice, fields: tuple[str, ...]) -> Iterator[Chip]:
    for field in fields:
        value = getattr(choice, field)
        if isinstance(value, tuple):
            yield from (Chip(field, str(one), choice.without(field, one)) for one in value)
        elif value:
            yield Chip(field, str(value), choice.without(field))


def options(facet: list[FacetValue], chosen: tuple[str, ...]) -> list[FacetValue]:
    """The values of a filter with those chosen, even when no article has them now."""
    known = {value.value for value in facet}
    return facet + [FacetValue(value=one, articles=0) for one in chosen if one not in known]


def lean(value: float) -> str:
    """The key of the word for a net stance."""
    if abs(value) <= CLEAR_LEAN:
        return "neutral"
    return "hype" if value > 0 else "caution"
