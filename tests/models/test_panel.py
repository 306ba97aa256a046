from hypothesis import given
from hypothesis import strategies as st

from models.panel import fixed_panel


def test_the_first_and_the_last_period_have_no_say_when_there_are_others() -> None:
    assert fixed_panel([{1}, {1, 2, 3}, {1, 2, 4}, {2}]) == {1, 2}
    assert fixed_panel([{1, 2}, {2, 3}]) == {2}
    assert fixed_panel([{1, 2}]) == {1, 2}
    assert fixed_panel([]) == frozenset()


@given(st.lists(st.frozensets(st.integers(0, 9)), min_size=3, max_size=20))
def test_who_is_in_it_is_heard_in_every_period_between(heard: list[frozenset[int]]) -> None:
    panel = fixed_panel(heard)
    assert all(panel <= period for period in heard[1:-1])
    assert all(source in panel for source in range(10) if all(source in period for period in heard[1:-1]))
