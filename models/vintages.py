"""Vintages: what was published of an indicator on which day. A later day adds to it, nothing older is rewritten."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from math import isclose
from typing import Any

from sqlalchemy import Engine, and_, delete, func, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.indicator_answers import IndicatorPoint
from models.indicators import catalogue, indicator
from models.periods import end_of, name_of
from models.published import Key, Value, current, gone
from models.tables import IndicatorRow

SAME = 1e-9  # sums of the same numbers in another order differ less
BATCH = 500


def publish(session: Session, today: date) -> int:
    """Compare every indicator with its last vintage and keep what changed as that of `today` (UTC).

    Returns how many values the day changed. A second run on one day takes the place of the first. Where the clock went
    back, the newest day that was published stands in for today. The caller commits.
    """
    newest = session.exec(select(func.max(IndicatorRow.day))).one()
    day = max(today, newest) if newest else today
    before, replaced = _vintage(session, before=day), _vintage(session, on=day)
    now = _emptied(before.values()) | current(session)
    changed = {key: value for key, value in now.items() if not _same(before.get(key), value)}
    _write(session, day, changed, replaced)
    return len(changed)


def publish_now(engine: Engine) -> int:
    """`publish` in a session of its own, with today's day; returns how many values the day changed."""
    try:
        return _publish_once(engine)
    except IntegrityError:  # another process published at the same moment: compare with what it wrote
        return _publish_once(engine)


def values(
    session: Session,
    names: Iterable[str],
    as_of: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[IndicatorPoint]:
    """Indicators by id and period, as known at the end of the day `as_of` (UTC), or as they are now.

    `since` and `until` keep the periods that they touch. Raises `QueryError` on an unknown indicator.
    """
    wanted = [indicator(name).id for name in names]
    known = col(IndicatorRow.day) <= as_of if as_of else None
    query = _latest(known).where(col(IndicatorRow.indicator).in_(wanted))
    if until:
        query = query.where(col(IndicatorRow.start) <= until)
    points = (_answer(row) for row in session.exec(query))
    kept = (point for point in points if since is None or point.end >= since)
    return sorted(kept, key=lambda one: (wanted.index(one.indicator), one.start))


def every_vintage(session: Session, names: Iterable[str]) -> Iterator[IndicatorPoint]:
    """Every value that was ever published of these indicators, in order of indicator, period and day.

    Raises `QueryError` on an unknown indicator.
    """
    for name in names:
        query = select(IndicatorRow).where(IndicatorRow.indicator == indicator(name).id)
        rows = session.exec(query.order_by(col(IndicatorRow.start), col(IndicatorRow.day)))
        yield from (_answer(row) for row in rows)


def _publish_once(engine: Engine) -> int:
    with Session(engine) as session:
        changed = publish(session, datetime.now(UTC).date())
        session.commit()
        return changed


def _vintage(session: Session, before: date | None = None, on: date | None = None) -> dict[Key, IndicatorRow]:
    """The last values before a day, or those of a day."""
    if on is not None:
        rows = session.exec(select(IndicatorRow).where(IndicatorRow.day == on))
    else:
        rows = session.exec(_latest(col(IndicatorRow.day) < before))
    return {(row.indicator, row.start): row for row in rows}


def _latest(condition: Any) -> Any:
    """Of each indicator and period the row of the last day under the condition."""
    key: list[Any] = [IndicatorRow.indicator, IndicatorRow.start]
    columns: list[Any] = [*key, func.max(IndicatorRow.day).label("day")]
    last = select(*columns).group_by(*key)
    days = (last if condition is None else last.where(condition)).subquery()
    same = and_(*(days.c[name] == getattr(IndicatorRow, name) for name in ("indicator", "start", "day")))
    return select(IndicatorRow).join(days, same)


def _emptied(known: Iterable[IndicatorRow]) -> dict[Key, Value]:
    """A null for every period that was published: what stands if it has nothing any more."""
    return {(row.indicator, row.start): gone(row) for row in known if row.indicator in catalogue()}


def _same(row: IndicatorRow | None, value: Value) -> bool:
    return row is not None and all(_alike(getattr(row, name), new) for name, new in value._asdict().items())


def _alike(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, (int, float)):
        return isclose(old, new, rel_tol=SAME, abs_tol=SAME)
    return bool(old == new)


def _write(session: Session, day: date, changed: dict[Key, Value], replaced: dict[Key, IndicatorRow]) -> None:
    """Make these the values of the day, in place of what an earlier run of the day wrote."""
    if changed.keys() == replaced.keys() and all(_same(replaced[key], value) for key, value in changed.items()):
        return
    session.exec(delete(IndicatorRow).where(col(IndicatorRow.day) == day))
    rows = [
        {"indicator": name, "start": start, "day": day} | value._asdict() for (name, start), value in changed.items()
    ]
    for at in range(0, len(rows), BATCH):
        session.execute(insert(IndicatorRow), rows[at : at + BATCH])


def _answer(row: IndicatorRow) -> IndicatorPoint:
    freq = catalogue()[row.indicator].freq
    return IndicatorPoint(
        **row.model_dump(exclude={"day"}), period=name_of(row.start, freq), end=end_of(row.start, freq), since=row.day
    )
