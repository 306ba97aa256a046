"""How far a number may be from what the text says and still hold.

A stated number has two spans. Inside `tight` it holds; outside `wide` it does not; between the two nobody can say.
Their width follows the digits that the text gives ("35,1" is within half a unit of its last digit, "100" may have
been rounded) and the qualifier ("bijna" is below the number, "over" above it, both not by much).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import floor, inf, log10

from models.records import Figure, Verdict

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DECIMAL_MARK = {"nl": ",", "en": "."}
_GROUP = 3  # digits after a mark that parts thousands
_HALF_POINT = 0.5  # percent are written in whole points: "2%" is 1.5 to 2.5


@dataclass(frozen=True)
class Span:
    """An interval with both ends in it."""

    low: float
    high: float

    def meets(self, other: "Span") -> bool:
        """Whether the two have a number in common, give or take the precision of floating point."""
        hair = 1e-9 * max(abs(end) for end in (self.low, self.high, other.low, other.high) if abs(end) < inf)
        return self.low <= other.high + hair and other.low <= self.high + hair

    def map(self, function: Callable[[float], float]) -> "Span":
        """The span of a monotonic function over this span."""
        ends = function(self.low), function(self.high)
        return Span(min(ends), max(ends))


@dataclass(frozen=True)
class Stated:
    """A number with the spans in which it holds and may hold."""

    value: float
    tight: Span
    wide: Span

    def map(self, function: Callable[[float], float]) -> "Stated":
        """The number and both spans after a monotonic function."""
        return Stated(function(self.value), self.tight.map(function), self.wide.map(function))


def combine(function: Callable[..., float], *numbers: Stated) -> Stated:
    """A function that is monotonic in each of its arguments, over stated numbers: from the corners of their spans."""
    return Stated(
        function(*(n.value for n in numbers)),
        _corners(function, [n.tight for n in numbers]),
        _corners(function, [n.wide for n in numbers]),
    )


def _corners(function: Callable[..., float], spans: list[Span]) -> Span:
    points: list[tuple[float, ...]] = [()]
    for span in spans:
        points = [(*p, end) for p in points for end in (span.low, span.high)]
    values = [function(*p) for p in points]
    return Span(min(values), max(values))


def total(numbers: Iterable[Stated]) -> Stated:
    """The sum of stated numbers."""
    rows = list(numbers)
    return Stated(
        sum(n.value for n in rows),
        Span(sum(n.tight.low for n in rows), sum(n.tight.high for n in rows)),
        Span(sum(n.wide.low for n in rows), sum(n.wide.high for n in rows)),
    )


def judge(readings: Iterable[Stated], actual: Stated) -> Verdict:
    """Any reading of the claim that holds is enough; it is refuted when none can hold."""
    rows = list(readings)
    if any(r.tight.meets(actual.tight) for r in rows):
        return "consistent"
    return "unverifiable" if any(r.wide.meets(actual.wide) for r in rows) else "inconsistent"


def claim(figure: Figure, lang: str) -> Stated:
    """What the figure asserts, to be held against a number that is known."""
    if figure.value_to is not None:
        return _range(figure, figure.value, figure.value_to, lang)
    value, size = figure.value, abs(figure.value)
    step, digits = precision(figure, lang)
    near = min(step / 2, size * (0.06 if digits == 1 else 0.025))
    if figure.unit == "percent":
        near = max(near, min(step / 2, _HALF_POINT))
    far = max(2.5 * near, 0.05 * size)
    tight, wide = _qualified(figure, size, step, digits, near, far)
    if value < 0:
        tight, wide = tight.map(lambda x: -x), wide.map(lambda x: -x)
    return Stated(value, tight, wide)


def operand(figure: Figure, lang: str) -> Stated:
    """A figure that others are worked out from; narrower than a claim, for its rounding is all that it can hide."""
    stated = claim(figure, lang)
    if figure.qualifier is not None or figure.value_to is not None:
        return stated
    half, size = precision(figure, lang)[0] / 2, abs(figure.value)
    near, far = min(half, 0.01 * size), min(half, 0.03 * size)
    return Stated(figure.value, _around(figure.value, near), _around(figure.value, far))


def _qualified(
    figure: Figure, size: float, step: float, digits: int, near: float, far: float
) -> tuple[Span, Span]:
    """Tight and wide span of a positive number by its qualifier."""
    some = min(max(step, 0.03 * size), 0.10 * size)
    whole = step if figure.unit == "x" and digits == 1 else 0.15 * size  # "more than tripled" may be 3.9
    loose = max(near, (0.10 if digits == 1 else 0.04) * size)
    match figure.qualifier:
        case "almost":
            return Span(size - some, size), Span(size - 2 * some - far, size + far)
        case "over":
            above = min(max(step, 0.05 * size), whole)
            return Span(size, size + above), Span(size - far, 5 * size)
        case "under":
            return Span(size - 1.5 * some, size), Span(size / 5, size + far)
        case "at_least":
            return Span(size, 1.25 * size), Span(size - far, 5 * size)
        case "at_most":
            return Span(0.75 * size, size), Span(size / 5, size + far)
        case "approx":
            return _around(size, loose), _around(size, loose + far)
        case _:
            return _around(size, near), _around(size, far)


def _range(figure: Figure, low: float, high: float, lang: str) -> Stated:
    half = precision(figure, lang)[0] / 2
    near, far = min(half, 0.03 * abs(low)), 0.06 * abs(high)
    low, high = min(low, high), max(low, high)
    return Stated((low + high) / 2, Span(low - near, high + near), Span(low - far, high + far))


def _around(value: float, by: float) -> Span:
    return Span(value - by, value + by)


def precision(figure: Figure, lang: str) -> tuple[float, int]:
    """Size of the last digit that counts, and how many count. Zeros at the end of a count count, of others they do not.

    "91,4 mld" gives (1e8, 3); "zo'n 40 miljard" (1e10, 1); a number in words is taken as its value is written shortest.
    """
    value = abs(figure.value)
    found = _NUMBER.search(figure.text)
    if value == 0 or not value < inf:
        return 1.0, 1
    if found is None:
        return _shortest(value)
    mantissa, decimals = _read(found.group(), lang)
    if mantissa == 0:
        return _shortest(value)
    step = value / mantissa * 10.0**-decimals
    if decimals == 0 and figure.unit != "count":
        step *= 10 ** _zeros(str(round(mantissa)))
    return step, max(1, round(log10(max(value / step, 1.0)) + 0.5))


def _read(number: str, lang: str) -> tuple[float, int]:
    """The number that digits and marks stand for, and its decimals."""
    mark = _DECIMAL_MARK.get(lang, ".")
    head, last, tail = number.rpartition("," if number.rfind(",") > number.rfind(".") else ".")
    if last and (last == mark or len(tail) != _GROUP):
        return float(re.sub(r"[.,]", "", head) + "." + tail), len(tail)
    return float(re.sub(r"[.,]", "", number)), 0


def _shortest(value: float) -> tuple[float, int]:
    digits = f"{value:.3e}".split("e")[0].replace(".", "").rstrip("0") or "1"
    return 10.0 ** (floor(log10(value)) - len(digits) + 1), min(len(digits), 2) if len(digits) < 4 else 1


def _zeros(digits: str) -> int:
    return len(digits) - len(digits.rstrip("0"))
