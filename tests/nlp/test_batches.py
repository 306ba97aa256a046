"""Batches: everything once, shortest first, and never more padding than was asked for."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.batches import batches


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(0, 1000))
def test_every_index_once_and_within_the_limit(lengths: list[int], limit: int) -> None:
    made = list(batches(lengths, limit))
    flat = [i for group in made for i in group]
    assert sorted(flat) == list(range(len(lengths)))
    assert [lengths[i] for i in flat] == sorted(lengths)
    assert all(len(group) == 1 or len(group) * max(lengths[i] for i in group) <= limit for group in made)


def test_a_limit_of_nothing_is_one_at_a_time() -> None:
    assert list(batches([3, 1, 2], 0)) == [[1], [2], [0]]
