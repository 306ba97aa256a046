"""Looking back at figures once the filings are there: what became of a plan, whether an early number held."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, select

from models.capex import stored
from models.records import CapexFact, Figure
from models.selection import CURRENT
from models.tables import Article, FigureRow, Score, SentenceRow
from nlp.checks.later import later

_BATCH = 500


def look_back(session: Session, articles: Collection[int] | None = None) -> int:
    """Fill what later filings say about the stored figures, of these articles or of all.

    Call it for the articles that were just read, and for all after the filings changed. Returns how many figures have
    an answer. The caller commits.
    """
    facts = stored(session)
    rows = session.exec(_dated(articles)).all()
    answered = 0
    for batch in (rows[at : at + _BATCH] for at in range(0, len(rows), _BATCH)):
        sentences = _sentences(session, {score for _, _, score in batch if score is not None})
        for figure, article, score in batch:
            figure.later = _answers(figure, article, sentences.get((score, figure.sentence)), facts)
            answered += bool(figure.later)
    return answered


def _dated(articles: Collection[int] | None) -> Any:
    query = (
        select(FigureRow, Article, Score.id)
        .join(Article, col(Article.id) == col(FigureRow.article_id))
        .outerjoin(Score, CURRENT)
        .where(FigureRow.metric == "capex", col(FigureRow.period).is_not(None), col(Article.published).is_not(None))
    )
    return query if articles is None else query.where(col(Article.id).in_(articles))


def _sentences(session: Session, scores: Collection[int]) -> dict[tuple[int | None, int], tuple[int, int]]:
    query = select(SentenceRow).where(col(SentenceRow.score_id).in_(scores))
    return {(row.score_id, row.number): (row.start, row.end) for row in session.exec(query)}


def _answers(
    row: FigureRow, article: Article, place: tuple[int, int] | None, facts: list[CapexFact]
) -> list[dict[str, Any]]:
    if article.published is None or article.lang is None:
        return []
    sentence = article.text[slice(*place)] if article.text and place else row.text
    figure = Figure(**row.model_dump(include=set(Figure.model_fields) - {"checks"}))
    found = later(figure, sentence, article.lang, article.published.date(), facts)
    return [answer.model_dump(mode="json") for answer in found]
