"""Marks of changes on the stance panel: a line where a new level begins, a ring about a period that stands out."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.dashboard.charts.axes import Scale, TimeScale
from models.change_answers import Kind
from models.changes import Found

APART = 20  # SVG units between two numbers that stand beside each other


@dataclass(frozen=True)
class Mark:
    """`x` is the line or the ring's middle, `y` the value's height; the number stands at `label_x`."""

    number: int
    kind: Kind
    x: float
    y: float
    label_x: float


def marks(found: Sequence[Found], bound: float, time: TimeScale, top: float, bottom: float) -> list[Mark]:
    """The marks in order of time, numbered from 1; numbers that would cover each other are pushed aside."""
    scale = Scale(-bound, bound, bottom, top)
    made: list[Mark] = []
    for number, change in enumerate(found, 1):
        left, width = time.span(change.point.start, change.point.end)
        x = left if change.kind == "turning_point" else round(left + width / 2, 1)
        label = max(x, made[-1].label_x + APART) if made else x
        made.append(Mark(number, change.kind, x, scale(change.point.net_stance or 0), label))
    return made
