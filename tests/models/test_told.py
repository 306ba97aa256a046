from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from models import told
from models.filters import Filters
from models.tables import Story
from models.told import every_story
from tests.builders import FIRST_SEEN, add_source
from tests.models.test_series import add_scored

DAY = datetime(2025, 3, 5, 12, tzinfo=UTC)


def test_stories_count_their_articles_outlets_and_languages(empty: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "BATCH", 1)
    one, other = (add_source(empty, name, "nl") for name in ("One", "Other"))
    stories = [Story(first_seen=FIRST_SEEN) for _ in range(3)]
    empty.add_all(stories)
    empty.flush()
    for source, lang, day in ((one, "nl", 5), (one, "nl", 6), (other, "en", 7)):
        add_scored(empty, source, DAY.replace(day=day), 0.5, stories[0].id).lang = lang
    add_scored(empty, other, None, 0.5, stories[2].id)
    add_scored(empty, other, DAY, 0.5)
    first, last = every_story(empty, Filters())
    assert (first.articles, first.sources, first.langs) == (3, 2, ["en", "nl"])
    assert (first.first_published, first.last_published) == (DAY, DAY.replace(day=7))
    assert (last.id, last.articles, last.first_published) == (stories[2].id, 1, None)
    (only,) = every_story(empty, Filters(lang=("en",)))
    assert (only.id, only.articles, only.langs) == (stories[0].id, 1, ["en"])
