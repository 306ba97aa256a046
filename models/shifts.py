"""Where a series changes: turning points between levels, and single periods that stand out. Pure, without a database.

A value of k sources counts with weight k: its variance is that of one source divided by k. Turning points are those
of PELT (Killick, Fearnhead and Eckley 2012) with a weighted least-squares cost. The noise comes from the series itself,
from differences, which a step hardly moves, and counts a mood that lingers as noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log, sqrt
from statistics import fmean, median
from typing import Any

FEWEST_PERIODS = 3  # that a level lasts
FEWEST_VALUES = 8  # below this no change of either kind is looked for
PENALTY = 3.0  # times log n, for each turning point; benchmarks/shifts.py says what it lets through
MOST_LINGERING = 0.4  # correlation of neighbours that is believed: a large step in a short series looks like more
BEFORE = 12  # periods that one period is held against, at most
UNUSUAL_FROM = 4.5  # robust standard deviations
SMALLEST = 0.05  # net stance: an unusual period is at least so far from the median of those before it
NORMAL = 1.4826  # makes a median absolute deviation a standard deviation, under a normal distribution


@dataclass(frozen=True)
class Value:
    """The value of a period, and how many sources it is the mean of."""

    value: float
    sources: int


@dataclass(frozen=True)
class Unusual:
    """A period that stands out: its place, and its robust deviation from the periods before, in standard deviations."""

    at: int
    deviation: float


def turning_points(values: Sequence[Value]) -> list[int]:
    """The places where a new level begins, in order; none in fewer than 8 values."""
    noise = _noise(values)
    if len(values) < FEWEST_VALUES or noise == 0:
        return []
    from ruptures import Pelt  # brings SciPy along

    found = Pelt(custom_cost=_cost(values, noise), min_size=FEWEST_PERIODS, jump=1).fit(_rows(values))
    return [int(end) for end in found.predict(pen=PENALTY * log(len(values)))[:-1]]


def unusual(values: Sequence[Value], turns: Sequence[int]) -> list[Unusual]:
    """The periods more than 4.5 robust standard deviations from the median of up to 12 before them on their level.

    They are at least 0.05 from it, since few values can lie closer together than their noise. At least 8 must be before
    a period: after a turning point the new level has to settle first.
    """
    begins = [max((turn for turn in turns if turn <= at), default=0) for at in range(len(values))]
    found = [Unusual(at, _deviation(values[max(begins[at], at - BEFORE) : at], now)) for at, now in enumerate(values)]
    return [one for one in found if abs(one.deviation) > UNUSUAL_FROM]


def _deviation(before: Sequence[Value], now: Value) -> float:
    middle = median(value.value for value in before) if len(before) >= FEWEST_VALUES else now.value
    if abs(now.value - middle) < SMALLEST:
        return 0.0
    scale = NORMAL * median(abs(value.value - middle) * sqrt(value.sources) for value in before)
    away = (now.value - middle) * sqrt(now.sources)
    return away / scale if scale else inf * away


def _noise(values: Sequence[Value]) -> float:
    """The long-run variance of one source, from differences one and two periods apart.

    Where neighbours correlate by ρ their differences have variance 2σ²(1 - ρ), and those two apart 2σ²(1 - ρ²), so that
    the ratio gives ρ, which steps move little (Chakar and others 2017); the long-run variance is σ²(1 + ρ)/(1 - ρ).
    """
    near, far = _differences(values, 1), _differences(values, 2)
    lingering = min(max(far / near - 1, 0.0), MOST_LINGERING) if near else 0.0
    return near * (1 + lingering) / (1 - lingering) ** 2


def _differences(values: Sequence[Value], apart: int) -> float:
    pairs = zip(values, values[apart:], strict=False)
    squares = [(b.value - a.value) ** 2 / (1 / a.sources + 1 / b.sources) for a, b in pairs]
    return fmean(squares) if squares else 0.0


def _rows(values: Sequence[Value]) -> Any:
    import numpy as np

    return np.array([(value.value, value.sources) for value in values], dtype=float)


def _cost(values: Sequence[Value], noise: float) -> Any:
    """ruptures' cost of one level: the weighted squares about its weighted mean, in units of the noise."""
    import numpy as np
    from ruptures.base import BaseCost

    value, weight = _rows(values).T
    weights, firsts, seconds = (np.concatenate([[0], np.cumsum(weight * value**power)]) for power in range(3))

    class WeightedSquares(BaseCost):  # type: ignore[misc]  # ruptures has no types
        model, min_size = "weighted squares", FEWEST_PERIODS

        def fit(self, signal: Any) -> "WeightedSquares":
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            total, first, second = (sums[end] - sums[start] for sums in (weights, firsts, seconds))
            return float((second - first**2 / total) / noise)

    return WeightedSquares()
