"""The scored sentences of articles, by offset and score: no word of them."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field
from sqlmodel import Session, col, select

from models.filters import Filters
from models.records import Record, Stance
from models.selection import CURRENT, matching
from models.tables import Article, Score, SentenceRow

BATCH = 200  # articles

COLUMNS: list[Any] = [
    Score.article_id, Score.version, Score.model_name, Score.model_version, SentenceRow.number, SentenceRow.start,
    SentenceRow.end, SentenceRow.stance, SentenceRow.p_hype, SentenceRow.p_caution, SentenceRow.p_neutral,
]  # fmt: skip


class ScoredSentence(Record):
    """A sentence of an article's current reading. Offsets count code points in the version that was read."""

    article: int
    version: int = Field(description="version of the article that was read")
    number: int = Field(description="place in the article, from 0")
    start: int
    end: int
    stance: Stance | None
    p_hype: float | None
    p_caution: float | None
    p_neutral: float | None
    model: str = Field(description="name and version of the model")


def every_sentence(session: Session, filters: Filters) -> Iterator[ScoredSentence]:
    """All sentences of the articles under the filters, in order of article and place; memory stays flat."""
    last = 0
    while articles := _after(session, filters, last):
        last = articles[-1]
        query = select(*COLUMNS).join(Score, col(Score.id) == col(SentenceRow.score_id))
        current = query.where(col(Score.article_id).in_(articles), col(Score.current).is_(True))
        for row in session.exec(current.order_by(col(Score.article_id), col(SentenceRow.number))):
            yield _sentence(*row)


def _after(session: Session, filters: Filters, last: int) -> list[int]:
    query = select(Article.id).join(Score, CURRENT).where(col(Article.id) > last, *matching(filters))
    return [number for number in session.exec(query.order_by(col(Article.id)).limit(BATCH)) if number is not None]


def _sentence(article: int, version: int, model: str, model_version: str, *values: Any) -> ScoredSentence:
    names = ("number", "start", "end", "stance", "p_hype", "p_caution", "p_neutral")
    scores = dict(zip(names, values, strict=True))
    return ScoredSentence(article=article, version=version, model=f"{model} {model_version}", **scores)
