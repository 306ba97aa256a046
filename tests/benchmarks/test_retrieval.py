"""The measures of search, on rankings whose values are known, and the queries, on the sample as it is."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.retrieval import DIRECTIONS, Query, bm25, quality, read_collection


def test_measures_of_a_known_ranking() -> None:
    queries = [Query("a", "nl→en", frozenset([0])), Query("b", "nl→en", frozenset([1, 2]))]
    others = [Query("c", d, frozenset([0])) for d in DIRECTIONS if d != "nl→en"]
    scores = np.array([[0.9, 0.5, 0.1], [0.9, 0.5, 0.1], *[[0.9, 0.5, 0.1]] * 3], np.float32)
    found = quality([*queries, *others], scores)
    second = (1 / np.log2(3) + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    assert found["nl→en"] == pytest.approx((0.5, 1, 0.75, (1 + second) / 2))
    assert found["en→nl"] == pytest.approx((1, 1, 1, 1))
    assert found["all"] == pytest.approx((0.8, 1, 0.9, (4 + second) / 5))


def test_an_answer_beyond_the_tenth_is_not_found_yet_ranks() -> None:
    queries = [Query("a", d, frozenset([11])) for d in DIRECTIONS]
    scores = np.array([np.arange(12, 0, -1)] * 4, np.float32)
    assert quality(queries, scores)["all"] == pytest.approx((0, 0, 1 / 12, 0))


def test_words_find_the_rarer_match() -> None:
    scores = bm25(["de bel en de bank", "de bank", "de markt en de bank en de zeepbel"], ["zeepbel", "bank bel"])
    assert scores.argmax(1).tolist() == [2, 0]


def test_queries_are_complete_and_of_every_direction() -> None:
    collection = read_collection()
    assert Counter(q.direction for q in collection.queries) == dict.fromkeys(DIRECTIONS, 15)
    assert len({q.text for q in collection.queries}) == 60
    headlines = [text.partition("\n")[0].casefold() for text in collection.texts]
    for query in collection.queries:
        words = set(query.text.casefold().rstrip("?").split())
        assert all(len(words & set(headlines[i].split())) < len(words) / 2 for i in query.answers), query.text
