"""The lower panel: reported capex per quarter as stacked columns; one that not all have filed is marked as such."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.dashboard.charts.axes import Scale, TimeScale, ticks
from models.answers import CapexPoint

COLUMN_GAP = 0.28
LABEL_APART = 15.0
BILLION = 1e9


@dataclass(frozen=True)
class Segment:
    """One company's part of a column."""

    ticker: str
    y: float
    height: float
    label_y: float


@dataclass(frozen=True)
class Column:
    """One quarter. `filed` companies of `of`: the column is whole when they are equal, absent when none has filed."""

    quarter: str
    x: float
    width: float
    top: float
    segments: list[Segment]
    filed: int
    of: int
    total: float

    @property
    def whole(self) -> bool:
        return self.filed == self.of


@dataclass(frozen=True)
class Label:
    """A company's name beside the last whole column, `y` moved apart from its neighbours, `at` where it points."""

    ticker: str
    x: float
    y: float
    at: float


@dataclass(frozen=True)
class CapexPanel:
    columns: list[Column]
    ticks: list[tuple[float, float]]
    labels: list[Label]


@dataclass(frozen=True)
class Quarter:
    name: str
    start: date
    end: date


def capex_panel(
    points: list[CapexPoint], tickers: Sequence[str], time: TimeScale, top: float, bottom: float
) -> CapexPanel:
    """Columns for every quarter on the axis, stacked in the order of `tickers`, in billions of US dollars."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for point in points:
        if point.ticker in tickers:
            values[point.quarter][point.ticker] = point.value / BILLION
    shown = quarters(time.start, time.end)
    most = max((sum(values[quarter.name].values()) for quarter in shown), default=0) or 1
    marks = ticks(0, most, 4)
    scale = Scale(0, marks[-1], bottom, top)
    columns = [_column(quarter, values[quarter.name], tickers, time, scale) for quarter in shown]
    return CapexPanel(columns, [(mark, scale(mark)) for mark in marks], _labels(columns, time.right, top, bottom))


def quarters(start: date, end: date) -> list[Quarter]:
    """The calendar quarters that lie wholly or partly in a range of days."""
    first, last = start.year * 4 + (start.month - 1) // 3, end.year * 4 + (end.month - 1) // 3
    return [_quarter(number) for number in range(first, last + 1)]


def _quarter(number: int) -> Quarter:
    start, following = (date(n // 4, n % 4 * 3 + 1, 1) for n in (number, number + 1))
    return Quarter(f"{number // 4}-Q{number % 4 + 1}", start, date.fromordinal(following.toordinal() - 1))


def _column(
    quarter: Quarter, values: dict[str, float], tickers: Sequence[str], time: TimeScale, scale: Scale
) -> Column:
    left, width = time.span(quarter.start, quarter.end)
    below, segments = 0.0, []
    for ticker in tickers:
        if ticker not in values:
            continue
        upper = scale(below + values[ticker])
        height = round(scale(below) - upper, 1)
        segments.append(Segment(ticker, upper, height, round(upper + height / 2, 1)))
        below += values[ticker]
    x = round(left + width * COLUMN_GAP / 2, 1)
    return Column(
        quarter.name, x, round(width * (1 - COLUMN_GAP), 1), scale(below), segments, len(segments), len(tickers), below
    )


def _labels(columns: list[Column], right: float, top: float, bottom: float) -> list[Label]:
    whole = [column for column in columns if column.segments and column.whole]
    if not whole:
        return []
    anchors = [(segment.ticker, segment.label_y) for segment in whole[-1].segments]
    heights = spread([y for _, y in anchors], top, bottom)
    edge = round(whole[-1].x + whole[-1].width, 1)
    return [Label(ticker, max(edge, right), y, at) for (ticker, at), y in zip(anchors, heights, strict=True)]


def spread(heights: list[float], top: float, bottom: float) -> list[float]:
    """Heights from low on the page to high (falling y), moved so that each is `LABEL_APART` above the one before."""
    moved: list[float] = []
    for height in heights:
        moved.append(min(height, moved[-1] - LABEL_APART) if moved else min(height, bottom))
    excess = top - moved[-1] if moved else 0
    return [round(height + max(excess, 0), 1) for height in moved]
