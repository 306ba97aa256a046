"""Search: the articles that pass the filters, in an order, page by page. Facets and one article stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, tuple_
from sqlmodel import Session, col, select

from models import fulltext
from models.answers import ArticleHit, Page
from models.columns import saved_id
from models.cursors import Key, decode, encode
from models.detail import detail
from models.facets import facets
from models.filters import Filters, Sort
from models.hits import Row, hits, rows_query
from models.selection import NEWEST, OLDEST, matching
from models.tables import Article, Score

__all__ = ["counts_by_status", "detail", "every", "facets", "ranked", "search"]

BATCH = 500


@dataclass(frozen=True)
class Order:
    """A sort key with its direction; ties are broken by id in the same direction, so the order is total."""

    key: ColumnElement[Any]
    descending: bool

    def columns(self) -> list[ColumnElement[Any]]:
        both = (self.key, col(Article.id))
        return [part.desc() if self.descending else part.asc() for part in both]

    def after(self, key: Key, row: int) -> ColumnElement[bool]:
        here, there = tuple_(self.key, col(Article.id)), tuple_(literal(key, self.key.type), literal(row))
        return here < there if self.descending else here > there


def search(
    session: Session, filters: Filters, sort: Sort = "newest", limit: int = 20, cursor: str | None = None
) -> Page[ArticleHit]:
    """A page of articles with the total under the filters.

    Sorted by time (articles without a date last), by stance, or by relevance: of the words typed
    (the title counts five times) or, when none were, of the article to the subject; unscored articles last.
    Raises `QueryError` on a cursor that is damaged or belongs to another search.
    """
    rows, following = _page(session, filters, sort, limit, cursor)
    total = session.exec(select(func.count()).select_from(Article).where(*matching(filters))).one()
    return Page[ArticleHit](items=hits(session, rows, filters.q), total=total, next=following)


def every(session: Session, filters: Filters, sort: Sort = "newest") -> Iterator[ArticleHit]:
    """All articles under the filters, read in batches: memory stays flat however many there are."""
    following: str | None = None
    while True:
        rows, following = _page(session, filters, sort, BATCH, following)
        yield from hits(session, rows, filters.q)
        if following is None:
            return
        session.expunge_all()


def ranked(session: Session, filters: Filters, most: int) -> list[int]:
    """The ids of the `most` articles that match the words typed best, best first; none when nothing was typed."""
    if not filters.q.strip():
        return []
    rows, _ = _page(session, filters, "relevance", most, None)
    return [saved_id(article) for article, _, _ in rows]


def counts_by_status(session: Session, filters: Filters) -> dict[str, int]:
    """How many of the articles under the filters are whole, partial, opted out and unusable."""
    query = select(Article.status, func.count()).where(*matching(filters)).group_by(col(Article.status))
    counted = dict(session.exec(query).all())
    return {status: counted.get(status, 0) for status in ("whole", "partial", "opted_out", "unusable")}


def _page(
    session: Session, filters: Filters, sort: Sort, limit: int, cursor: str | None
) -> tuple[list[Row], str | None]:
    query, order = _ordered(session, filters, sort)
    scope = f"{sort} {filters}"
    query = query.add_columns(order.key.label("key")).where(*matching(filters)).order_by(*order.columns())
    if cursor:
        query = query.where(order.after(*_boundary(session, filters, sort, *decode(scope, cursor))))
    rows = session.exec(query.limit(limit + 1)).all()
    page = [tuple(row[:3]) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return page, encode(scope, last[3], last[0].id) if last else None


def _by_rank(filters: Filters, sort: Sort) -> bool:
    return sort == "relevance" and bool(filters.q.strip())


def _ordered(session: Session, filters: Filters, sort: Sort) -> tuple[Any, Order]:
    """The query for the rows of the hits, and what to order it by."""
    if _by_rank(filters, sort):
        query, rank = fulltext.ranked(session, rows_query(), filters.q)
        return query, Order(rank, descending=False)
    lowest, highest = -2.0, 2.0
    return rows_query(), {
        "newest": Order(NEWEST, descending=True),
        "oldest": Order(OLDEST, descending=False),
        "relevance": Order(func.coalesce(Score.relevance, lowest), descending=True),
        "hype": Order(func.coalesce(Score.net_stance, lowest), descending=True),
        "caution": Order(func.coalesce(Score.net_stance, highest), descending=False),
    }[sort]


def _boundary(session: Session, filters: Filters, sort: Sort, key: Key, row: int) -> tuple[Key, int]:
    """Where the last page ended. Ranks shift as articles come in, so that of its last row is taken afresh."""
    if not _by_rank(filters, sort):
        return key, row
    query, rank = fulltext.ranked(session, rows_query(), filters.q)
    now = session.exec(query.add_columns(rank).where(Article.id == row)).first()
    return (key if now is None else now[-1]), row
