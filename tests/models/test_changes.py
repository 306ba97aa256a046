"""Changes in a real database: found where they were put, moved by what moved them, and adding up."""

from datetime import timedelta
from math import fsum, isclose

import pytest
from sqlmodel import Session, col, select

from models.changes import changes, find
from models.filters import Filters
from models.series import stance_series
from models.tables import Article, Score, Source
from tests.builders import add_source
from tests.weeks import FIRST, STEP, WEEKS, add, fill


@pytest.fixture
def turned(empty: Session) -> Session:
    fill(empty)
    return empty


def test_a_turning_point_and_an_unusual_week_are_found_with_what_moved_them(turned: Session) -> None:
    found = changes(turned, Filters(), "week")
    assert [(one.kind, one.period) for one in found.changes] == [("unusual", "2025-W28"), ("turning_point", "2025-W17")]
    assert (found.periods, found.valued) == (WEEKS, WEEKS)
    spike, turn = found.changes
    assert {share.source for share in turn.sources[:2]} == {"a", "b"}
    assert {share.source for share in spike.sources[:2]} == {"c", "d"}
    assert all(share.after is not None and share.mood < -0.1 for share in turn.sources[:2])
    assert turn.make_up == 0
    assert turn.difference < 0
    assert all(story.source in "ab" and story.published >= FIRST + timedelta(weeks=STEP) for story in turn.stories)
    assert all(one.contribution < 0 for one in (*turn.sentences, *turn.stories))
    assert spike.deviation is not None
    assert spike.deviation < -4.5
    assert (turn.before_to - turn.before_from).days == 12 * 7 - 1


def test_what_moved_it_adds_up_to_the_difference(turned: Session) -> None:
    points = {point.period: point for point in stance_series(turned, Filters(), "week").points}
    for change in changes(turned, Filters(), "week").changes:
        assert isclose(change.difference, change.after - change.before, abs_tol=1e-12)
        assert isclose(fsum(share.contribution for share in change.sources), change.difference, abs_tol=1e-9)
        assert isclose(change.mood + change.make_up, change.difference, abs_tol=1e-9)
        told = fsum(story.contribution for story in change.stories) + change.other_stories
        assert isclose(told, change.difference, abs_tol=1e-9)
        assert isclose(change.net_stance, points[change.period].net_stance or 0)
        if change.kind == "unusual":
            assert isclose(change.after, change.net_stance, abs_tol=1e-9)


def test_at_most_five_sentences_and_only_quotations_in_words(turned: Session) -> None:
    for change in changes(turned, Filters(), "week").changes:
        assert 0 < len(change.sentences) <= 5
        for one in change.sentences:
            article = turned.get(Article, one.article)
            assert article is not None
            assert one.text is None or one.text == (article.text or "")[one.start : one.end]


def test_the_mood_of_the_panel_is_that_of_all_when_all_are_in_it(turned: Session) -> None:
    fixed = changes(turned, Filters(), "week", panel="fixed")
    assert fixed.panel == list("abcde")
    assert fixed.changes == changes(turned, Filters(), "week").changes


def test_a_source_that_comes_in_is_make_up_and_gone_from_the_fixed_panel(turned: Session) -> None:
    for name in "xyz":
        add(turned, add_source(turned, name, "nl"), range(STEP, WEEKS), lambda _: True)
    calm = Filters(source=("c", "d", "e", "x", "y", "z"))
    (turn,) = [one for one in changes(turned, calm, "week").changes if one.kind == "turning_point"]
    assert turn.make_up < -0.3
    assert abs(turn.mood) < 0.1
    assert all(share.before is None and share.mood == 0 for share in turn.sources if share.source in "xyz")
    fixed = changes(turned, calm, "week", panel="fixed")
    assert fixed.panel == ["c", "d", "e"]
    assert all(one.kind == "unusual" for one in fixed.changes)


def test_periods_without_a_value_are_never_a_change(turned: Session) -> None:
    """A week of one gloomy source has no value, so it cannot be unusual."""
    source = turned.exec(select(Source).where(Source.name == "a")).one()
    add(turned, source, [WEEKS + 1], lambda _: True, articles=12)
    points = stance_series(turned, Filters(), "week").points
    assert (points[-1].net_stance, points[-1].articles) == (None, 12)
    assert [change.point.period for change in find(points)] == ["2025-W17", "2025-W28"]


def test_days_that_the_filters_cut_off_do_not_count(turned: Session) -> None:
    found = changes(turned, Filters(since=(FIRST + timedelta(weeks=5)).date()), "week")
    turn = found.changes[-1]
    assert turn.before_from == (FIRST + timedelta(weeks=5)).date()


def test_sentences_of_a_changed_text_are_not_quoted(turned: Session) -> None:
    before = changes(turned, Filters(), "week").changes[0]
    quoted = next(one for one in before.sentences if one.text)
    article = turned.get(Article, quoted.article)
    assert article is not None
    article.version += 1
    turned.flush()
    after = changes(turned, Filters(), "week").changes[0]
    assert all(one.text is None for one in after.sentences if one.article == quoted.article)


def test_nothing_is_found_in_an_empty_database(empty: Session) -> None:
    found = changes(empty, Filters(), "month", "nl")
    assert (found.changes, found.periods, found.valued) == ([], 0, 0)
    assert found.method.startswith("changes 1")


def test_a_change_can_be_asked_of_an_earlier_model(turned: Session) -> None:
    for score in turned.exec(select(Score).where(col(Score.net_stance) < 0)).all():
        score.current = False
        turned.flush()
        turned.add(Score(**score.model_dump(exclude={"id", "current", "model_version", "net_stance"}), current=True,
                         model_version="2", net_stance=0.34))  # fmt: skip
    turned.flush()
    assert changes(turned, Filters(), "week").changes == []
    (_, turn) = changes(turned, Filters(), "week", model="m 1").changes
    assert turn.kind == "turning_point"
    assert turn.sentences
