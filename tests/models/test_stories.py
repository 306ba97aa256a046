import itertools
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, delete, select

from models.stories import bands, group, jaccard, shingles
from models.tables import Article, Story, StoryBand
from tests.builders import FIRST_SEEN, add_source

WORDS = [f"woord{number}" for number in range(3000)]


def story_text(seed: int, length: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def edited(words: list[str], changes: int, seed: int) -> str:
    """The text with a number of words replaced at the end, as an editor shortens or localises a wire story."""
    return " ".join(words[: len(words) - changes] + random.Random(seed).choices(WORDS, k=changes))


def add(session: Session, text: str, number: int) -> Article:
    source = add_source(session, f"s{number}", "nl")
    article = Article(source_id=source.id, url=f"https://x.example/{number}", title="t", text=text, status="whole",
                      first_seen=FIRST_SEEN + timedelta(hours=number), fetched=FIRST_SEEN)  # fmt: skip
    session.add(article)
    session.flush()
    return article


def partition(session: Session) -> set[frozenset[str]]:
    stories: dict[int, set[str]] = {}
    for article in session.exec(select(Article).where(Article.story_id != None)):  # noqa: E711  SQL
        session.refresh(article)
        stories.setdefault(article.story_id or 0, set()).add(article.url)
    assert {story.id for story in session.exec(select(Story))} == set(stories)
    return {frozenset(urls) for urls in stories.values()}


TEXTS = [
    edited(story_text(1), 0, 0),
    edited(story_text(1), 12, 1),  # a copy of the first
    edited(story_text(1), 30, 2),  # and one more
    edited(story_text(2), 0, 0),
    edited(story_text(2), 25, 3),  # a copy of the fourth
    edited(story_text(3), 0, 0),  # alone
    "Abonneer u om verder te lezen.",  # the same stub twice
    "Abonneer u om verder te lezen.",
]
EXPECTED = {frozenset({"https://x.example/0", "https://x.example/1", "https://x.example/2"}),
            frozenset({"https://x.example/3", "https://x.example/4"})}  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(TEXTS))), st.integers(1, len(TEXTS)))
def test_the_order_of_arrival_does_not_matter(empty: Session, order: list[int], together: int) -> None:
    for table in (StoryBand, Article, Story):
        empty.exec(delete(table))
    empty.exec(delete(type(add_source(empty, "x", "nl"))))
    for start in range(0, len(order), together):
        for number in order[start : start + together]:
            add(empty, TEXTS[number], number)
        group(empty)
    assert partition(empty) == EXPECTED


def test_the_link_between_two_stories_joins_them(empty: Session) -> None:
    words = story_text(5, 180)
    for number, (low, high) in enumerate([(0, 120), (60, 180), (30, 150)]):  # the third has most of either
        add(empty, " ".join(words[low:high]), number)
        group(empty)
    assert jaccard(shingles(" ".join(words[:120])), shingles(" ".join(words[60:]))) < 0.5
    assert len(partition(empty)) == 1


def test_grouping_again_changes_nothing(empty: Session) -> None:
    articles = [add(empty, text, number) for number, text in enumerate(TEXTS)]
    assert group(empty) == 5
    before = partition(empty)
    ids = {article.id: article.story_id for article in articles}
    assert group(empty) == 0
    assert group(empty, [article.id for article in articles if article.id]) == 5
    assert partition(empty) == before
    assert {article.id: article.story_id for article in articles} == ids


def test_a_changed_text_leaves_its_story(empty: Session) -> None:
    articles = [add(empty, text, number) for number, text in enumerate(TEXTS)]
    group(empty)
    articles[4].text = edited(story_text(9), 0, 0)
    empty.flush()
    group(empty)
    assert partition(empty) == {max(EXPECTED, key=len)}
    articles[1].text = edited(story_text(9), 5, 0)
    empty.flush()
    group(empty)
    assert partition(empty) == {
        frozenset({"https://x.example/0", "https://x.example/2"}),
        frozenset({"https://x.example/1", "https://x.example/4"}),
    }


def test_a_story_is_as_old_as_its_first_article(empty: Session) -> None:
    add(empty, TEXTS[1], 1)
    add(empty, TEXTS[0], 0)
    group(empty)
    assert empty.exec(select(Story.first_seen)).one() == FIRST_SEEN


@pytest.mark.parametrize("share", [0.5, 0.6, 0.8])
def test_copies_at_the_threshold_are_candidates(share: float) -> None:
    """With 32 bands of 3 rows a pair at 0.5 shares a band in 98.6% of cases."""
    missed = 0
    for seed in range(100):
        parts = [f"{seed}-{number}" for number in range(300)]
        both = round(300 * 2 * share / (1 + share))
        other = parts[:both] + [f"x{seed}-{number}" for number in range(300 - both)]
        assert jaccard(set(parts), set(other)) == pytest.approx(share, abs=0.01)
        missed += not any(a == b for a, b in zip(bands(parts), bands(other), strict=True))
    assert missed <= 4


@given(st.text(max_size=200), st.text(max_size=200))
def test_jaccard_is_a_similarity(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)
    assert 0 <= jaccard(first, second) == jaccard(second, first) <= 1
    assert jaccard(first, first) == 1


def test_bands_do_not_depend_on_the_order_of_shingles() -> None:
    parts = [f"deel {number}" for number in range(5)]
    assert len({tuple(bands(order)) for order in itertools.permutations(parts)}) == 1
