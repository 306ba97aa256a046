"""The source register: every outlet, how its visits go and what it contributes."""

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.answers import SourceState
from models.columns import saved_id
from models.tables import Article, Rejection, Source

STATUSES = ("whole", "partial", "opted_out", "unusable")


def register(session: Session) -> list[SourceState]:
    """All sources by name."""
    counted = select(Article.source_id, Article.status, func.count()).group_by(
        col(Article.source_id), col(Article.status)
    )
    articles = {(source, status): count for source, status, count in session.exec(counted)}
    rejected: dict[int | None, int] = dict(
        session.exec(select(Rejection.source_id, func.count()).group_by(col(Rejection.source_id))).all()
    )
    return [
        _state(source, {status: articles.get((saved_id(source), status), 0) for status in STATUSES}, rejected)
        for source in session.exec(select(Source).order_by(Source.name))
    ]


def _state(source: Source, articles: dict[str, int], rejected: dict[int | None, int]) -> SourceState:
    known: dict[str, Any] = {**source.model_dump(include=set(SourceState.model_fields)), **articles}
    return SourceState(**known, articles=sum(articles.values()), rejected=rejected.get(source.id, 0))
