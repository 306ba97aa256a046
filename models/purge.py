"""Removing articles for good, with everything that was read in them."""

from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, col, select

from models.claims import claims_of, former_claims, refresh
from models.errors import QueryError
from models.tables import (
    Article,
    EmbeddingRow,
    FigureOrg,
    FigureRow,
    FormerFigure,
    OrgRow,
    Rejection,
    Score,
    SentenceRow,
    Sighting,
    Source,
    StoryBand,
    ThemeRow,
    Version,
)


def purge_source(session: Session, name: str) -> int:
    """Remove a source with its articles; returns how many these were. Raises `QueryError` on an unknown name."""
    source = session.exec(select(Source).where(Source.name == name)).first()
    if source is None:
        raise QueryError(
            f"There is no source named {name}. zeepbel sources lists them.",
            f"Er is geen bron met de naam {name}. zeepbel sources noemt ze.",
        )
    removed = _remove(session, col(Article.source_id) == source.id)
    for table in (Sighting, Rejection):
        session.execute(delete(table).where(col(table.source_id) == source.id))
    session.delete(source)
    return removed


def purge_url(session: Session, url: str) -> int:
    """Remove the article of a URL, which is not fetched again unless its feed changes it."""
    return _remove(session, col(Article.url) == url)


def purge_before(session: Session, day: date) -> int:
    """Remove what was published before a day (undated articles: first seen before it)."""
    moment = datetime.combine(day, time(), UTC)
    return _remove(session, func.coalesce(col(Article.published), col(Article.first_seen)) < moment)


def forget_readings(session: Session, condition: ColumnElement[bool]) -> None:
    """Remove what was read in these articles: scores, sentences, figures, themes, organisations, likeness, vectors."""
    articles = select(Article.id).where(condition)
    touched = claims_of(session, col(FigureRow.article_id).in_(articles)) | former_claims(session, articles)
    figures = select(FigureRow.id).where(col(FigureRow.article_id).in_(articles))
    scores = select(Score.id).where(col(Score.article_id).in_(articles))
    session.execute(delete(FigureOrg).where(col(FigureOrg.figure_id).in_(figures)))
    session.execute(delete(SentenceRow).where(col(SentenceRow.score_id).in_(scores)))
    for table in (FigureRow, FormerFigure, Score, ThemeRow, OrgRow, StoryBand, EmbeddingRow):
        session.execute(delete(table).where(col(table.article_id).in_(articles)))
    refresh(session, touched)


def _remove(session: Session, condition: ColumnElement[bool]) -> int:
    articles = select(Article.id).where(condition)
    forget_readings(session, condition)
    session.execute(delete(Version).where(col(Version.article_id).in_(articles)))
    session.execute(update(Sighting).where(col(Sighting.article_id).in_(articles)).values(article_id=None))
    removed = session.exec(select(func.count()).select_from(Article).where(condition)).one()
    session.execute(delete(Article).where(condition))
    return removed
