"""Public series beside the mood: every value with the day on which it was first seen, so revisions lose nothing."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, func, select

from models.records import Record
from models.tables import PublicValue


class SeriesValue(Record):
    """A value of a public series for the period that begins on `start`, and the day it was first seen so."""

    start: date
    value: float
    vintage: date


def values(session: Session, series: str, as_of: date | None = None) -> list[SeriesValue]:
    """The series in order of time, each value as last seen, or as known at the end of the day `as_of` (UTC).

    Empty when nothing was known by then. Nothing is known of a day before the first update.
    """
    query = select(col(PublicValue.start), func.max(PublicValue.vintage).label("vintage"))
    query = query.where(PublicValue.series == series).group_by(col(PublicValue.start))
    if as_of:
        query = query.where(col(PublicValue.vintage) <= as_of)
    last = query.subquery()
    rows = session.exec(
        select(PublicValue)
        .join(last, (col(PublicValue.start) == last.c.start) & (col(PublicValue.vintage) == last.c.vintage))
        .where(PublicValue.series == series)
        .order_by(col(PublicValue.start))
    )
    return [SeriesValue(start=row.start, value=row.value, vintage=row.vintage) for row in rows]


def keep(session: Session, series: str, observed: Mapping[date, float], seen: date) -> int:
    """Store what was observed on the day `seen`; returns how many values are new or revised. The caller commits.

    Of two values seen on one day the later one stays. What was stored and is not observed now is left as it is.
    """
    known = {value.start: value for value in values(session, series)}
    changed = {start: value for start, value in observed.items() if _differs(known.get(start), value)}
    for start, value in changed.items():
        session.merge(PublicValue(series=series, start=start, vintage=seen, value=value))
    return len(changed)


def _differs(known: SeriesValue | None, value: float) -> bool:
    return known is None or known.value != value
