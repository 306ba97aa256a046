"""Looking back at figures once the filings are there: what became of a plan, whether an early number held."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session, col, select

from models.capex import stored
from models.columns import saved_id
from models.quotations import text_as_read
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
    answered = last = 0
    while rows := session.exec(_dated(articles, last)).all():
        sentences = _sentences(session, {score.id for _, _, score in rows if score is not None})
        neighbours = _neighbours(session, {figure.article_id for figure, _, _ in rows})
        for figure, article, score in rows:
            place = sentences.get((score.id, figure.sentence)) if score else None
            beside = [row for row in neighbours[figure.article_id, figure.sentence] if row.id != figure.id]
            figure.later = _answers(figure, article, score, place, facts, beside)
            answered += bool(figure.later)
            last = saved_id(figure)
    return answered


def _dated(articles: Collection[int] | None, after: int) -> Any:
    query = (
        select(FigureRow, Article, Score)
        .join(Article, col(Article.id) == col(FigureRow.article_id))
        .outerjoin(Score, CURRENT)
        .where(FigureRow.metric == "capex", col(FigureRow.period).is_not(None), col(Article.published).is_not(None))
        .where(col(FigureRow.id) > after)
        .order_by(col(FigureRow.id))
        .limit(_BATCH)
    )
    return query if articles is None else query.where(col(Article.id).in_(articles))


def _sentences(session: Session, scores: Collection[int | None]) -> dict[tuple[int | None, int], tuple[int, int]]:
    query = select(SentenceRow).where(col(SentenceRow.score_id).in_(scores))
    return {(row.score_id, row.number): (row.start, row.end) for row in session.exec(query)}


def _neighbours(session: Session, articles: Collection[int]) -> dict[tuple[int, int], list[FigureRow]]:
    """The figures of each sentence, by article and number of the sentence."""
    found: defaultdict[tuple[int, int], list[FigureRow]] = defaultdict(list)
    for row in session.exec(select(FigureRow).where(col(FigureRow.article_id).in_(articles))):
        found[row.article_id, row.sentence].append(row)
    return found


def _answers(
    row: FigureRow,
    article: Article,
    score: Score | None,
    place: tuple[int, int] | None,
    facts: list[CapexFact],
    beside: Sequence[FigureRow],
) -> list[dict[str, Any]]:
    """None where the text has changed since it was read: the offsets no longer say which sentence it was."""
    text = text_as_read(article, score)
    if text is None or place is None or article.published is None or article.lang is None:
        return []
    figure, *others = (_placed(one, place[0]) for one in (row, *beside))
    found = later(figure, text[slice(*place)], article.lang, article.published.date(), facts, others)
    return [answer.model_dump(mode="json") for answer in found]


def _placed(row: FigureRow, start: int) -> Figure:
    """The figure with its offsets in its own sentence, which starts there."""
    fields: Any = set(Figure.model_fields) - {"checks", "start", "end"}
    return Figure(**row.model_dump(include=fields), start=row.start - start, end=row.end - start)
