from datetime import date

import pytest
from sqlmodel import Session, select

from models.capex import bundled, load, reported, tickers
from models.errors import QueryError
from models.periods import end_of, name_of, quarter_start, start_of
from models.tables import CapexRow

FOUR = ("AMZN", "GOOGL", "META", "MSFT")


@pytest.mark.parametrize(
    ("quarter", "millions"), [("2023-Q3", 36_947), ("2024-Q3", 58_862), ("2025-Q3", 97_271), ("2026-Q2", 165_050)]
)
def test_the_sum_of_the_four_is_as_filed(session: Session, quarter: str, millions: int) -> None:
    points = [point for point in reported(session, FOUR) if point.quarter == quarter]
    assert [point.ticker for point in points] == list(FOUR)
    assert round(sum(point.value for point in points) / 1e6) == millions


def test_every_fact_says_where_it_comes_from_and_lies_in_its_quarter() -> None:
    facts = bundled()
    assert len(facts) == 323
    for fact in facts:
        assert fact.source.startswith("SEC companyfacts CIK") or "https://www.sec.gov/" in fact.source
        start, end = date.fromisoformat(fact.start), date.fromisoformat(fact.end)
        assert 80 <= (end - start).days <= 100
        assert name_of(start_of(start + (end - start) / 2, "quarter"), "quarter") == fact.quarter
        assert fact.filed is None or date.fromisoformat(fact.filed) > end


def test_breaks_are_noted() -> None:
    notes = {(fact.ticker, fact.quarter): fact.note or "" for fact in bundled()}
    assert "net" in notes["AMZN", "2016-Q4"]
    assert "gross" in notes["AMZN", "2017-Q1"]
    assert "intangible" in notes["NVDA", "2025-Q1"]
    assert "rounded" in notes["ORCL", "2026-Q3"]


def test_loading_twice_adds_nothing_twice(empty: Session) -> None:
    assert load(empty, bundled()) == len(bundled())
    empty.flush()
    assert load(empty, bundled()) == 0
    corrected = bundled()[0].model_copy(update={"value": 1.0})
    assert load(empty, [corrected]) == 1
    empty.flush()
    assert len(empty.exec(select(CapexRow)).all()) == len(bundled())


def test_of_a_restated_quarter_the_last_filing_counts(session: Session) -> None:
    (point,) = reported(session, ["META"], date(2023, 1, 1), date(2023, 3, 31))
    assert (point.value, point.filed) == (6_823_000_000, date(2024, 4, 25))
    rows = session.exec(select(CapexRow).where(CapexRow.ticker == "META", CapexRow.quarter == "2023-Q1")).all()
    assert {(row.value, row.filed) for row in rows} == {
        (6_823_000_000, date(2024, 4, 25)),
        (6_842_000_000, date(2023, 4, 27)),
    }


def test_days_keep_the_quarters_that_they_touch(session: Session) -> None:
    points = reported(session, ["ORCL"], date(2026, 5, 31), date(2026, 6, 1))
    assert [point.quarter for point in points] == ["2026-Q2", "2026-Q3"]


def test_a_company_goes_by_ticker_or_name(session: Session) -> None:
    assert tickers(session, ["amazon", "MSFT", "Alphabet Inc.", "msft"]) == ["AMZN", "GOOGL", "MSFT"]
    assert tickers(session, []) == []


@pytest.mark.parametrize("name", ["Philips", "", " ", "Z"])
def test_an_unknown_company_is_named_in_the_error(session: Session, name: str) -> None:
    with pytest.raises(QueryError, match=r"AAPL, AMZN"):
        reported(session, [name])


def test_quarters_have_three_months() -> None:
    assert end_of(quarter_start("2025-Q3"), "quarter") == date(2025, 9, 30)
