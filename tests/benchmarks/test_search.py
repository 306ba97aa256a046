import numpy as np

from benchmarks.search import PAIRS, interval, ndcg, read_judged


def test_the_best_ranking_gains_all_and_the_order_counts() -> None:
    grades = {"a": 2, "b": 1, "c": 0}
    assert ndcg(grades, ["a", "b", "c"]) == 1
    assert ndcg(grades, ["x", "c"]) == 0
    assert 0 < ndcg(grades, ["c", "b", "a"]) < ndcg(grades, ["b", "a"]) < 1


def test_an_interval_holds_its_mean() -> None:
    low, high = interval(np.array([0.0, 0.5, 1.0, 1.0]))
    assert low < 0.625 < high


def test_sixty_queries_are_judged_in_four_pairs() -> None:
    queries = read_judged()
    assert [sum(query.pair == pair for query in queries) for pair in PAIRS] == [15, 15, 15, 15]
    assert all(max(query.grades.values()) > 0 and set(query.grades.values()) <= {0, 1, 2} for query in queries)
    assert len({query.query + query.among for query in queries}) == 60
