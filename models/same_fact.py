"""When two reported facts are one: the bundled table and SEC EDGAR tell of the same filings in different words.

A row is a company, its first and last day, and a source. The table names the company's file at the SEC, sometimes the
filing or the page of a filing; EDGAR names the filing of every vintage. One fact has one row, which holds what is told
most exactly.
"""

import re
from collections.abc import Iterable

from models.tables import CapexRow

ROUNDING = 1_000_000  # the table is kept in millions, and a difference of two roundings may be one off
WORDING = frozenset({"concept", "form", "grade"})  # how a value was found, not what it is
FILED = 2  # exactness of a source that names the filing as EDGAR does
_FILING = re.compile(r", filing (\d{10}-\d{2}-\d{6})$")
_PAGE = re.compile(r"/(\d{10})(\d{2})(\d{6})/")


def filing_of(source: str) -> str | None:
    """The accession number of the filing that a source names, such as 0001326801-24-000049; null for a whole file."""
    if found := _FILING.search(source):
        return found[1]
    page = _PAGE.search(source)
    return "-".join(page.groups()) if page else None


def exactness(source: str) -> int:
    """`FILED` when it names the filing as EDGAR does, 1 for the page of a filing, 0 for a company's file as a whole."""
    if _FILING.search(source):
        return FILED
    return int(filing_of(source) is not None)


def the_same(rows: Iterable[CapexRow], fact: CapexRow) -> CapexRow | None:
    """The row, of those for the company and days of `fact`, that tells the same fact."""
    kept, filing = list(rows), filing_of(fact.source)
    for row in kept:
        if row.source == fact.source or (filing is not None and filing_of(row.source) == filing):
            return row
    near = [row for row in kept if _one_value(row, fact) and (filing is None or filing_of(row.source) is None)]
    return min(near, key=lambda row: abs(row.value - fact.value), default=None)


def _one_value(row: CapexRow, fact: CapexRow) -> bool:
    return abs(row.value - fact.value) <= ROUNDING


def bring_up_to_date(row: CapexRow, fact: CapexRow) -> bool:
    """Put what `fact` tells into the row of the same fact, where what is absent erases nothing; whether it changed.

    Of one value from one source the wording that came first stays, so that two tellers never take turns.
    """
    if exactness(fact.source) < exactness(row.source):
        return False
    told = {name: value for name, value in fact.model_dump(exclude={"id"}).items() if value not in (None, "")}
    settled = WORDING if (row.source, row.value) == (fact.source, fact.value) else frozenset()
    changed = {
        name: value
        for name, value in told.items()
        if getattr(row, name) != value and not (name in settled and getattr(row, name))
    }
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
