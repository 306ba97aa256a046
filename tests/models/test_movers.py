"""Shares of a difference: they add up to it, whatever the articles; and they are those of the method, worked out."""

from math import fsum, isclose

from hypothesis import given
from hypothesis import strategies as st

from models.contributions import sentence_parts
from models.movers import Difference, Told
from nlp.article import net_stance

told = st.builds(
    lambda source, story, weight, net: (source, story, weight, net),
    st.sampled_from("abcdef"),
    st.integers(1, 9),
    st.floats(0.001, 1),
    st.floats(-1, 1),
)
spans = st.tuples(st.lists(told, min_size=1, max_size=30), st.lists(told, min_size=1, max_size=30))
probabilities = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
    lambda p: (p[0] / sum(p), p[1] / sum(p), p[2] / sum(p))
)


def span(rows: list[tuple[str, int, float, float]], first: int = 1) -> list[Told]:
    return [Told(first + at, story, source, weight, net) for at, (source, story, weight, net) in enumerate(rows)]


def same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=0, abs_tol=1e-9)


@given(spans)
def test_shares_add_up_to_the_difference(rows: tuple[list[tuple[str, int, float, float]], ...]) -> None:
    found = Difference(span(rows[0]), span(rows[1], 100))
    whole = found.ends[1] - found.ends[0]
    assert same(fsum(found.articles.values()), whole)
    assert same(fsum(found.stories.values()), whole)
    assert same(fsum(part.mood + part.make_up for part in found.sources.values()), whole)


@given(spans)
def test_a_source_has_the_share_of_its_articles(rows: tuple[list[tuple[str, int, float, float]], ...]) -> None:
    found = Difference(span(rows[0]), span(rows[1], 100))
    for name, part in found.sources.items():
        of = [found.articles[told.article] for told in (*found.before, *found.after) if told.source == name]
        assert same(fsum(of), part.mood + part.make_up)


@given(spans)
def test_the_same_sources_make_no_difference_by_their_make_up(
    rows: tuple[list[tuple[str, int, float, float]], ...],
) -> None:
    found = Difference(span(rows[0]), span(rows[1], 100))
    if {told.source for told in found.before} == {told.source for told in found.after}:
        assert all(part.make_up == 0 for part in found.sources.values())
    back = Difference(found.after, found.before)
    assert all(same(-part.mood, back.sources[name].mood) for name, part in found.sources.items())


def test_a_newcomer_changes_the_make_up_and_not_the_mood() -> None:
    old = [("a", 1, 1.0, 0.2), ("b", 2, 1.0, 0.2)]
    found = Difference(span(old), span([*old, ("c", 3, 1.0, -0.4)], 100))
    assert same(found.ends[1] - found.ends[0], -0.2)
    assert all(part.mood == 0 for part in found.sources.values())
    assert same(fsum(part.make_up for part in found.sources.values()), -0.2)
    assert min(found.sources, key=lambda name: found.sources[name].make_up) == "c"


def test_a_source_that_turns_has_it_all() -> None:
    found = Difference(
        span([("a", 1, 1.0, 0.5), ("b", 2, 1.0, 0.1)]), span([("a", 3, 1.0, -0.5), ("b", 4, 1.0, 0.1)], 100)
    )
    assert same(found.sources["a"].mood, -0.5)
    assert same(found.sources["b"].mood, 0)


@given(st.lists(probabilities, min_size=1, max_size=30), probabilities | st.none(), st.floats(-1, 1))
def test_sentences_and_title_add_up_to_the_reading_of_the_article(
    sentences: list[tuple[float, float, float]], title: tuple[float, float, float] | None, level: float
) -> None:
    """With the title known its part is its own, to the four decimals that an article's net stance is kept with."""
    net = net_stance([*([title] if title else []), *sentences], titled=title is not None)
    assert net is not None
    parts, of_title = sentence_parts(sentences, title, net, level)
    assert same(fsum(parts) + of_title, net - level)
    if title is None:
        assert abs(of_title) <= 0.0001


@given(st.lists(probabilities, min_size=1, max_size=9), probabilities, probabilities)
def test_a_title_that_is_known_leans_its_own_way(
    sentences: list[tuple[float, float, float]],
    one: tuple[float, float, float],
    other: tuple[float, float, float],
) -> None:
    nets = [net_stance([title, *sentences], titled=True) or 0.0 for title in (one, other)]
    at_zero = [sentence_parts(sentences, t, net, 0.0)[1] for t, net in zip((one, other), nets, strict=True)]
    for title, part in zip((one, other), at_zero, strict=True):
        assert part * (title[0] - title[1]) >= -0.0002
