import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from math import isclose

import pytest
from scipy.stats import ttest_1samp
from sqlmodel import Session, col, update

from models.errors import QueryError
from models.filters import Filters, Freq
from models.periods import start_of
from models.series import interval, stance_series
from models.tables import Article, Score, Source, Story
from tests.builders import FIRST_SEEN, add_source

MONDAY = datetime(2024, 12, 30, 12, tzinfo=UTC)


def add_scored(
    session: Session,
    source: Source,
    published: datetime | None,
    net: float | None,
    story: int | None = None,
    **more: object,
) -> Article:
    number = random.random()
    article = Article(
        source_id=source.id, url=f"https://x.example/{number}", title="t", lang="nl", published=published, text="t",
        first_seen=FIRST_SEEN, fetched=FIRST_SEEN, status="whole", story_id=story,
    )  # fmt: skip
    session.add(article)
    session.flush()
    score = {"relevant": True, "relevance": 0.8, "hype_share": 0.5, "caution_share": 0.25} | more
    session.add(Score(article_id=article.id, version=1, model_name="m", model_version="1", device="cpu", at=FIRST_SEEN,
                      net_stance=net, **score))  # fmt: skip
    return article


@pytest.fixture
def sources(empty: Session) -> list[Source]:
    return [add_source(empty, f"Source {number}", "nl") for number in range(5)]


def test_the_interval_is_that_of_a_t_test_over_sources() -> None:
    means = [0.1, 0.25, -0.3, 0.4]
    found = interval(means)
    low, high = ttest_1samp(means, 0).confidence_interval(0.95)
    assert isclose(found.mean, 0.1125)
    assert isclose(found.lower, low)
    assert isclose(found.upper, high)


def test_the_interval_stays_in_the_scale() -> None:
    found = interval([1.0, 1.0, 0.2])
    assert found.upper == 1.0
    assert interval([-1.0, 0.9, -1.0]).lower == -1.0


@pytest.mark.parametrize("freq", ["day", "week", "month", "quarter"])
def test_the_sums_in_sql_are_those_of_the_method(empty: Session, sources: list[Source], freq: Freq) -> None:
    """The method once more, slowly and in plain Python, over random articles, stories and relevances."""
    chance = random.Random(7)
    stories = [Story(first_seen=FIRST_SEEN) for _ in range(40)]
    empty.add_all(stories)
    empty.flush()
    told = []
    for _ in range(400):
        source, day = chance.choice(sources), MONDAY + timedelta(days=chance.randrange(60))
        story = chance.choice(stories).id if chance.random() < 0.4 else None
        relevance, net, hype = chance.random(), chance.uniform(-1, 1), chance.random()
        relevant = chance.random() < 0.8
        add_scored(empty, source, day, net, story, relevance=relevance, relevant=relevant, hype_share=hype)
        told.append((source.id, day.date(), story, relevance if relevant else 0.0, net, hype))
    carriers, copies = defaultdict(set), defaultdict(int)
    for source_id, _, story, *_ in told:
        carriers[story].add(source_id)
        copies[story, source_id] += 1
    sums: dict[date, dict[int | None, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0.0]))
    heard = defaultdict(set)
    for number, (source_id, day, story, relevance, net, hype) in enumerate(told):
        if relevance == 0:
            continue
        weight = relevance / (len(carriers[story]) * copies[story, source_id] if story else 1)
        totals = sums[start_of(day, freq)][source_id]
        for at, value in enumerate((1.0, net, hype)):
            totals[at] += weight * value
        heard[start_of(day, freq)].add(story or -number - 1)

    points = {point.start: point for point in stance_series(empty, Filters(), freq).points}
    for start, by_source in sums.items():
        point = points[start]
        assert (point.sources, point.stories) == (len(by_source), len(heard[start]))
        if len(by_source) >= 3 and len(heard[start]) >= 10:
            nets = [totals[1] / totals[0] for totals in by_source.values()]
            assert point.net_stance is not None
            assert isclose(point.net_stance, sum(nets) / len(nets))
            assert isclose(point.hype_share or 0, sum(t[2] / t[0] for t in by_source.values()) / len(by_source))
        else:
            assert point.net_stance is point.lower is point.hype_share is None
    assert any(point.net_stance is not None for point in points.values())


