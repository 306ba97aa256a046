"""Rows of articles made into the hits that lists show: labels, counts and the words around a match."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.answers import ArticleHit
from models.selection import stance_of
from models.snippets import snippet
from models.tables import Article, FigureRow, OrgRow, Score, Source, ThemeRow

Row = tuple[Article, str, Score | None]  # an article, the name of its source, its current reading


def hits(session: Session, rows: Sequence[Row], typed: str = "") -> list[ArticleHit]:
    """The hits in the same order; `typed` is the search that found them, for snippets."""
    ids = [article.id for article, _, _ in rows]
    themes = _labels(session, ThemeRow.article_id, ThemeRow.theme, ids)
    orgs = _labels(session, OrgRow.article_id, OrgRow.org, ids)
    figures = _counts(session, FigureRow.article_id, ids)
    stories = _counts(session, Article.story_id, [article.story_id for article, _, _ in rows])
    return [
        ArticleHit(
            **described(article, source, score),
            themes=themes[article.id],
            orgs=orgs[article.id],
            figures=figures.get(article.id, 0),
            copies=stories.get(article.story_id, 1) - 1,
            snippet=_snippet(typed, article),
        )
        for article, source, score in rows
    ]


def described(article: Article, source: str, score: Score | None) -> dict[str, Any]:
    """The fields of a hit that stand in the rows themselves."""
    net = score.net_stance if score else None
    return {
        **article.model_dump(include={"id", "url", "title", "lang", "published", "first_seen", "status", "sample"}),
        "source": source,
        "relevant": score.relevant if score else None,
        "relevance": score.relevance if score else None,
        "net_stance": net,
        "intensity": score.intensity if score else None,
        "stance": stance_of(net),
        "story": article.story_id,
    }


def rows_query() -> Any:
    """The select that gives `Row`s; add conditions and an order."""
    return (
        select(Article, Source.name, Score)
        .join(Source, col(Source.id) == col(Article.source_id))
        .outerjoin(Score, (col(Score.article_id) == col(Article.id)) & col(Score.current))
    )


def _labels(session: Session, key: Any, label: Any, ids: Sequence[Any]) -> defaultdict[Any, list[str]]:
    found_labels: defaultdict[Any, list[str]] = defaultdict(list)
    for article, name in session.exec(select(key, label).where(col(key).in_(ids)).order_by(label)):
        found_labels[article].append(name)
    return found_labels


def _counts(session: Session, key: Any, values: Sequence[Any]) -> dict[Any, int]:
    wanted = {value for value in values if value is not None}
    return dict(session.exec(select(key, func.count()).where(col(key).in_(wanted)).group_by(key)).all())


def _snippet(typed: str, article: Article) -> str | None:
    shown = typed.strip() and article.status in ("whole", "partial")
    return snippet(typed, article.text, article.lang) if shown else None
