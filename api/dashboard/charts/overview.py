"""The main chart: stance, coverage and capex above each other on one time axis, in a wide and a narrow drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.dashboard.charts.axes import TimeScale, months, years
from api.dashboard.charts.capex import CapexPanel, capex_panel
from api.dashboard.charts.marks import Mark, marks
from api.dashboard.charts.stance import Box, StancePanel, coverage_bars, stance_panel
from models.answers import CapexPoint, StancePoint
from models.changes import Found

SHORT_AXIS_DAYS = 500
FEWEST_UNITS_A_TICK = 44


@dataclass(frozen=True)
class Layout:
    """Measures of a drawing in SVG user units (CSS pixels at its natural width)."""

    width: int
    height: int
    left: int
    right: int
    stance: tuple[int, int]
    coverage: tuple[int, int]
    capex: tuple[int, int]


WIDE = Layout(1120, 640, 62, 1000, stance=(34, 262), coverage=(314, 364), capex=(420, 600))
NARROW = Layout(360, 578, 34, 352, stance=(30, 216), coverage=(264, 306), capex=(362, 540))


@dataclass(frozen=True)
class Tick:
    """A mark on the time axis and the middle of the time that its label names."""

    x: float
    label_x: float
    day: date


@dataclass(frozen=True)
class Hit:
    """Where a pointer asks for a period: `row` is the id of its row in the table."""

    box: Box
    row: str


@dataclass(frozen=True)
class Overview:
    """All that the template draws."""

    name: str
    layout: Layout
    stance: StancePanel
    coverage: list[Box]
    most_articles: int
    capex: CapexPanel
    ticks: list[Tick]
    by_month: bool
    hits: list[Hit]
    marks: list[Mark]


def overview(
    name: str,
    layout: Layout,
    points: list[StancePoint],
    capex: list[CapexPoint],
    tickers: Sequence[str],
    changes: Sequence[Found] = (),
) -> Overview:
    """Compute the drawing `name` ("wide" or "narrow"). The axis runs over the stance periods, else over the capex.

    Raises `ValueError` when there is neither.
    """
    spans = [(p.start, p.end) for p in points] or [(p.start, p.end) for p in capex]
    time = TimeScale(min(s for s, _ in spans), max(e for _, e in spans), layout.left, layout.right)
    by_month = (time.end - time.start).days < SHORT_AXIS_DAYS
    lower = capex_panel(capex, tickers, time, *layout.capex)
    upper = stance_panel(points, time, *layout.stance)
    return Overview(
        name=name,
        layout=layout,
        stance=upper,
        coverage=coverage_bars(points, time, *layout.coverage),
        most_articles=max((point.articles for point in points), default=0),
        capex=lower,
        ticks=_ticks(time, by_month),
        by_month=by_month,
        hits=_stance_hits(points, time, layout) + _capex_hits(lower, layout),
        marks=marks(changes, upper.bound, time, *layout.stance),
    )


def _ticks(time: TimeScale, by_month: bool) -> list[Tick]:
    firsts = months(time.start, time.end) if by_month else years(time.start, time.end)
    edges = [time.at(day) for day in firsts] + [time.right]
    found = [Tick(edges[n], round((edges[n] + edges[n + 1]) / 2, 1), day) for n, day in enumerate(firsts)]
    every = 1 + int(len(found) * FEWEST_UNITS_A_TICK // (time.right - time.left))
    return found[::every]


def _stance_hits(points: list[StancePoint], time: TimeScale, layout: Layout) -> list[Hit]:
    top, bottom = layout.stance[0], layout.coverage[1]
    return [Hit(Box(*_wide(time.span(p.start, p.end), top, bottom)), f"stance-{p.period}") for p in points]


def _capex_hits(panel: CapexPanel, layout: Layout) -> list[Hit]:
    top, bottom = layout.capex
    return [Hit(Box(*_wide((c.x, c.width), top, bottom)), f"capex-{c.quarter}") for c in panel.columns]


def _wide(span: tuple[float, float], top: int, bottom: int) -> tuple[float, float, float, float]:
    return span[0], top, span[1], bottom - top
