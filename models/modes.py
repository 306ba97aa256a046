"""Ways to search: by words (`models.articles`), by meaning, and by both, which are lists of the best and no filter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from models import articles
from models.answers import ArticleHit, Page
from models.cursors import Key, decode, encode
from models.embeddings import Encoder
from models.filters import Filters, Sort
from models.hits import Row, hits, rows_query
from models.meaning import nearest
from models.tables import Article

Mode = Literal["words", "meaning", "hybrid"]
MOST = 200  # articles that a search by meaning or hybrid lists
RRF = (
    60  # Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning"
)
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """What was typed, as a vector, and how to search with it."""

    mode: Literal["meaning", "hybrid"]
    encoder: Encoder
    vector: NDArray[np.int8]


def search(
    session: Session,
    filters: Filters,
    asked: Asked | None,
    sort: Sort | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[ArticleHit]:
    """A page of the articles that are found: by words without `asked`, else the 200 best by meaning or both.

    Sorted by relevance when not said otherwise, or by words newest first. The total is that of the list, and a lower
    bound when it is full: a search by meaning has no end. Raises `QueryError` on a cursor of another search.
    """
    if asked is None:
        return articles.search(session, filters, sort or "newest", limit, cursor)
    scores = found(session, filters, asked)
    order = sort or "relevance"
    ordered = _ordered(_rows(session, list(scores)), order, scores)
    scope = f"{asked.mode} {order} {filters}"
    rest = _after(ordered, order, decode(scope, cursor)) if cursor else ordered
    page, more = rest[:limit], len(rest) > limit
    return Page[ArticleHit](
        items=hits(session, [row for _, row in page], filters.q),
        total=len(scores),
        total_is_lower_bound=len(scores) == MOST,
        next=encode(scope, page[-1][0][0], page[-1][0][1]) if more else None,
    )


def every(session: Session, filters: Filters, asked: Asked | None, sort: Sort | None = None) -> Iterator[ArticleHit]:
    """All that `search` gives, page after page."""
    if asked is None:
        yield from articles.every(session, filters, sort or "newest")
    else:
        yield from search(session, filters, asked, sort, MOST).items


def found(session: Session, filters: Filters, asked: Asked) -> dict[int, float]:
    """The best articles with their scores, best first: cosines, or fused ranks from two lists of 200."""
    near = nearest(session, asked.encoder, asked.vector, filters, MOST)
    if asked.mode == "meaning":
        return {one.article: one.cosine for one in near}
    return fused([one.article for one in near], articles.ranked(session, filters, MOST))


def fused(*lists: Sequence[int]) -> dict[int, float]:
    """Reciprocal rank fusion: an article scores 1 / (60 + rank) in each list; best first."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, article in enumerate(ranked, 1):
            scores[article] = scores.get(article, 0) + 1 / (RRF + rank)
    best = sorted(scores.items(), key=lambda item: (item[1], item[0]), reverse=True)
    return dict(best[:MOST])


def open_to(filters: Filters, asked: Asked | None) -> Filters:
    """The filters on what is searched in: by meaning, what was typed is none of them."""
    return replace(filters, q="") if asked else filters


def _rows(session: Session, ids: Sequence[int]) -> list[Row]:
    text: Any = Article.text
    query = rows_query().options(defer(text)).where(col(Article.id).in_(ids))
    return [tuple(row) for row in session.exec(query)]


def _ordered(rows: Sequence[Row], sort: Sort, scores: dict[int, float]) -> list[tuple[tuple[Key, int], Row]]:
    """The rows with their sort keys; ties in the order of ids, in the same direction."""
    key, descending = _key(sort, scores)
    keyed = [((key(row), row[0].id or 0), row) for row in rows]
    return sorted(keyed, key=lambda item: item[0], reverse=descending)


def _key(sort: Sort, scores: dict[int, float]) -> tuple[Callable[[Row], Any], bool]:
    """What to sort by, and whether the highest comes first; what is not known comes last."""
    keys: dict[Sort, tuple[Callable[[Row], Any], bool]] = {
        "relevance": (lambda row: scores[row[0].id or 0], True),
        "newest": (lambda row: row[0].published or EARLIEST, True),
        "oldest": (lambda row: row[0].published or LATEST, False),
        "hype": (lambda row: _net(row, -2.0), True),
        "caution": (lambda row: _net(row, 2.0), False),
    }
    return keys[sort]


def _net(row: Row, unknown: float) -> float:
    return unknown if row[2] is None or row[2].net_stance is None else row[2].net_stance


def _after(
    ordered: list[tuple[tuple[Key, int], Row]], sort: Sort, last: tuple[Key, int]
) -> list[tuple[tuple[Key, int], Row]]:
    """What follows the last row of the page before: after its place now, or where it went after its place then."""
    place = next((at for at, ((_, number), _) in enumerate(ordered) if number == last[1]), None)
    if place is not None:
        return ordered[place + 1 :]
    _, descending = _key(sort, {})
    return [item for item in ordered if (item[0] < last if descending else item[0] > last)]
