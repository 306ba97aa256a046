"""Cutting articles into passes: every sentence once, in order, and never too long."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.reader import PART, collate, passages

START = 2


@given(st.lists(st.lists(st.integers(10, 99), min_size=1, max_size=12), min_size=1, max_size=40))
def test_every_sentence_ends_once_in_order(sentences: list[list[int]]) -> None:
    made = passages(sentences, START, window=30)
    assert [p.ids[e] for p in made for e in p.ends] == [s[-1] for s in sentences]
    assert all(len(p.ids) <= 30 or len(p.ends) == 1 for p in made)
    assert all(p.ids[0] == START for p in made)


def test_later_passes_open_with_the_headline() -> None:
    made = passages([[11, 12], [13] * 6, [14] * 6], START, window=10)
    assert made[0].ids == [START, 11, 12, *[13] * 6]
    assert made[1].ids == [START, 11, 12, *[14] * 6]


def test_collate_points_at_the_ends() -> None:
    ids, mask, rows, ends, parts = collate(passages([[5], [6, 7]], START) + passages([[8]], START), pad=0)
    assert ids.tolist() == [[START, 5, 6, 7], [START, 8, 0, 0]]
    assert mask.tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert rows.tolist() == [0, 0, 1]
    assert ends.tolist() == [1, 3, 1]
    assert parts.tolist() == [0, 0, 1]


def test_a_long_passage_is_judged_in_parts_of_about_one_length() -> None:
    *_, parts = collate(passages([[5]] * (2 * PART + 1), START) + passages([[8]], START), pad=0)
    assert parts.bincount().tolist() == [PART - 4, PART - 4, PART - 4, 1]
