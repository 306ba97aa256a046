"""Periods as quarters, on the calendar and in fiscal years."""

import pytest

from nlp.checks.series import companies
from nlp.checks.windows import readings, span

FIRM = companies()


@pytest.mark.parametrize(
    ("period", "quarters"),
    [
        ("2025", ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]),
        ("2025-Q3", ["2025-Q3"]),
        ("2025-H1", ["2025-Q1", "2025-Q2"]),
        ("2025-01/2025-06", ["2025-Q1", "2025-Q2"]),
        ("2025-04/2025-06", ["2025-Q2"]),
        ("2024-Q4/2025-Q1", ["2024-Q4", "2025-Q1"]),
        ("2024-12/2025-02", None),  # not whole quarters
        ("2025-11", None),
        ("../2030", None),
        ("2000/2025", None),
        ("soon", None),
        (None, None),
    ],
)
def test_periods_of_whole_quarters(period: str | None, quarters: list[str] | None) -> None:
    found = span(period)
    assert (found and [f"{q // 4}-Q{q % 4 + 1}" for q in found]) == quarters


def test_a_company_on_the_calendar_year_has_one_reading() -> None:
    assert len(readings("2025", [FIRM["AMZN"]])) == 1
    assert len(readings("2025", [FIRM["AMZN"]], fiscal=True)) == 1


@pytest.mark.parametrize(
    ("ticker", "first"),
    [("MSFT", "2024-Q3"), ("ORCL", "2024-Q3"), ("AAPL", "2024-Q4"), ("NVDA", "2024-Q1")],
)
def test_fiscal_2025_of_each_company_begins_in_its_own_quarter(ticker: str, first: str) -> None:
    window = readings("2025", [FIRM[ticker]], fiscal=True)[0]
    q = window.quarters[0][0]
    assert f"{q // 4}-Q{q % 4 + 1}" == first
    assert window.plain
    assert window.fiscal


def test_months_and_calendar_year_leave_no_doubt() -> None:
    assert len(readings("2025-04/2025-06", [FIRM["MSFT"]])) == 1
    assert len(readings("2025", [FIRM["MSFT"]], calendar=True)) == 1
    assert [w.plain for w in readings("2025-01/2025-06", [FIRM["MSFT"]])] == [True, False]
