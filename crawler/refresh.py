"""Bringing reported capex and the public series up to date, each company and each series by itself.

What is stored is the last good copy. A company or series whose files could not be had or read, or that bring less than
there was, is left as it is, to the last value, and the others go on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, select

from crawler import edgar, public_series
from crawler.filers import Filer
from crawler.official import Official
from crawler.public_series import SeriesEntry
from crawler.store import write
from models.capex import load
from models.errors import FetchError
from models.public_series import keep, values
from models.records import CapexFact
from models.same_fact import FILED, exactness
from models.tables import CapexRow

Kind = Literal["capex", "series"]
Counts = tuple[int, int]  # values that were found, and those that were new or revised


@dataclass(frozen=True)
class Refreshed:
    """How it went: `changed` of the `found` values are new or revised; `error` says why nothing was taken."""

    kind: Kind
    name: str
    found: int = 0
    changed: int = 0
    error: str | None = None


class _Refused(Exception):
    """What came is not put in the place of what is stored."""


@dataclass(frozen=True)
class Refresh:
    """The work of one update. `accept_fewer`: take what came also where values that are stored are missing in it."""

    engine: Engine
    official: Official
    today: date
    accept_fewer: bool = False

    def all(self, filers: Sequence[Filer], series: Sequence[SeriesEntry]) -> Iterator[Refreshed]:
        """Fetch and store one after the other, telling of each when it is done. Raises `StoreError`."""
        for filer in filers:
            yield _attempt("capex", filer.ticker, partial(self._company, filer))
        for entry in series:
            yield _attempt("series", entry.id, partial(self._series, entry))

    def _company(self, filer: Filer) -> Counts:
        facts = edgar.fetch(filer, self.official)

        def work(session: Session) -> int:
            self._check_none_lost(_filed(session, filer.ticker), {_identity(fact) for fact in facts})
            return load(session, facts)

        return len(facts), write(self.engine, work)

    def _series(self, entry: SeriesEntry) -> Counts:
        observed = public_series.fetch(entry, self.official)
        if early := [day for day in observed if day > self.today]:
            raise _Refused(f"It holds a value for {min(early)}, which has not come yet; nothing was changed.")

        def work(session: Session) -> int:
            known = {value.start.isoformat() for value in values(session, entry.id)}
            self._check_none_lost(known, {start.isoformat() for start in observed})
            return keep(session, entry.id, observed, self.today)

        return len(observed), write(self.engine, work)

    def _check_none_lost(self, stored: set[str], came: set[str]) -> None:
        """Raises `_Refused` when something that is stored is not in what came."""
        lost = sorted(stored - came)
        if lost and not self.accept_fewer:
            raise _Refused(
                f"It brings less than there was: {len(lost)} of {len(stored)} stored values are missing, the first for "
                f"{lost[0]}. Nothing was changed. If the source did withdraw them, run it again with --accept-fewer; "
                "what is stored stays."
            )


def _attempt(kind: Kind, name: str, work: Callable[[], Counts]) -> Refreshed:
    try:
        found, changed = work()
    except (FetchError, _Refused) as error:
        return Refreshed(kind, name, error=str(error))
    return Refreshed(kind, name, found, changed)


def _filed(session: Session, ticker: str) -> set[str]:
    """What is stored of a company from its filings, by days and value: the bundled table may know more."""
    rows = session.exec(select(CapexRow).where(CapexRow.ticker == ticker))
    return {
        _named(row.start.isoformat(), row.end.isoformat(), row.value) for row in rows if exactness(row.source) == FILED
    }


def _identity(fact: CapexFact) -> str:
    return _named(fact.start, fact.end, fact.value)


def _named(start: str, end: str, value: float) -> str:
    return f"{start} to {end} ({value / 1e6:,.3f} million dollars)"
