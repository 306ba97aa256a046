"""The quarters that a period may mean for a company: calendar and fiscal, a quarter, half-year or year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.checks.series import Company

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|[HS]([12])))?$")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?$")
_HALVES = ("-01/-06", "-07/-12")
_MOST = 16  # quarters of the longest window


@dataclass(frozen=True)
class Window:
    """The quarters that each company spent in, in the order of the companies; `plain` when it is what the words say."""

    quarters: tuple[tuple[int, ...], ...]
    plain: bool
    fiscal: bool = False
    name: tuple[int, ...] = ()  # the quarters by which it is called, where they are not those of the first company

    @property
    def last(self) -> int:
        return max(max(q) for q in self.quarters)

    def shifted(self, by: int, *, plain: bool) -> "Window":
        """The same window so many quarters later."""
        moved = tuple(tuple(q + by for q in row) for row in self.quarters)
        return Window(moved, plain, self.fiscal, tuple(q + by for q in self.name))

    @property
    def named(self) -> tuple[int, ...]:
        """The quarters that give the window its name."""
        return self.name or self.quarters[0]

    @property
    def length(self) -> int:
        return len(self.quarters[0])


def span(period: str | None) -> tuple[int, ...] | None:
    """The calendar quarters of a period as SDMX and EDTF write it; none where it is not made of whole quarters."""
    if not period or ".." in period:
        return None
    first, _, last = period.partition("/")
    months, start, end = _of_months(first, last), _quarters(first), _quarters(last or first)
    if start and end:
        months = start[0], end[1]
    if months is None or not 0 < months[1] + 1 - months[0] <= _MOST:
        return None
    return tuple(range(months[0], months[1] + 1))


def readings(
    period: str | None, firms: Sequence[Company], *, fiscal: bool = False, calendar: bool = False
) -> list[Window]:
    """What a period may mean for companies; `fiscal` or `calendar` when the text says which year or quarter it means.

    The plain reading comes first. Companies on the calendar year have one reading.
    """
    quarters = span(period)
    if quarters is None:
        return []
    usual = Window(tuple(quarters for _ in firms), plain=True)
    shifts = [c.year_end - 3 for c in firms]
    if not any(shifts) or in_months(period) or calendar:
        return [usual]
    own = Window(tuple(tuple(q + s for q in quarters) for s in shifts), plain=fiscal, fiscal=True, name=quarters)
    others = [_astride(quarters, firms, by) for by in (1, -1)] if any(c.astride for c in firms) else []
    if fiscal:
        return [own, Window(usual.quarters, plain=False), *others]
    return [usual, own, *others]


def _astride(quarters: tuple[int, ...], firms: Sequence[Company], by: int) -> Window:
    """The neighbours that share months with the period, for companies whose quarters are not the calendar's."""
    return Window(tuple(tuple(q + by * c.astride for q in quarters) for c in firms), plain=False, name=quarters)


def _quarters(part: str) -> tuple[int, int] | None:
    """First and last quarter of a year, half-year or quarter."""
    found = _PART.match(part)
    if not found:
        return None
    year, quarter, half = 4 * int(found[1]), found[2], found[3]
    if quarter:
        return year + int(quarter) - 1, year + int(quarter) - 1
    if half:
        return year + 2 * int(half) - 2, year + 2 * int(half) - 1
    return year, year + 3


def in_months(period: str | None) -> bool:
    """Whether a period is given in months, other than as the half of a year."""
    return bool(period and _MONTH.match(period.split("/")[0]) and period[4:8] + period[-3:] not in _HALVES)


def _of_months(first: str, last: str) -> tuple[int, int] | None:
    """Quarters of a run of months, where it begins and ends with one."""
    begin, end = _MONTH.match(first), _MONTH.match(last)
    if not begin or not end or int(begin[2]) % 3 != 1 or int(end[2]) % 3 != 0:
        return None
    return 4 * int(begin[1]) + int(begin[2]) // 3, 4 * int(end[1]) + int(end[2]) // 3 - 1
