"""Stories as a list: how many articles tell each, in how many outlets and which languages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import func
from sqlmodel import Session, col, select

from models.filters import Filters
from models.records import Record
from models.selection import matching
from models.tables import Article

BATCH = 500


class StoryHit(Record):
    """A story of more than one article. Counted are its articles under the filters."""

    id: int
    articles: int
    sources: int = Field(description="outlets that carry it")
    langs: list[str]
    first_published: datetime | None
    last_published: datetime | None


def every_story(session: Session, filters: Filters) -> Iterator[StoryHit]:
    """The stories that articles under the filters tell, by id; memory stays flat."""
    last = 0
    while rows := _after(session, filters, last):
        last = rows[-1][0]
        langs = _langs(session, filters, [row[0] for row in rows])
        for story, articles, sources, first, latest in rows:
            yield StoryHit(
                id=story, articles=articles, sources=sources, langs=langs[story], first_published=first,
                last_published=latest,
            )  # fmt: skip


def _after(session: Session, filters: Filters, last: int) -> Sequence[Any]:
    columns: list[Any] = [
        Article.story_id, func.count(), func.count(col(Article.source_id).distinct()),
        func.min(Article.published), func.max(Article.published),
    ]  # fmt: skip
    query = select(*columns).where(col(Article.story_id) > last, *matching(filters))
    grouped = query.group_by(col(Article.story_id)).order_by(col(Article.story_id))
    rows: Sequence[Any] = session.exec(grouped.limit(BATCH)).all()
    return rows


def _langs(session: Session, filters: Filters, stories: Sequence[int]) -> defaultdict[int, list[str]]:
    columns: list[Any] = [Article.story_id, Article.lang]
    query = select(*columns).where(col(Article.story_id).in_(stories), *matching(filters))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for story, lang in session.exec(query.distinct().order_by(*columns)):
        if lang:
            found[story].append(lang)
    return found
