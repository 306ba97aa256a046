from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.charts.axes import Scale, TimeScale, months, ticks, years


@given(st.floats(0.001, 1e9), st.integers(2, 8))
def test_ticks_are_round_cover_the_values_and_are_few(high: float, parts: int) -> None:
    marks = ticks(0, high, parts)
    steps = {round(b - a, 6) / marks[1] for a, b in pairwise(marks)}
    assert marks[0] == 0
    assert marks[-1] >= high * (1 - 1e-6)
    assert len(marks) <= parts + 1
    assert all(abs(step - 1) < 0.01 for step in steps)


def test_ticks_are_numbers_that_people_count_in() -> None:
    assert ticks(0, 165.05, 4) == [0, 50, 100, 150, 200]
    assert ticks(0, 97, 4) == [0, 25, 50, 75, 100]


@given(st.floats(-1, 1))
def test_a_scale_keeps_to_its_ends(value: float) -> None:
    scale = Scale(-1, 1, 200, 20)
    assert 20 <= scale(value) <= 200
    assert (scale(-1), scale(0), scale(1)) == (200, 110, 20)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_periods_fill_the_time_axis_without_gaps(start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    time = TimeScale(start, end, 50, 950)
    left, width = time.span(start, end)
    assert (left, width) == (50, 900)
    middle = date.fromordinal(start.toordinal() + days // 2)
    first, second = time.span(start, middle), time.span(date.fromordinal(middle.toordinal() + 1), end)
    assert second[0] == pytest.approx(first[0] + first[1], abs=0.11) or days == 0


def test_a_span_is_cut_at_the_edges() -> None:
    time = TimeScale(date(2025, 1, 1), date(2025, 12, 31), 0, 365)
    assert time.span(date(2024, 6, 1), date(2025, 1, 31)) == (0, 31)


def test_years_and_months_begin_inside_the_axis() -> None:
    assert years(date(2023, 4, 2), date(2025, 1, 1)) == [date(2023, 4, 2), date(2024, 1, 1), date(2025, 1, 1)]
    assert months(date(2024, 11, 15), date(2025, 2, 1)) == [date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
