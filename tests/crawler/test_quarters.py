"""Quarters from amounts as filed: every trap of the filings is one case, with invented amounts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.quarters import Amount, Quarter, quarters
from tests.crawler.filings import PPE, entry, year

Vintage = tuple[str, float, str, str]


def amounts(entries: Iterable[dict[str, Any]]) -> list[Amount]:
    return [
        Amount(date.fromisoformat(e["start"]), date.fromisoformat(e["end"]), e["val"] / 1e6,
               date.fromisoformat(e["filed"]), e["accn"], e["form"], PPE)
        for e in entries
    ]  # fmt: skip


def told(entries: Iterable[dict[str, Any]]) -> list[Vintage]:
    """What the entries give: last day, millions, day of filing, grade."""
    return [(f"{q.end}", q.value, f"{q.filed}", q.grade) for q in quarters(amounts(entries))]


def test_running_totals_are_differenced() -> None:
    assert told(year(2025, (10, 20, 30, 40))) == [
        ("2025-03-31", 10, "2025-04-30", "reported"),
        ("2025-06-30", 20, "2025-07-30", "derived"),
        ("2025-09-30", 30, "2025-10-30", "derived"),
        ("2025-12-31", 40, "2026-01-30", "derived"),
    ]


def test_the_form_tells_how_a_quarter_was_made() -> None:
    direct = entry("2026-04-01", "2026-06-30", 7, "2026-07-30")
    assert [q.form for q in quarters(amounts([*year(2025, (1, 2, 3, 4)), direct]))] == [
        "10-Q (year-to-date = quarter)", "10-Q year-to-date difference", "10-Q year-to-date difference",
        "10-K minus 9-month 10-Q", "10-Q (direct 3-month fact)",
    ]  # fmt: skip


@pytest.mark.parametrize(("missing", "left"), [(0, [3, 4]), (1, [1, 4]), (2, [1, 2]), (3, [1, 2, 3])])
def test_a_quarter_without_a_leg_is_refused(missing: int, left: list[float]) -> None:
    entries = year(2025, (1, 2, 3, 4))
    del entries[missing]
    assert [value for _, value, _, _ in told(entries)] == left


def test_a_quarter_as_stated_wins_from_a_difference_of_the_same_filing() -> None:
    """Of rounded amounts the difference may be one off."""
    entries = [*year(2025, (10, 20, 30, 40)), entry("2025-04-01", "2025-06-30", 21, "2025-07-30")]
    assert ("2025-06-30", 21, "2025-07-30", "reported") in told(entries)
    assert len(told(entries)) == 4


def test_the_twelve_months_to_a_quarter_are_no_fiscal_year() -> None:
    trailing = entry("2024-07-01", "2025-06-30", 90, "2025-07-30", frame="CY2024")
    assert told([*year(2025, (10, 20, 30, 40)), trailing]) == told(year(2025, (10, 20, 30, 40)))


def test_repeats_in_later_filings_add_no_vintage() -> None:
    once = year(2025, (10, 20, 30, 40))
    assert told([*once, *year(2025, (10, 20, 30, 40), filed=2026)]) == told(once)


def test_a_restated_quarter_has_both_vintages_each_of_one_kind() -> None:
    """The first quarter is restated in April, the half-year not before July: nothing mixes the two."""
    entries = [*year(2023, (100, 100, 100, 100)), *year(2023, (98, 97, 96, 95), filed=2024)]
    assert told(entries) == [
        ("2023-03-31", 100, "2023-04-30", "reported"),
        ("2023-03-31", 98, "2024-04-30", "reported"),
        ("2023-06-30", 100, "2023-07-30", "derived"),
        ("2023-06-30", 97, "2024-07-30", "derived"),
        ("2023-09-30", 100, "2023-10-30", "derived"),
        ("2023-09-30", 96, "2024-10-30", "derived"),
        ("2023-12-31", 100, "2024-01-30", "derived"),
        ("2023-12-31", 95, "2025-01-30", "derived"),
    ]


def test_a_restated_year_is_not_held_against_nine_months_as_they_were() -> None:
    """A 10-K shows three years; the nine months of the oldest were never restated."""
    restated = entry("2023-01-01", "2023-12-31", 390, "2026-01-30")
    assert told([*year(2023, (100, 100, 100, 100)), restated]) == told(year(2023, (100, 100, 100, 100)))


def test_a_value_that_comes_back_is_a_vintage_of_its_own() -> None:
    entries = [entry("2025-01-01", "2025-03-31", v, f"{y}-04-30") for v, y in ((5, 2025), (6, 2026), (5, 2027))]
    assert [value for _, value, _, _ in told(entries)] == [5, 6, 5]


def test_quarters_of_thirteen_and_fourteen_weeks() -> None:
    entries = [
        entry("2024-09-29", "2024-12-28", 10, "2025-01-30"),
        entry("2024-09-29", "2025-03-29", 25, "2025-05-01"),
        entry("2024-09-29", "2025-07-05", 45, "2025-08-01"),
    ]
    assert [(f"{q.start}", f"{q.end}", q.value) for q in quarters(amounts(entries))] == [
        ("2024-09-29", "2024-12-28", 10),
        ("2024-12-29", "2025-03-29", 15),
        ("2025-03-30", "2025-07-05", 20),
    ]


ENTRIES = [*year(2023, (9, 8, 7, 6)), *year(2023, (9, 8, 8, 6), filed=2024), *year(2024, (1, 2, 3, 4))]


@given(st.permutations(ENTRIES))
def test_the_order_of_the_entries_changes_nothing(entries: list[dict[str, Any]]) -> None:
    assert told(entries) == told(ENTRIES)


@given(st.tuples(*[st.integers(0, 10**6)] * 4))
def test_the_quarters_of_a_year_add_up_to_it(values: tuple[int, int, int, int]) -> None:
    made: list[Quarter] = quarters(amounts(year(2025, values)))
    assert sum(q.value for q in made) == sum(values)
    assert [q.value for q in made] == list(values)
