"""From amounts as filed to quarters: selected by their days alone, differenced where only running totals were filed.

Every vintage of a quarter is kept: a filing that repeats a value adds nothing, one that changes it adds a vintage. The
fiscal year and quarter of the filing, and the `frame` that the SEC adds, play no part: they describe other things.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from models.records import Grade

QUARTER_DAYS = range(80, 101)  # from the first day to the last, of 12 to 14 weeks
YEAR_DAYS = 350
LATEST = timedelta(days=75)  # by how much two reports in a row may lie further apart than the days that they close


@dataclass(frozen=True)
class Amount:
    """An amount as a filing states it, for the days `start` to `end`."""

    start: date
    end: date
    value: float
    filed: date
    filing: str
    form: str
    tag: str


@dataclass(frozen=True)
class Quarter:
    """One vintage of a quarter; `filing` and `filed` are those of the filing that made it known."""

    start: date
    end: date
    value: float
    grade: Grade
    filed: date
    filing: str
    form: str
    tag: str


Days = tuple[date, date]


def quarters(amounts: Iterable[Amount]) -> list[Quarter]:
    """Every vintage of every quarter that the amounts of one company give, in order of time and of filing.

    A quarter that no amount states is the difference of two running totals that start on the same day. Both belong to
    one vintage: the shorter one as it was last filed before the longer one, in the report before it or with it. So a
    restated year is never held against nine months as they were before. Without such a leg there is no quarter.
    """
    stated = _by_days(amounts)
    found: defaultdict[Days, list[Quarter]] = defaultdict(list)
    for quarter in (*_direct(stated), *_differences(stated)):
        found[quarter.start, quarter.end].append(quarter)
    return [vintage for days in sorted(found) for vintage in _vintages(found[days])]


def _by_days(amounts: Iterable[Amount]) -> dict[Days, list[Amount]]:
    stated: defaultdict[Days, list[Amount]] = defaultdict(list)
    for amount in sorted(amounts, key=lambda a: (a.filed, a.filing)):
        stated[amount.start, amount.end].append(amount)
    return dict(stated)


def _direct(stated: dict[Days, list[Amount]]) -> Iterator[Quarter]:
    opening = {start for start, end in stated if (end - start).days not in QUARTER_DAYS}
    for (start, end), amounts in stated.items():
        if (end - start).days in QUARTER_DAYS:
            how = "year-to-date = quarter" if start in opening else "direct 3-month fact"
            for a in amounts:
                yield Quarter(start, end, a.value, "reported", a.filed, a.filing, f"{a.form} ({how})", a.tag)


def _differences(stated: dict[Days, list[Amount]]) -> Iterator[Quarter]:
    ends: defaultdict[date, list[date]] = defaultdict(list)
    for start, end in stated:
        ends[start].append(end)
    for start, known in ends.items():
        for short, long in ((s, e) for s in known for e in known if (e - s).days - 1 in QUARTER_DAYS):
            for whole in stated[start, long]:
                if part := _leg(stated[start, short], whole):
                    yield _difference(part, whole)


def _leg(parts: Sequence[Amount], whole: Amount) -> Amount | None:
    """The shorter running total as it stood when the longer one was filed; none when it is of an older vintage."""
    known = [part for part in parts if part.filed <= whole.filed]
    if known and whole.filed - known[-1].filed <= whole.end - known[-1].end + LATEST:
        return known[-1]
    return None


def _difference(part: Amount, whole: Amount) -> Quarter:
    year = (whole.end - whole.start).days >= YEAR_DAYS
    form = f"{whole.form} minus 9-month {part.form}" if year else f"{whole.form} year-to-date difference"
    start = part.end + timedelta(days=1)
    return Quarter(start, whole.end, whole.value - part.value, "derived", whole.filed, whole.filing, form, whole.tag)


def _vintages(found: Iterable[Quarter]) -> Iterator[Quarter]:
    """The first filing of each value, as values follow each other; of one day the value as stated comes first."""
    by_day = sorted(found, key=lambda q: (q.filed, q.grade == "derived", q.filing))
    one_a_day = [next(same) for _, same in groupby(by_day, key=lambda q: q.filed)]
    for _, same in groupby(one_a_day, key=lambda q: q.value):
        yield next(same)
