import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.charts.strip import WIDTH, likeliest, strength, strip
from models.answers import Bar


def bar(length: int, chance: float | None = 0.9, start: int = 0) -> Bar:
    return Bar(
        number=0, start=start, end=start + length, stance="hype", p_hype=chance, p_caution=0.0, p_neutral=0.0, text=None
    )


@given(st.lists(st.integers(20, 300), min_size=1, max_size=60))
def test_pieces_fill_the_strip_in_order_and_in_proportion(lengths: list[int]) -> None:
    pieces = strip([bar(length) for length in lengths])
    assert pieces[-1].x + pieces[-1].width == pytest.approx(WIDTH, abs=len(lengths) * 1.5)
    assert [piece.x for piece in pieces] == sorted(piece.x for piece in pieces)
    longest, shortest = max(lengths), min(lengths)
    widths = [pieces[lengths.index(length)].width for length in (longest, shortest)]
    assert widths[0] >= widths[1]


@pytest.mark.parametrize(("chance", "expected"), [(0.4, 1), (0.7, 2), (0.9, 3)])
def test_the_surer_the_deeper(chance: float, expected: int) -> None:
    assert strength(bar(10, chance)) == expected


def test_a_sentence_without_scores_has_no_chance() -> None:
    unscored = Bar(number=0, start=0, end=5, stance=None, p_hype=None, p_caution=None, p_neutral=None, text=None)
    assert likeliest(unscored) is None
    assert strip([unscored])[0].stance == "unscored"
    assert strip([]) == []
