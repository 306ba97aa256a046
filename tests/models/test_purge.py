"""Removing articles takes everything that was read in them along, and nothing else."""

from datetime import date

import pytest
from sqlmodel import Session, col, func, select

from models.errors import QueryError
from models.purge import purge_before, purge_source, purge_url
from models.tables import (
    Article,
    EmbeddingRow,
    FigureOrg,
    FigureRow,
    OrgRow,
    Score,
    SentenceRow,
    Source,
    ThemeRow,
    Version,
)


def orphans(session: Session) -> int:
    """Rows that belong to an article, score or figure that is gone."""
    articles, scores, figures = select(Article.id), select(Score.id), select(FigureRow.id)
    owned = [(table.article_id, articles) for table in (FigureRow, Score, ThemeRow, OrgRow, Version, EmbeddingRow)]
    owned += [(SentenceRow.score_id, scores), (FigureOrg.figure_id, figures)]
    return sum(
        session.exec(select(func.count()).select_from(key.class_).where(col(key).not_in(kept))).one()
        for key, kept in owned
    )


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Article)).one()


def test_a_source_goes_whole(session: Session) -> None:
    before = count(session)
    source = session.exec(select(Source)).first()
    assert source is not None
    own = session.exec(select(func.count()).select_from(Article).where(Article.source_id == source.id)).one()
    assert purge_source(session, source.name) == own > 0
    assert count(session) == before - own
    assert orphans(session) == 0


def test_one_article_goes(session: Session) -> None:
    before, article = count(session), session.exec(select(Article)).first()
    assert article is not None
    assert purge_url(session, article.url) == 1
    assert purge_url(session, article.url) == 0
    assert count(session) == before - 1
    assert orphans(session) == 0


def test_what_is_older_goes(session: Session) -> None:
    removed = purge_before(session, date(2025, 1, 1))
    assert removed > 0
    left = session.exec(select(Article).where(col(Article.published).is_not(None))).all()
    assert left
    assert all(a.published and a.published.year >= 2025 for a in left)
    assert orphans(session) == 0


def test_an_unknown_source_is_said(session: Session) -> None:
    with pytest.raises(QueryError, match="no source named"):
        purge_source(session, "The Daily Nothing")
