"""What an article weighs in the index: its relevance, shared by the sources of its story and its copies within each."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.filters import Filters
from models.selection import matching
from models.tables import Article, Score


def counted(filters: Filters) -> list[Any]:
    """The conditions under which an article carries weight."""
    return [
        *matching(filters),
        col(Article.published).is_not(None),
        col(Score.relevant).is_(True),
        col(Score.relevance) > 0,
        col(Score.net_stance).is_not(None),
    ]


class Weights:
    """The weight as a column of a query over `Article` and `Score`, with the joins that it needs."""

    def __init__(self) -> None:
        self._copies = _copies()
        stories = self._copies.c.story_id
        self._carriers = select(stories, func.count().label("sources")).group_by(stories).subquery()
        self.column: Any = col(Score.relevance) / func.coalesce(self._carriers.c.sources * self._copies.c.articles, 1)

    def join(self, query: Any) -> Any:
        """The query with what the weight is made of."""
        copies, carriers = self._copies.c, self._carriers.c
        same = (copies.story_id == Article.story_id) & (copies.source_id == Article.source_id)
        return query.outerjoin(self._copies, same).outerjoin(self._carriers, carriers.story_id == Article.story_id)


def _copies() -> Any:
    """How many articles each source has of each story that has more than one."""
    told_twice = select(Article.story_id).group_by(col(Article.story_id)).having(func.count() > 1)
    return (
        select(Article.story_id, Article.source_id, func.count().label("articles"))
        .where(col(Article.story_id).in_(told_twice))
        .group_by(col(Article.story_id), col(Article.source_id))
        .subquery()
    )
