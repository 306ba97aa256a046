"""Reported quarters as far as they were known on a day."""

from datetime import date

from nlp.checks.series import Series, companies
from tests.nlp.checks.facts import fact, years

Q3 = 4 * 2025 + 2
FACTS = [fact("AMZN", "2025-Q3", 35.0), fact("ORCL", "2025-Q3", 8.0), fact("META", "2025-Q3", 18.0, "2025-10-30")]


def on(day: str) -> Series:
    return Series(FACTS, date.fromisoformat(day), date.fromisoformat(day))


def test_nothing_is_known_before_anyone_could_have_reported() -> None:
    assert on("2025-10-10").values(["AMZN"], [[Q3]]) == []
    assert on("2025-10-20").values(["AMZN"], [[Q3]]) == [35e9]


def test_certain_only_after_the_usual_delay_or_the_known_filing() -> None:
    assert not on("2025-11-03").sure(["AMZN"], [[Q3]])
    assert on("2025-11-04").sure(["AMZN"], [[Q3]])
    assert not on("2025-11-04").sure(["ORCL"], [[Q3]])
    assert on("2025-10-30").sure(["META"], [[Q3]])


def test_a_sum_needs_every_quarter_and_counts_every_vintage() -> None:
    facts = [*years("GOOGL", 2025, 1, 2, 3, 4), fact("GOOGL", "2025-Q1", 1.5)]
    series = Series(facts, date(2026, 3, 1), date(2026, 3, 1))
    assert series.values(["GOOGL"], [range(4 * 2025, 4 * 2026)]) == [10e9, 10.5e9]
    assert series.values(["GOOGL"], [range(4 * 2025, 4 * 2026 + 1)]) == []


def test_other_measures_may_be_higher_than_the_cash_line() -> None:
    bounds = on("2026-01-01").bounds([companies()["AMZN"]], [[Q3]])
    assert bounds is not None
    assert bounds.low < 35e9 < bounds.high
    assert on("2026-01-01").bounds([companies()["AAPL"]], [[Q3]]) is None


def test_companies_are_found_by_their_names_where_the_series_has_them() -> None:
    found = on("2026-01-01").company("amazon.com")
    assert found is not None
    assert found.ticker == "AMZN"
    assert on("2026-01-01").company("Apple") is None


def test_the_latest_quarter_is_that_of_the_slowest_company() -> None:
    facts = [fact("AMZN", "2025-Q2", 1), fact("AMZN", "2025-Q3", 1), fact("META", "2025-Q2", 1)]
    series = Series(facts, date(2026, 3, 1), date(2026, 3, 1))
    assert series.latest(["AMZN", "META"]) == Q3 - 1
    assert series.latest(["AMZN", "ORCL"]) is None
