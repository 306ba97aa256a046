"""The bundled table and EDGAR tell of the same filings: one fact, one row, in whatever order they come."""

import itertools
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from models.capex import bundled, load, reported
from models.records import CapexFact
from models.same_fact import filing_of
from models.tables import CapexRow

FILE = "SEC companyfacts CIK0000000099"
FILED, LATER = f"{FILE}, filing 0000000099-25-000007", f"{FILE}, filing 0000000099-26-000008"
PAGE = "Example 10-Q, https://www.sec.gov/Archives/edgar/data/99/000000009925000007/exmp.htm"


def fact(source: str, millions: float, filed: str | None = None, **more: Any) -> CapexFact:
    usual = {
        "ticker": "EXMP", "company": "Example Corp.", "quarter": "2025-Q1", "start": "2025-01-01", "end": "2025-03-31",
        "value": millions * 1e6, "concept": "", "form": "10-Q", "grade": "reported", "filed": filed, "source": source,
    }  # fmt: skip
    return CapexFact.model_validate(usual | more)


TABLE = fact(FILE, 10, note="as in the table")
EDGAR = fact(FILED, 10.2, "2025-04-30", concept="Payments")
RESTATED = fact(LATER, 12, "2026-04-30", concept="Payments")


def rows(session: Session) -> list[CapexRow]:
    session.flush()
    return list(session.exec(select(CapexRow).where(CapexRow.ticker == "EXMP").order_by(CapexRow.source)))


@pytest.mark.parametrize("order", [*itertools.permutations([TABLE, EDGAR, RESTATED])])
def test_the_table_and_edgar_make_one_row_in_any_order(empty: Session, order: list[CapexFact]) -> None:
    for one in order:
        load(empty, [one])
    assert [(row.source, row.value, row.filed) for row in rows(empty)] == [
        (FILED, 10.2e6, date(2025, 4, 30)),
        (LATER, 12e6, date(2026, 4, 30)),
    ]
    assert [load(empty, [one]) for one in order] == [0, 0, 0]


def test_what_the_table_adds_stays(empty: Session) -> None:
    load(empty, [TABLE, EDGAR])
    assert rows(empty)[0].note == "as in the table"
    assert rows(empty)[0].concept == "Payments"


def test_the_page_of_a_filing_and_the_filing_are_one(empty: Session) -> None:
    """A value that was rounded gives way to the one that was filed, and does not come back."""
    rounded = fact(PAGE, 28_700, "2025-04-30", grade="rounded")
    exact = fact(FILED, 28_731, "2025-04-30")
    assert [load(empty, [one]) for one in (rounded, exact, rounded, exact)] == [1, 1, 0, 0]
    assert [(row.value, row.grade) for row in rows(empty)] == [(28_731e6, "reported")]


def test_another_value_is_another_fact(empty: Session) -> None:
    load(empty, [TABLE, fact(FILED, 11.5, "2025-04-30")])
    assert [row.value for row in rows(empty)] == [10e6, 11.5e6]
    assert [point.value for point in reported(empty, ["EXMP"])] == [11.5e6]


def test_the_same_value_of_two_filings_is_two_vintages(empty: Session) -> None:
    load(empty, [EDGAR, RESTATED, fact(f"{FILE}, filing 0000000099-27-000009", 10.2, "2027-04-30")])
    assert len(rows(empty)) == 3


def test_the_whole_table_loads_beside_itself(empty: Session) -> None:
    load(empty, bundled())
    empty.flush()
    as_edgar = [
        one.model_copy(update={"source": f"{one.source}, filing 0000000001-25-{number:06d}"})
        for number, one in enumerate(bundled())
        if filing_of(one.source) is None
    ]
    assert load(empty, as_edgar) == len(as_edgar)
    empty.flush()
    assert len(empty.exec(select(CapexRow)).all()) == len(bundled())
    assert load(empty, bundled()) == 0


def test_sources_name_their_filing() -> None:
    assert [filing_of(source) for source in (FILE, FILED, PAGE)] == [None, *["0000000099-25-000007"] * 2]
