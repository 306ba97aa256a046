"""Net stance: bounded, symmetric, headline first."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.article import intensity, net_stance

HYPE, CAUTION, NEUTRAL = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


@st.composite
def stances(draw: st.DrawFn) -> list[tuple[float, float, float]]:
    rows = draw(st.lists(st.tuples(*[st.floats(0.001, 1)] * 3), min_size=1, max_size=30))
    return [(a / (a + b + c), b / (a + b + c), c / (a + b + c)) for a, b, c in rows]


@given(stances(), st.booleans())
def test_bounded_and_mirrored(rows: list[tuple[float, float, float]], titled: bool) -> None:
    value = net_stance(rows, titled=titled)
    mirrored = net_stance([(c, h, n) for h, c, n in rows], titled=titled)
    assert value is not None
    assert mirrored is not None
    assert -1 <= value <= 1
    assert abs(value + mirrored) < 1e-3


def test_extremes() -> None:
    assert net_stance([HYPE] * 5, titled=True) == 1
    assert net_stance([CAUTION] * 5, titled=False) == -1
    assert net_stance([NEUTRAL] * 5, titled=True) == 0
    assert net_stance([], titled=False) is None


def test_the_headline_weighs_more_than_the_body() -> None:
    first = net_stance([HYPE, *[NEUTRAL] * 8, CAUTION], titled=True)
    assert first is not None
    assert first > 0


def test_balanced_and_dry_differ_in_intensity() -> None:
    balanced, dry = [NEUTRAL, HYPE, CAUTION], [NEUTRAL] * 3
    assert net_stance(balanced, titled=True) == net_stance(dry, titled=True) == 0
    assert intensity(balanced) == 0.6667
    assert intensity(dry) == 0
    assert intensity([]) is None
