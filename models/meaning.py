"""Search by meaning: the articles whose vectors are nearest to one, under the filters.

The sign of each component of all vectors is kept in memory, 48 bytes an article. Their Hamming distances to the vector
that is looked for give a shortlist, on which the stored vectors decide by cosine. A shortlist as long as the table
is exact; a binary shortlist of a multiple of what is wanted, rescored, hardly loses anything (as in pgvector's
"binary quantization", and Yamada et al. 2021, "Efficient Passage Retrieval with Hashing"); `benchmarks.meaning` counts.

The shortlist is filtered; where too few pass, all articles that pass the filters are looked through instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists
from sqlmodel import Session, col, select

from models.embeddings import DIMENSIONS, Encoder
from models.filters import Filters
from models.selection import matching
from models.tables import Article, EmbeddingRow

SHORTLIST = 20  # times as many as wanted
SHORTEST = 1_000
ROWS_A_READ = 20_000
VALUES_A_QUERY = 10_000
ROWS_A_STEP = 1 << 16  # distances counted at once, which stay in the processor's cache

Bits = NDArray[np.uint64]
Vectors = NDArray[np.int8]


class Neighbour(NamedTuple):
    """An article and the cosine of its vector with the one that was looked for."""

    article: int
    cosine: float


@dataclass(frozen=True)
class Signs:
    """Ids of embedding rows in order, and the signs of their vectors [words of 64 dimensions, rows]."""

    rows: NDArray[np.int64]
    bits: Bits

    def nearest(self, vector: Vectors, most: int, among: Sequence[int] | None = None) -> list[int]:
        """The `most` rows of least Hamming distance, among all or some; where distances are equal the older ones."""
        rows, bits = (self.rows, self.bits) if among is None else self._only(among)
        if len(rows) <= most:
            return [int(row) for row in rows]
        distances = _distances(bits, _signs(vector[None])[:, 0])
        edge = int(np.searchsorted(np.cumsum(np.bincount(distances)), most))
        inside, level = np.flatnonzero(distances < edge), np.flatnonzero(distances == edge)
        return [int(row) for row in rows[np.concatenate([inside, level[: most - len(inside)]])]]

    def _only(self, among: Sequence[int]) -> tuple[NDArray[np.int64], Bits]:
        wanted = np.sort(np.array(among, np.int64))
        places = np.searchsorted(self.rows, wanted)
        known = places < len(self.rows)
        known[known] = self.rows[places[known]] == wanted[known]
        return self.rows[places[known]], self.bits[:, places[known]]

    def extended(self, rows: Sequence[int], vectors: Vectors) -> "Signs":
        """With more rows behind."""
        ids = np.array(rows, np.int64)
        return Signs(np.concatenate([self.rows, ids]), np.concatenate([self.bits, _signs(vectors)], axis=1))


NONE = Signs(np.empty(0, np.int64), np.empty((DIMENSIONS // 64, 0), np.uint64))
_kept: WeakKeyDictionary[Any, dict[Encoder, Signs]] = WeakKeyDictionary()  # by database
_one_at_a_time = Lock()


def nearest(session: Session, encoder: Encoder, vector: Vectors, filters: Filters, most: int) -> list[Neighbour]:
    """The `most` articles under the filters (less if there are not so many) that are nearest, nearest first.

    What was typed is no filter here. Among more than 1,000 articles near-misses at the end of the list may be lost.
    """
    open_filters = replace(filters, q="")
    signs = _current(session, encoder)
    width = max(SHORTEST, SHORTLIST * most)
    near = signs.nearest(vector, width)
    found = _measured(session, vector, near, open_filters)
    if len(found) < most and len(near) < len(signs.rows):
        passing = _passing(session, open_filters)
        found = _measured(session, vector, signs.nearest(vector, width, passing), open_filters)
    return found[:most]


def vector_of(session: Session, article_id: int) -> tuple[Encoder, Vectors] | None:
    """The stored vector of an article and what made it; null when there is none."""
    row = session.exec(select(EmbeddingRow).where(EmbeddingRow.article_id == article_id)).first()
    return (Encoder(row.model_name, row.model_version), np.frombuffer(row.vector, np.int8)) if row else None


def _current(session: Session, encoder: Encoder) -> Signs:
    """The signs of all vectors, with those that came since the last question. Rows that went drop out on measuring.

    Rows are taken to become visible in the order of their ids, as they do where there is one writer at a time.
    """
    with _one_at_a_time:
        kept = _kept.setdefault(session.get_bind(), {})
        signs = kept.get(encoder, NONE)
        while True:
            query = select(EmbeddingRow.id, EmbeddingRow.vector).where(
                col(EmbeddingRow.id) > (signs.rows[-1].item() if len(signs.rows) else 0), encoder.made()
            )
            found = session.exec(query.order_by(col(EmbeddingRow.id)).limit(ROWS_A_READ)).all()
            if not found:
                return signs
            kept[encoder] = signs = signs.extended([row or 0 for row, _ in found], _stacked([v for _, v in found]))


def _measured(session: Session, vector: Vectors, rows: Sequence[int], filters: Filters) -> list[Neighbour]:
    """Those of the rows whose articles pass the filters, nearest first; equally near ones the newest article first."""
    found: list[tuple[int, bytes]] = []
    # no join: a database may begin that with a filter, and go through the shortlist for each article that passes
    passes = exists().where(col(Article.id) == EmbeddingRow.article_id, *matching(filters))
    for start in range(0, len(rows), VALUES_A_QUERY):
        some = col(EmbeddingRow.id).in_(rows[start : start + VALUES_A_QUERY])
        found += session.exec(select(EmbeddingRow.article_id, EmbeddingRow.vector).where(some, passes)).all()
    if not found:
        return []
    measured = _cosines(vector, _stacked([row for _, row in found])).tolist()
    neighbours = [Neighbour(article, cosine) for (article, _), cosine in zip(found, measured, strict=True)]
    return sorted(neighbours, key=lambda one: (-one.cosine, -one.article))


def _passing(session: Session, filters: Filters) -> list[int]:
    """Rows under the filters, of any encoder: so indexes alone answer it, and no vector is read."""
    query = select(EmbeddingRow.id).join(Article).where(*matching(filters))
    return [row for row in session.exec(query) if row]


def _stacked(vectors: Sequence[bytes]) -> Vectors:
    return np.frombuffer(b"".join(vectors), np.int8).reshape(len(vectors), DIMENSIONS)


def _cosines(vector: Vectors, others: Vectors) -> NDArray[np.float64]:
    """In whole numbers up to the last step, so that a pair has the same cosine in whatever company."""
    one, many = vector.astype(np.int32), others.astype(np.int32)
    lengths = np.sqrt(float(one @ one) * np.einsum("ij,ij->i", many, many))
    cosines: NDArray[np.float64] = (many @ one) / np.maximum(lengths, 1)
    return cosines


def _signs(vectors: Vectors) -> Bits:
    """Of vectors [rows, 384] the bits [6, rows] that say which components are positive."""
    return np.ascontiguousarray(np.packbits(vectors > 0, axis=1).view(np.uint64).T)


def _distances(bits: Bits, looked_for: Bits) -> NDArray[np.uint16]:
    """How many signs differ, per row."""
    distances = np.zeros(bits.shape[1], np.uint16)
    for start in range(0, len(distances), ROWS_A_STEP):
        part = distances[start : start + ROWS_A_STEP]
        for word, bit in zip(bits, looked_for, strict=True):
            part += np.bitwise_count(word[start : start + ROWS_A_STEP] ^ bit)
    return distances
