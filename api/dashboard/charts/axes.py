"""Scales from values and days to coordinates, and the round numbers to label them with."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """Linear from `low`…`high` to the coordinates `at_low`…`at_high`."""

    low: float
    high: float
    at_low: float
    at_high: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.at_low + share * (self.at_high - self.at_low), 1)


@dataclass(frozen=True)
class TimeScale:
    """Linear in days; `start` is the first day, `end` the last, inclusive."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day begins."""
        days = (self.end - self.start).days + 1
        return round(self.left + (day - self.start).days / days * (self.right - self.left), 1)

    def span(self, start: date, end: date) -> tuple[float, float]:
        """Left edge and width of an inclusive range of days, cut at the edges of the chart."""
        left = max(self.at(start), self.left)
        right = min(self.at(end + timedelta(days=1)), self.right)
        return left, round(right - left, 1)


def round_step(span: float, parts: int) -> float:
    """The smallest step of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into at most `parts`."""
    power = 10.0 ** math.floor(math.log10(span / parts))
    return next(step * power for step in STEPS if step * power * parts >= span * (1 - 1e-9))


def ticks(low: float, high: float, parts: int) -> list[float]:
    """Round numbers from `low` to the first at or above `high`."""
    step = round_step(high - low, parts)
    count = math.ceil((high - low) / step - 1e-9)
    return [round(low + step * number, 10) for number in range(count + 1)]


def years(start: date, end: date) -> list[date]:
    """The first days of years in the range, with `start` before them when it is in the middle of one."""
    firsts = [date(year, 1, 1) for year in range(start.year, end.year + 1)]
    return [max(first, start) for first in firsts]


def months(start: date, end: date) -> list[date]:
    """The first days of months in the range."""
    total = (end.year - start.year) * 12 + end.month - start.month
    firsts = [
        date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(total + 1)
    ]
    return [first for first in firsts if first >= start]
