"""The upper panels: net stance as a line with its 95% band, gaps left open, and the coverage behind it as bars."""

from dataclasses import dataclass
from itertools import groupby

from api.dashboard.charts.axes import Scale, TimeScale
from models.answers import StancePoint

BOUNDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
DOTS_UP_TO = 64
BAR_GAP = 0.22


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    stance: str


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class StancePanel:
    """Paths are SVG path data; `gaps` are periods with too little to say, `zero` the y of a net stance of 0."""

    bound: float
    zero: float
    band: str
    line: str
    dots: list[Dot]
    gaps: list[Box]
    ticks: list[tuple[float, float]]


def stance_panel(points: list[StancePoint], time: TimeScale, top: float, bottom: float) -> StancePanel:
    """The panel between two heights, symmetrical about zero so that neither side looks larger than it is."""
    bound = _bound(points)
    scale = Scale(-bound, bound, bottom, top)
    runs = _runs(points)
    dots = [_dot(point, point.net_stance, time, scale) for point in points if point.net_stance is not None]
    alone = {_middle(run[0], time) for run in runs if len(run) == 1}
    return StancePanel(
        bound=bound,
        zero=scale(0),
        band=" ".join(_band(run, time, scale) for run in runs),
        line=" ".join(_line(run, time, scale) for run in runs if len(run) > 1),
        dots=[dot for dot in dots if len(dots) <= DOTS_UP_TO or dot.x in alone],
        gaps=[Box(*_across(gap, time, top, bottom)) for gap in _gaps(points)],
        ticks=[(value, scale(value)) for value in (bound, bound / 2, 0.0, -bound / 2, -bound)],
    )


def coverage_bars(points: list[StancePoint], time: TimeScale, top: float, bottom: float) -> list[Box]:
    """Articles per period, as bars from the bottom."""
    most = max((point.articles for point in points), default=0)
    if not most:
        return []
    scale = Scale(0, most, bottom, top)
    return [_bar(point, time, scale, bottom) for point in points if point.articles]


def _bar(point: StancePoint, time: TimeScale, scale: Scale, bottom: float) -> Box:
    left, width = time.span(point.start, point.end)
    y = scale(point.articles)
    return Box(round(left + width * BAR_GAP / 2, 1), y, round(width * (1 - BAR_GAP), 1), round(bottom - y, 1))


def _bound(points: list[StancePoint]) -> float:
    reach = max((max(abs(p.lower or 0), abs(p.upper or 0), abs(p.net_stance or 0)) for p in points), default=0)
    return next((bound for bound in BOUNDS if reach <= bound), 1.0)


def _dot(point: StancePoint, value: float, time: TimeScale, scale: Scale) -> Dot:
    return Dot(_middle(point, time), scale(value), "hype" if value > 0 else "caution")


def _runs(points: list[StancePoint]) -> list[list[StancePoint]]:
    grouped = groupby(points, key=lambda point: point.net_stance is not None)
    return [list(run) for valued, run in grouped if valued]


def _gaps(points: list[StancePoint]) -> list[list[StancePoint]]:
    grouped = groupby(points, key=lambda point: point.net_stance is None)
    return [list(run) for empty, run in grouped if empty]


def _across(run: list[StancePoint], time: TimeScale, top: float, bottom: float) -> tuple[float, float, float, float]:
    left, width = time.span(run[0].start, run[-1].end)
    return left, top, width, round(bottom - top, 1)


def _middle(point: StancePoint, time: TimeScale) -> float:
    left, width = time.span(point.start, point.end)
    return round(left + width / 2, 1)


def _line(run: list[StancePoint], time: TimeScale, scale: Scale) -> str:
    return "M" + "L".join(f"{_middle(p, time)},{scale(p.net_stance or 0)}" for p in run)


def _band(run: list[StancePoint], time: TimeScale, scale: Scale) -> str:
    """There along the upper bounds, back along the lower; a run of one period is as wide as the period."""
    known = [(p, p.lower, p.upper) for p in run if p.lower is not None and p.upper is not None]
    if len(known) == 1:
        point, lower, upper = known[0]
        left, width = time.span(point.start, point.end)
        return f"M{left},{scale(upper)}H{round(left + width, 1)}V{scale(lower)}H{left}Z"
    there = [f"{_middle(p, time)},{scale(upper)}" for p, _, upper in known]
    back = [f"{_middle(p, time)},{scale(lower)}" for p, lower, _ in reversed(known)]
    return "M" + "L".join(there + back) + "Z" if known else ""
