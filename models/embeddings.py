"""Keeping the vectors of articles: which articles lack one of their newest version, and storing what was made."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.columns import saved_id
from models.tables import Article, EmbeddingRow

DIMENSIONS = 384


class Encoder(NamedTuple):
    """What makes vectors; only those of one encoder can be compared."""

    name: str
    version: str

    def made(self) -> Any:
        """The condition that a row was made by it."""
        return (col(EmbeddingRow.model_name) == self.name) & (col(EmbeddingRow.model_version) == self.version)


def lacking(session: Session, encoder: Encoder, limit: int = 100, after: int = 0) -> list[Article]:
    """The next articles with a text whose version has no vector by this encoder, by id, from beyond `after`."""
    query = select(Article).where(col(Article.id) > after, *_lacks(encoder))
    return list(session.exec(query.order_by(col(Article.id)).limit(limit)))


def count_lacking(session: Session, encoder: Encoder) -> int:
    """How many articles `lacking` gives in all."""
    return session.exec(select(func.count()).select_from(Article).where(*_lacks(encoder))).one()


def keep(session: Session, encoder: Encoder, articles: Sequence[Article], vectors: NDArray[np.int8]) -> None:
    """Store the vectors [articles, 384], each instead of an earlier one. The caller commits."""
    ids = [saved_id(article) for article in articles]
    session.execute(delete(EmbeddingRow).where(col(EmbeddingRow.article_id).in_(ids)))
    session.add_all(
        EmbeddingRow(
            article_id=number,
            version=article.version,
            model_name=encoder.name,
            model_version=encoder.version,
            vector=vector.tobytes(),
        )
        for number, article, vector in zip(ids, articles, vectors, strict=True)
    )
    session.flush()


def _lacks(encoder: Encoder) -> list[Any]:
    own = select(EmbeddingRow.id).where(
        EmbeddingRow.article_id == Article.id, EmbeddingRow.version == Article.version, encoder.made()
    )
    return [col(Article.text).is_not(None), ~own.exists()]
