"""What the front page shows: the mood in a sentence, the chart, the filters in force and the articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from sqlmodel import Session

from api.dashboard.charts.capex import quarters
from api.dashboard.charts.overview import NARROW, WIDE, Overview, overview
from api.dashboard.choices import FILTERS, Choice, FrontChoice
from api.meaning import asked
from models import articles, breaks, capex, series
from models.answers import (
    ArticleHit,
    CapexBreak,
    CapexPoint,
    Facets,
    FacetValue,
    Page,
    StanceCapex,
    StanceCapexPoint,
    StancePoint,
    StanceSeries,
)
from models.changes import Found, find
from models.methods import ReaderLanguage
from models.modes import open_to, search
from models.stance_capex import DEFAULT_COMPANIES, stance_capex

A_PAGE = 20
LEGAL_FORM = re.compile(r"(\.com)?( Platforms)?,?( (Inc|Corp|Corporation|Ltd|PLC|N\.V)\.?)?$")
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
    changes: list[Found]
    together: StanceCapex
    companies: dict[str, str]
    chosen: tuple[str, ...]
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
    def series_query(self) -> str:
        return series_query(self.choice)

    @property
    def breaks(self) -> list[CapexBreak]:
        """The known breaks in the capex that is drawn."""
        return breaks.breaks_in({(p.ticker, row.quarter) for row in self.table for p in row.values if p})

    @property
    def capex_query(self) -> str:
        return self.choice.query(only=["company", "since", "until"], company=self.chosen)

    @property
    def together_query(self) -> str:
        return self.choice.query(only=[*self.choice.counted, "company"], company=self.chosen)

    @property
    def names(self) -> list[str]:
        """The chosen companies by name."""
        return [self.companies[ticker] for ticker in self.chosen]

    @property
    def samples(self) -> bool:
        return any(hit.sample for hit in self.hits.items)


def front(session: Session, choice: FrontChoice, lang: ReaderLanguage) -> Front:
    """Ask everything that the page shows. Raises `QueryError` when the search is not understood, `ModelError`."""
    wanted = asked(choice.q, choice.mode)
    filters = open_to(choice.filters(), wanted)
    points = capex.reported(session)
    companies = by_size(points)
    chosen = tuple(ticker for ticker in companies if ticker in (choice.company or DEFAULT_COMPANIES))
    stances = series.stance_series(session, filters, choice.freq, panel=choice.panel)
    changed = find(stances.points)
    charts = [
        overview(name, layout, stances.points, points, chosen, changed)
        for name, layout in (("wide", WIDE), ("narrow", NARROW))
        if stances.points or points
    ]
    return Front(
        choice=choice,
        hits=search(session, choice.filters(), wanted, choice.order, A_PAGE, choice.cursor),
        facets=articles.facets(session, filters),
        series=stances,
        changes=changed,
        together=stance_capex(session, filters, chosen, lang),
        companies=companies,
        chosen=chosen,
        charts=charts,
        table=capex_table(points, chosen, stances.points),
    )


def series_query(choice: FrontChoice) -> str:
    """The query that gives the same series, or its changes; always with the frequency, whose defaults differ."""
    return f"?{urlencode([*choice.pairs((*choice.counted, 'panel')), ('freq', choice.freq)])}"


def by_size(points: list[CapexPoint]) -> dict[str, str]:
    """Ticker to name, the default group first, then by all that was reported: no filter changes the order."""
    totals: dict[str, float] = {}
    for point in points:
        totals[point.ticker] = totals.get(point.ticker, 0) + point.value
    names = {point.ticker: short_name(point.company) for point in points}
    return {t: names[t] for t in sorted(names, key=lambda t: (t not in DEFAULT_COMPANIES, -totals[t]))}


def short_name(company: str) -> str:
    """A company as news calls it: `Amazon` for `Amazon.com, Inc.`."""
    return LEGAL_FORM.sub("", company) or company


def capex_table(points: list[CapexPoint], chosen: tuple[str, ...], stances: list[StancePoint]) -> list[CapexRow]:
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


def options(facet: list[FacetValue], chosen: tuple[str, ...]) -> list[tuple[str, int]]:
    """The values of a filter with their numbers of articles, and those chosen even when no article has them now."""
    counts = {value.value: value.articles for value in facet}
    return list((counts | {one: counts.get(one, 0) for one in chosen}).items())
