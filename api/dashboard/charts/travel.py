"""How a claim travelled: a dot a sighting, by day and by the value it gave, over what was filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.dashboard.charts.axes import Scale, TimeScale, round_step
from models.answers import CitedFigure

WIDTH, HEIGHT = 720, 250
LEFT, RIGHT, TOP, BOTTOM = 92.0, 708.0, 16.0, 206.0
LEAST_DAYS = 20
MOST_LABELS = 4


@dataclass(frozen=True)
class Dot:
    """A sighting; of a range the line from `y` to `y_to`."""

    x: float
    y: float
    y_to: float | None
    figure: CitedFigure


@dataclass(frozen=True)
class Travel:
    """The drawing. `filed` is the height of the value that filings gave later, null without one."""

    dots: list[Dot]
    ticks: list[tuple[float, float]]
    days: list[tuple[date, float]]
    filed: float | None


def travel(sightings: Sequence[CitedFigure], dates: Mapping[int, datetime], actual: float | None) -> Travel:
    """Dots for figures whose day is in `dates`; `actual` is the filed value, in the unit of the figures."""
    seen = [(figure, dates[figure.id].date()) for figure in sightings]
    values = [v for f, _ in seen for v in (f.value, f.value_to) if v is not None] + ([actual] if actual else [])
    marks = _marks(min(values), max(values))
    scale = Scale(marks[0], marks[-1], BOTTOM, TOP)
    time = _time([day for _, day in seen])
    dots = [Dot(time.at(day), scale(f.value), None if f.value_to is None else scale(f.value_to), f) for f, day in seen]
    return Travel(dots, [(m, scale(m)) for m in marks], _days(time), scale(actual) if actual else None)


def _marks(low: float, high: float) -> list[float]:
    """Round numbers around all values, with room above and below."""
    room = (high - low) * 0.15 or abs(high) * 0.1 or 1.0
    step = round_step(high - low + 2 * room, MOST_LABELS)
    first, last = (low - room) // step, -(-(high + room) // step)
    start = max(first, 0) if low >= 0 else first
    return [round(step * n, 10) for n in range(int(start), int(last) + 1)]


def _time(days: Sequence[date]) -> TimeScale:
    first, last = min(days), max(days)
    missing = max(0, LEAST_DAYS - (last - first).days)
    around = timedelta(days=2 + missing // 2)
    return TimeScale(first - around, last + around, LEFT, RIGHT)


def _days(time: TimeScale) -> list[tuple[date, float]]:
    total = (time.end - time.start).days
    shown = [time.start + timedelta(days=round(total * part / MOST_LABELS)) for part in range(MOST_LABELS)]
    return [(day, time.at(day)) for day in dict.fromkeys(shown)]
