"""How far a number may be from what the text says and still hold.

A stated number has two spans. Inside `tight` it holds; outside `wide` it does not; between the two nobody can say.
Their width follows the digits that the text gives ("35,1" is within half a unit of its last digit, "100" may have
been rounded) and the qualifier ("bijna" is below the number, "over" above it, both not by much).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import floor, inf, log10

from models.records import Figure, Qualifier, Verdict

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DECIMAL_MARK = {"nl": ",", "en": "."}
_GROUP = 3  # digits after a mark that parts thousands
_COARSE = 2  # digits that a number in words can carry
_FRACTION = 0.15
_TRUE_BUT_ODD = 5  # "more than 10" is true of 40, if oddly put; beyond so many times it is a slip
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


def exact(value: float) -> Stated:
    """A number that is known for certain."""
    return Stated(value, Span(value, value), Span(value, value))


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
    grain = _grain(figure, lang)
    tight, wide = _BY_QUALIFIER.get(figure.qualifier, _plain)(grain)
    if figure.value < 0:
        tight, wide = tight.map(lambda x: -x), wide.map(lambda x: -x)
    return Stated(figure.value, tight, wide)


def operand(figure: Figure, lang: str) -> Stated:
    """A figure that others are worked out from; narrower than a claim, for its rounding is all that it can hide."""
    stated = claim(figure, lang)
    if figure.qualifier is not None or figure.value_to is not None:
        return stated
    half, size = precision(figure, lang)[0] / 2, abs(figure.value)
    near, far = min(half, 0.01 * size), min(half, 0.03 * size)
    return Stated(figure.value, _around(figure.value, near), _around(figure.value, far))


@dataclass(frozen=True)
class _Grain:
    """How finely a positive number is written: size of its last digit, digits that count, and rounding it may hide."""

    size: float
    step: float
    digits: int
    near: float
    far: float
    multiple: bool

    @property
    def some(self) -> float:
        """What "almost" leaves out: a step, within 3% and 10%."""
        return min(max(self.step, 0.03 * self.size), 0.10 * self.size)


def _grain(figure: Figure, lang: str) -> _Grain:
    size = abs(figure.value)
    step, digits = precision(figure, lang)
    near = min(step / 2, size * (0.06 if digits == 1 else 0.025))
    if figure.unit == "percent":
        near = max(near, min(step / 2, _HALF_POINT))
    in_words = _NUMBER.search(figure.text) is None
    doubt = 2.5 if in_words or figure.unit in ("percent", "x") else 1.6
    return _Grain(size, step, digits, near, max(doubt * near, 0.05 * size), figure.unit == "x")


def _plain(g: _Grain) -> tuple[Span, Span]:
    return _around(g.size, g.near), _around(g.size, g.far)


def _approx(g: _Grain) -> tuple[Span, Span]:
    loose = max(g.near, (0.10 if g.digits == 1 else 0.04) * g.size)
    return _around(g.size, loose), _around(g.size, loose + g.far)


def _almost(g: _Grain) -> tuple[Span, Span]:
    return Span(g.size - g.some, g.size), Span(g.size - 2 * g.some - g.near, g.size + g.far)


def _under(g: _Grain) -> tuple[Span, Span]:
    return Span(g.size - 1.5 * g.some, g.size), Span(g.size / _TRUE_BUT_ODD, g.size + g.far)


def _over(g: _Grain) -> tuple[Span, Span]:
    most = g.step if g.multiple and g.digits == 1 else 0.15 * g.size  # "more than tripled" may be 3.9
    above = min(max(g.step, 0.05 * g.size), most)
    return Span(g.size, g.size + above), Span(g.size - max(g.near, 0.05 * g.size), _TRUE_BUT_ODD * g.size)


def _at_least(g: _Grain) -> tuple[Span, Span]:
    return Span(g.size, 1.25 * g.size), Span(g.size - g.far, _TRUE_BUT_ODD * g.size)


def _at_most(g: _Grain) -> tuple[Span, Span]:
    return Span(0.75 * g.size, g.size), Span(g.size / _TRUE_BUT_ODD, g.size + g.far)


_BY_QUALIFIER: dict[Qualifier | None, Callable[[_Grain], tuple[Span, Span]]] = {
    "approx": _approx, "almost": _almost, "under": _under, "over": _over, "at_least": _at_least, "at_most": _at_most,
}  # fmt: skip


def _range(figure: Figure, low: float, high: float, lang: str) -> Stated:
    half = precision(figure, lang)[0] / 2
    near, far = min(half, 0.03 * abs(low)), 0.06 * abs(high)
    low, high = min(low, high), max(low, high)
    return Stated((low + high) / 2, Span(low - near, high + near), Span(low - far, high + far))


def _around(value: float, by: float) -> Span:
    return Span(value - by, value + by)


def precision(figure: Figure, lang: str) -> tuple[float, int]:
    """Size of the last digit that counts, and how many count. Zeros at the end count in a count, nowhere else.

    "91,4 mld" gives (1e8, 3), "zo'n 40 miljard" (1e10, 1). Fractions in words ("de helft") are coarse.
    """
    value = abs(figure.value)
    if not 0 < value < inf:
        return 1.0, 1
    found = _NUMBER.search(figure.text)
    mantissa, decimals = _read(found.group(), lang) if found else (0.0, 0)
    if mantissa == 0:
        return _in_words(value, figure.unit)
    step: float = value / mantissa * 10.0**-decimals
    if decimals == 0 and figure.unit != "count":
        whole = str(round(mantissa))
        step *= 10.0 ** (len(whole) - len(whole.rstrip("0")))
    return step, floor(log10(max(value / step, 1.0)) + 1e-9) + 1


def _read(number: str, lang: str) -> tuple[float, int]:
    """The number that digits and marks stand for, and its decimals."""
    mark = _DECIMAL_MARK.get(lang, ".")
    last = "," if number.rfind(",") > number.rfind(".") else "."
    head, found, tail = number.rpartition(last)
    if found and (last == mark or len(tail) != _GROUP):
        return float(re.sub(r"[.,]", "", head) + "." + tail), len(tail)
    return float(re.sub(r"[.,]", "", number)), 0


def _in_words(value: float, unit: str | None) -> tuple[float, int]:
    digits = f"{value:.3e}".split("e")[0].replace(".", "").rstrip("0")
    if unit == "percent" or len(digits) > _COARSE:  # fractions: "een kwart", "two thirds"
        return _FRACTION * value, 1
    return 10.0 ** (floor(log10(value)) - len(digits) + 1), len(digits)
