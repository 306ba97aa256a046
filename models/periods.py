"""Calendar periods in UTC: days, ISO weeks, months and quarters; their names, their bounds, and in SQL."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal

from models.filters import Freq


class PeriodStart(FunctionElement[str]):
    """The first day (ISO text) of the period that holds a UTC moment, in either database's SQL."""

    type = String()
    _traverse_internals = [*FunctionElement._traverse_internals, ("freq", InternalTraversal.dp_string)]  # noqa: RUF012
    inherit_cache = True

    def __init__(self, moment: Any, freq: Freq) -> None:
        super().__init__(moment)
        self.freq = freq


@compiles(PeriodStart, "sqlite")
def _in_sqlite(start: PeriodStart, compiler: Any, **options: Any) -> str:
    moment = compiler.process(start.clauses, **options)
    if start.freq == "day":
        return f"date({moment})"
    if start.freq == "week":  # on to Sunday, then six days back, is the Monday of the ISO week
        return f"date({moment}, 'weekday 0', '-6 days')"
    if start.freq == "month":
        return f"strftime('%Y-%m-01', {moment})"
    return f"printf('%s-%02d-01', strftime('%Y', {moment}), (strftime('%m', {moment}) - 1) / 3 * 3 + 1)"


@compiles(PeriodStart, "postgresql")
def _in_postgresql(start: PeriodStart, compiler: Any, **options: Any) -> str:
    moment = compiler.process(start.clauses, **options)
    return f"to_char(date_trunc('{start.freq}', {moment} AT TIME ZONE 'UTC'), 'YYYY-MM-DD')"


def start_of(day: date, freq: Freq) -> date:
    """The first day of the period that holds a day."""
    if freq == "day":
        return day
    if freq == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if freq == "month" else day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def end_of(start: date, freq: Freq) -> date:
    """The last day of the period that begins on `start`."""
    return _following(start, freq) - timedelta(days=1)


def name_of(start: date, freq: Freq) -> str:
    """2025-11-03, 2025-W45, 2025-11 or 2025-Q4."""
    if freq == "day":
        return start.isoformat()
    if freq == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return f"{start:%Y-%m}" if freq == "month" else f"{start.year}-Q{(start.month + 2) // 3}"


def starts(first: date, last: date, freq: Freq) -> Iterator[date]:
    """The first day of every period from the one that begins on `first` to the one that begins on `last`."""
    while first <= last:
        yield first
        first = _following(first, freq)


def quarter_start(name: str) -> date:
    """The first day of a quarter by its name, 2025-Q3."""
    year, quarter = name.split("-Q")
    return date(int(year), int(quarter) * 3 - 2, 1)


def _following(start: date, freq: Freq) -> date:
    longest = {"day": 1, "week": 7, "month": 31, "quarter": 92}[freq]
    return start_of(start + timedelta(days=longest), freq)
