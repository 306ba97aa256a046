"""Reported capital expenditure: the bundled table of filings, loading it, and the quarters that were reported."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, select

from models.answers import CapexPoint
from models.errors import QueryError
from models.records import CapexFact
from models.same_fact import bring_up_to_date, the_same
from models.tables import CapexRow

TABLE = Path(__file__).parent / "data" / "capex.csv"


def bundled() -> list[CapexFact]:
    """The facts that come with Zeepbel, US dollars, every vintage that is known (a restated quarter appears twice)."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [_fact(row) for row in csv.DictReader(lines)]


def load(session: Session, facts: Iterable[CapexFact]) -> int:
    """Store the facts, each identified by company, period and source; returns how many were new or changed.

    A fact that is there already under a source that says the same in other words stays one row.
    """
    new = [CapexRow.model_validate(fact.model_dump()) for fact in facts]
    known: defaultdict[tuple[str, date, date], list[CapexRow]] = defaultdict(list)
    for row in session.exec(select(CapexRow).where(col(CapexRow.ticker).in_({fact.ticker for fact in new}))):
        known[row.ticker, row.start, row.end].append(row)
    return sum(_put(session, fact, known[fact.ticker, fact.start, fact.end]) for fact in new)


def stored(session: Session) -> list[CapexFact]:
    """All facts in the database, every vintage."""
    rows = session.exec(select(CapexRow).order_by(CapexRow.ticker, col(CapexRow.start), col(CapexRow.id)))
    return [CapexFact.model_validate(row.model_dump(mode="json", exclude={"id"})) for row in rows]


def reported(
    session: Session, companies: Iterable[str] = (), since: date | None = None, until: date | None = None
) -> list[CapexPoint]:
    """One value per company and quarter, the one filed last, in order of company and time.

    `companies` are tickers or names, all when empty; `since` and `until` keep the quarters that they touch.
    Raises `QueryError` on a company of which nothing is known.
    """
    query = select(CapexRow).order_by(CapexRow.ticker, col(CapexRow.start), col(CapexRow.filed).nulls_first())
    if wanted := tickers(session, companies):
        query = query.where(col(CapexRow.ticker).in_(wanted))
    if since:
        query = query.where(col(CapexRow.end) >= since)
    if until:
        query = query.where(col(CapexRow.start) <= until)
    latest = {(row.ticker, row.quarter): row for row in session.exec(query)}
    return [CapexPoint(**row.model_dump(exclude={"id"})) for row in latest.values()]


def tickers(session: Session, companies: Iterable[str]) -> list[str]:
    """The tickers of companies given by ticker or name ("AMZN", "amazon"), in alphabetical order.

    Raises `QueryError` on a company of which nothing is known.
    """
    known = dict(session.exec(select(CapexRow.ticker, CapexRow.company).distinct()).all())
    return sorted({_ticker(company, known) for company in companies})


def _ticker(company: str, known: dict[str, str]) -> str:
    wanted = company.strip().casefold()
    for ticker, name in known.items():
        if wanted == ticker.casefold() or (wanted and name.casefold().startswith(wanted)):
            return ticker
    names = ", ".join(sorted(known)) or "-"
    raise QueryError(
        f"No reported capex is known of the company {company!r}. Known are: {names}.",
        dutch=f"Van het bedrijf {company!r} zijn geen gerapporteerde investeringen bekend. Bekend zijn: {names}.",
    )


def _fact(row: dict[str, str]) -> CapexFact:
    value = float(row.pop("value_usd"))
    return CapexFact.model_validate({**row, "value": value, "filed": row["filed"] or None, "note": row["note"] or None})


def _put(session: Session, fact: CapexRow, known: list[CapexRow]) -> bool:
    old = the_same(known, fact)
    if old is not None:
        return bring_up_to_date(old, fact)
    session.add(fact)
    known.append(fact)
    return True
