import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.shifts import Value, turning_points, unusual


def series(*levels: tuple[int, float], noise: float = 0.02, seed: int = 1) -> list[Value]:
    """So many periods at each level, of seven sources, with a little noise."""
    chance = random.Random(seed)
    return [Value(level + chance.gauss(0, noise), 7) for length, level in levels for _ in range(length)]


def test_a_step_is_found_where_it_is() -> None:
    assert turning_points(series((20, 0.3), (20, 0.1))) == [20]
    assert turning_points(series((12, 0.3), (12, 0.1), (12, 0.25))) == [12, 24]


@pytest.mark.parametrize("seed", range(5))
def test_a_level_has_no_turning_point(seed: int) -> None:
    assert turning_points(series((60, 0.3), seed=seed)) == []


def test_a_single_period_is_unusual_and_no_turning_point() -> None:
    values = series((20, 0.2), (1, -0.1), (20, 0.2))
    assert turning_points(values) == []
    found = unusual(values, [])
    assert [one.at for one in found] == [20]
    assert found[0].deviation < -4.5


def test_a_new_level_has_to_settle_before_a_period_of_it_is_unusual() -> None:
    values = series((20, 0.3), (20, 0.1))
    assert unusual(values, turning_points(values)) == []
    assert unusual(values, [])[0].at == 20


def test_few_sources_weigh_less() -> None:
    """The same dip is within the noise of three sources and not within that of thirty."""
    values = series((20, 0.2), noise=0.02)
    for sources, found in ((1, []), (100, [20])):
        assert [one.at for one in unusual([*values, Value(0.14, sources)], [])] == found


def test_a_series_that_never_moved_and_then_does_has_no_measure() -> None:
    still = [Value(0.5, 3)] * 10
    assert (turning_points(still), unusual(still, [])) == ([], [])
    (one,) = unusual([*still, Value(0.4, 3)], [])
    assert (one.at, one.deviation) == (10, float("-inf"))


def test_few_values_are_not_looked_at() -> None:
    assert turning_points(series((3, 0.9), (4, -0.9))) == []
    assert unusual(series((7, 0.2), (1, -0.9)), []) == []


values = st.lists(st.builds(Value, st.floats(-1, 1), st.integers(3, 40)), max_size=60)


@given(values)
def test_levels_last_three_periods_and_a_mirrored_series_changes_where_the_series_does(some: list[Value]) -> None:
    turns = turning_points(some)
    edges = [0, *turns, len(some)]
    assert not turns or all(end - start >= 3 for start, end in pairwise(edges))
    upside_down = [Value(-value.value, value.sources) for value in some]
    assert turning_points(upside_down) == turns
    found, mirrored = unusual(some, turns), unusual(upside_down, turns)
    assert [(one.at, -one.deviation) for one in found] == [(one.at, one.deviation) for one in mirrored]
