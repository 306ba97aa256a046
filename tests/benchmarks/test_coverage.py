import pytest

from benchmarks.coverage import SETTINGS, coverage
from benchmarks.shifts import false_alarms, found

ASSUMED = "normal source effects, as assumed"


@pytest.mark.parametrize("sources", [3, 5, 20])
def test_the_interval_keeps_its_promise_where_its_assumptions_hold(sources: int) -> None:
    """600 newsrooms have a standard error of 0.9 points; the table of the method page has 10,000."""
    assert 0.92 < coverage(SETTINGS[ASSUMED], sources, 600, seed=sources) < 0.98


def test_the_interval_breaks_it_where_sources_are_not_independent() -> None:
    assert coverage(SETTINGS["three sources an owner"], 12, 600, seed=1) < 0.93


def test_a_series_without_a_change_seldom_has_one_and_a_large_step_is_found() -> None:
    turned, odd = false_alarms(52, 0.3, many=150)
    assert turned < 0.12
    assert odd < 0.03
    assert found(52, step=3.0, many=60) > 0.9