def test_every_period_from_first_to_last_is_there(empty: Session, sources: list[Source]) -> None:
    add_scored(empty, sources[0], MONDAY, 0.5)
    add_scored(empty, sources[0], MONDAY + timedelta(days=70), 0.5)
    points = stance_series(empty, Filters(), "week").points
    assert [point.period for point in points][:3] == ["2025-W01", "2025-W02", "2025-W03"]
    assert len(points) == 11
    assert points[5].articles == 0
    assert points[5].net_stance is None


def test_nine_stories_or_two_sources_are_too_few(empty: Session, sources: list[Source]) -> None:
    for number in range(9):
        add_scored(empty, sources[number % 3], MONDAY, 0.5)
    assert stance_series(empty, Filters(), "month").points[0].net_stance is None
    add_scored(empty, sources[0], MONDAY, 0.5)
    (point,) = stance_series(empty, Filters(), "month").points
    assert isclose(point.net_stance or 0, 0.5)
    only_two = Filters(source=("Source 0", "Source 1"))
    assert stance_series(empty, only_two, "month").points[0].net_stance is None


def test_copies_of_one_story_are_one_story(empty: Session, sources: list[Source]) -> None:
    story = Story(first_seen=FIRST_SEEN)
    empty.add(story)
    empty.flush()
    for number in range(12):
        add_scored(empty, sources[number % 4], MONDAY, 0.5, story.id)
    (point,) = stance_series(empty, Filters(), "month").points
    assert (point.articles, point.stories, point.net_stance) == (12, 1, None)


def test_what_is_left_out_is_counted(empty: Session, sources: list[Source]) -> None:
    for number in range(8):
        add_scored(empty, sources[number % 4], MONDAY, 0.5)
    add_scored(empty, sources[0], None, 0.5)
    add_scored(empty, sources[0], None, 0.5, relevant=False)
    add_scored(empty, sources[0], MONDAY, None, relevant=None, relevance=None)
    gone = add_scored(empty, sources[1], MONDAY, None, relevant=None, relevance=None)
    gone.status, gone.text = "opted_out", None
    series = stance_series(empty, Filters(), "month")
    assert (series.undated, series.unscored, series.opted_out_share) == (1, 2, 0.1)
    filtered = stance_series(empty, Filters(since=date(2024, 1, 1), stance=("hype",)), "month")
    assert (filtered.undated, filtered.unscored, filtered.opted_out_share) == (1, 2, 0.1)


def test_an_empty_database_has_an_empty_series(empty: Session) -> None:
    series = stance_series(empty, Filters(), "day", "nl")
    assert (series.points, series.opted_out_share) == ([], 0.0)
    assert "Nettostemming" in series.method or "nettostemming" in series.method


def test_a_new_score_of_an_article_takes_the_place_of_the_old(empty: Session, sources: list[Source]) -> None:
    article = add_scored(empty, sources[0], MONDAY, -1.0)
    empty.flush()
    old = empty.get(Score, 1)
    assert old
    old.current = False
    empty.flush()
    empty.add(Score(article_id=article.id, version=1, model_name="m", model_version="2", device="cpu", at=FIRST_SEEN,
                    relevant=True, relevance=1.0, net_stance=1.0))  # fmt: skip
    assert stance_series(empty, Filters(), "day").points[0].articles == 1


def test_a_series_can_be_drawn_from_the_scores_of_an_earlier_model(empty: Session, sources: list[Source]) -> None:
    for source in sources:
        for _ in range(3):
            article = add_scored(empty, source, MONDAY, 0.5)
            empty.exec(update(Score).where(col(Score.article_id) == article.id).values(current=False))
            empty.add(Score(article_id=article.id, version=1, model_name="m", model_version="2", device="cpu",
                            at=FIRST_SEEN, net_stance=-0.5, relevant=True, relevance=1.0))  # fmt: skip
    now, then = (stance_series(empty, Filters(), "month", model=model) for model in (None, "m 1"))
    assert (now.points[0].net_stance, now.models) == (-0.5, ["m 2"])
    assert (then.points[0].net_stance, then.models) == (0.5, ["m 1"])
    assert then.points[0].articles == now.points[0].articles == 15


def test_a_model_that_read_nothing_is_named_beside_those_that_did(empty: Session, sources: list[Source]) -> None:
    add_scored(empty, sources[0], MONDAY, 0.5)
    with pytest.raises(QueryError, match=r"'other 3'\. There are scores of: m 1"):
        stance_series(empty, Filters(), "month", model="other 3")
