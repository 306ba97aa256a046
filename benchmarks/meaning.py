"""Search by meaning at scale: time, memory and what the shortlist loses, on synthetic vectors in a SQLite file.

`python -m benchmarks.meaning 1000000`. The vectors lie around 2,000 centres, as articles lie around subjects; three in
ten are Dutch, 200 outlets have from 4% down to 0.1% of the articles. Queries are new vectors around the same centres.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from sqlalchemy import insert
from sqlmodel import Session

from models.database import open_database, sqlite_url
from models.embeddings import DIMENSIONS, Encoder
from models.filters import Filters
from models.meaning import nearest
from models.tables import Article, EmbeddingRow, Source
from nlp.vectors import quantise

ENCODER = Encoder("synthetic", "1")
CENTRES, OUTLETS, QUERIES = 2_000, 200, 60
SPREAD = 1.1  # of the vectors around a centre of length 1: neighbours have cosines of about 0.45
BATCH = 20_000
MOST = 200
FIRST = datetime(2023, 1, 1, tzinfo=UTC)


def measure(size: int = 100_000) -> Iterator[tuple[str, str]]:
    """Loading, memory, then p50 and p95 under three kinds of filters, and recall against all cosines."""
    dice = np.random.default_rng(1)
    centres = _unit(dice.normal(size=(CENTRES, DIMENSIONS)))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "scale.db"))
        with Session(engine) as session:
            fill(session, centres, size, dice)
            queries = _around(centres, QUERIES, dice)
            before, begun = psutil.Process().memory_info().rss, time.perf_counter()
            nearest(session, ENCODER, queries[0], Filters(), MOST)
            took, used = time.perf_counter() - begun, psutil.Process().memory_info().rss - before
            yield f"meaning, {size:,} articles, first question", f"{took:.1f} s, {used / 1e6:.0f} MB more"
            for name, filters in _filters().items():
                spent = [_timed(lambda q=q, f=filters: nearest(session, ENCODER, q, f, MOST)) for q in queries]
                middle, high = np.quantile(spent, [0.5, 0.95]) * 1000
                yield f"meaning, {size:,} articles, {name}", f"p50 {middle:.0f} ms  p95 {high:.0f} ms"
            for most in (10, MOST):
                yield f"meaning, {size:,} articles, recall@{most}", f"{recall(session, queries, most):.3f}"
        engine.dispose()


def fill(session: Session, centres: NDArray[np.float64], size: int, dice: np.random.Generator) -> None:
    """Add sources, and articles with vectors in batches."""
    session.add_all(
        Source(id=n, name=f"outlet {n}", url=f"https://{n}.example", kind="rss") for n in range(1, OUTLETS + 1)
    )
    session.flush()
    shares = 1 / (np.arange(OUTLETS) + 8)
    for start in range(1, size + 1, BATCH):
        ids = range(start, min(start + BATCH, size + 1))
        outlets = dice.choice(OUTLETS, len(ids), p=shares / shares.sum()) + 1
        dutch = dice.random(len(ids)) < 0.3
        articles = [_article(n, int(o), "nl" if d else "en") for n, o, d in zip(ids, outlets, dutch, strict=True)]
        session.execute(insert(Article), articles)
        vectors = _around(centres, len(ids), dice)
        session.execute(insert(EmbeddingRow), [_row(n, v.tobytes()) for n, v in zip(ids, vectors, strict=True)])
        session.commit()


def recall(session: Session, queries: Sequence[NDArray[np.int8]], most: int) -> float:
    """The share of the truly nearest that are found, by measuring all of them."""
    rows = session.connection().execute(EmbeddingRow.__table__.select()).yield_per(BATCH)  # type: ignore[attr-defined]
    asked = _unit(np.array(queries, np.float32))
    best = np.full((len(asked), most), -2.0, np.float32)
    ids = np.zeros((len(asked), most), np.int64)
    for part in rows.partitions():
        vectors = np.frombuffer(b"".join(row.vector for row in part), np.int8).reshape(-1, DIMENSIONS)
        cosines = np.concatenate([best, asked @ _unit(vectors.astype(np.float32)).T], axis=1)
        names = np.concatenate([ids, np.tile([row.article_id for row in part], (len(asked), 1))], axis=1)
        order = np.argpartition(-cosines, most, axis=1)[:, :most]
        best, ids = np.take_along_axis(cosines, order, 1), np.take_along_axis(names, order, 1)
    found = [{one.article for one in nearest(session, ENCODER, query, Filters(), most)} for query in queries]
    return float(np.mean([len(got & set(true.tolist())) / most for got, true in zip(found, ids, strict=True)]))


def _filters() -> dict[str, Filters]:
    return {
        "no filter": Filters(),
        "one language": Filters(lang=("nl",)),
        "a small outlet": Filters(source=(f"outlet {OUTLETS}",)),
        "a month": Filters(since=FIRST.date(), until=FIRST.date() + timedelta(days=30)),
    }


def _article(number: int, outlet: int, lang: str) -> dict[str, object]:
    seen = FIRST + timedelta(minutes=number % (1200 * 24 * 60))
    return {
        "id": number, "source_id": outlet, "url": f"https://{outlet}.example/{number}", "title": f"Article {number}",
        "lang": lang, "published": FIRST + timedelta(days=number * 7919 % 1200), "first_seen": seen, "fetched": seen,
        "status": "whole", "text": "…", "content_hash": "", "version": 1, "sample": False, "planted": [],
    }  # fmt: skip


def _row(article: int, vector: bytes) -> dict[str, object]:
    return {
        "article_id": article, "version": 1, "model_name": ENCODER.name, "model_version": ENCODER.version,
        "vector": vector,
    }  # fmt: skip


def _around(centres: NDArray[np.float64], count: int, dice: np.random.Generator) -> NDArray[np.int8]:
    noise = dice.normal(scale=SPREAD / np.sqrt(DIMENSIONS), size=(count, DIMENSIONS))
    return quantise(_unit(centres[dice.integers(0, len(centres), count)] + noise).astype(np.float32))


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    scaled: NDArray[np.floating] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000):
        print(f"{line[0]:<52} {line[1]}", flush=True)
