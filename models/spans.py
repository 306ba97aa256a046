"""The time that a figure is about, as SDMX and EDTF write it, as a range of months to compare."""

import re

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|[HS]([12])|(\d{2})(?:-\d{2})?))?$")
_EVER = 10**6  # months


def overlap(one: str | None, other: str | None) -> bool:
    """Whether two periods share a month; a figure without a period may be about any."""
    if one is None or other is None:
        return True
    first, second = months(one), months(other)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def months(period: str) -> tuple[int, int] | None:
    """First and last month, counted from the year 0; open ends reach as far as can be. Null for another form."""
    start, slash, end = period.partition("/")
    first = (-_EVER, -_EVER) if start in ("..", "") else _of_part(start)
    last = (_EVER, _EVER) if end == ".." else _of_part(end) if slash else first
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _of_part(part: str) -> tuple[int, int] | None:
    found = _PART.match(part)
    if found is None:
        return None
    year, quarter, half, month = found.groups()
    start = int(year) * 12
    if quarter:
        return start + 3 * int(quarter) - 3, start + 3 * int(quarter) - 1
    if half:
        return start + 6 * int(half) - 6, start + 6 * int(half) - 1
    return (start + int(month) - 1,) * 2 if month else (start, start + 11)
