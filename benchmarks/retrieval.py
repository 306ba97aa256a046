"""Search by meaning: how often the article that answers a query is found in the sample newsroom, and what it costs.

`data/queries.jsonl` has 60 queries, fifteen a direction (language of the query, language of the article), each with
the article that answers it and any others that do (`also`), by outlet and file. All articles of both languages are
searched, so an article in the wrong language that ranks higher counts against.

recall@k: share of the answers among the first k (of those that fit). MRR: mean of 1 / rank of the first answer.
nDCG@10: answers in the first ten, each weighed by 1 / log2(rank + 1), as a share of the best there is.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from api.demo.newsroom import load_newsroom
from nlp.embedding import Embedder, article_text, cosines, quantise
from nlp.language import READ

QUERIES = Path(__file__).parent / "data" / "queries.jsonl"
DIRECTIONS = ("nl→nl", "en→en", "nl→en", "en→nl")
K1, B = 1.5, 0.75  # of BM25, the usual ones

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Query:
    """A query, its direction (`nl→en`), and the articles that answer it, as positions in the collection."""

    text: str
    direction: str
    answers: frozenset[int]


@dataclass(frozen=True)
class Collection:
    """The articles to be found, as they are embedded, and the queries."""

    texts: list[str]
    queries: list[Query]


def measure() -> Iterator[tuple[str, str]]:
    """Quality per direction for four ways of searching, then speed, size, memory and loading."""
    collection = read_collection()
    before, begun = _memory(), time.perf_counter()
    embedder = Embedder()
    loaded = time.perf_counter() - begun
    words = [q.text for q in collection.queries]
    embedder.embed(words, "query")  # the first call is slower than any other
    begun = time.perf_counter()
    passages = embedder.embed(collection.texts, "passage")
    rate = len(collection.texts) / (time.perf_counter() - begun)
    used = _memory() - before
    asked = embedder.embed(words, "query")
    as_encoded = embedder.encode(words, "query") @ embedder.encode(collection.texts, "passage").T
    for name, scores in (
        ("vectors", asked @ passages.T),
        ("vectors, a byte a dimension", cosines(quantise(asked), quantise(passages))),
        ("vectors, languages left apart", as_encoded),
        ("words (BM25)", bm25(collection.texts, words)),
    ):
        for direction, (first, ten, rank, gain) in quality(collection.queries, scores).items():
            yield (
                f"search by {name}, {direction}",
                f"recall@1 {first:.2f}  recall@10 {ten:.2f}  MRR {rank:.2f}  nDCG@10 {gain:.2f}",
            )
    yield (
        "embedding",
        f"{rate:.0f} articles/s ({embedder.info.device}), {quantise(passages)[0].nbytes} bytes an article",
    )
    yield "embedding, loading and memory", f"{loaded:.1f} s, {used / 1e6:.0f} MB"


def read_collection(path: Path = QUERIES) -> Collection:
    """The sample's articles that are read (Dutch and English), and the queries."""
    found = [(f"{outlet.slug}/{piece.stem}", piece) for outlet, piece in load_newsroom() if piece.lang in READ]
    place = {name: i for i, (name, _) in enumerate(found)}
    queries = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        answer = place[record["article"]]
        direction = f"{record['lang']}→{found[answer][1].lang}"
        also = [place[name] for name in record["also"]]
        queries.append(Query(record["query"], direction, frozenset([answer, *also])))
    return Collection([article_text(piece.title, piece.body) for _, piece in found], queries)


def quality(queries: Sequence[Query], scores: Matrix) -> dict[str, tuple[float, float, float, float]]:
    """Recall@1, recall@10, MRR and nDCG@10 per direction and over `all`; `scores` is [queries, articles]."""
    each = np.array([_judge(q.answers, row) for q, row in zip(queries, scores, strict=True)])
    found = {}
    for direction in (*DIRECTIONS, "all"):
        mine = each[[direction in (q.direction, "all") for q in queries]]
        first, ten, rank, gain = mine.mean(0).tolist()
        found[direction] = (first, ten, rank, gain)
    return found


def _judge(answers: frozenset[int], scores: Matrix) -> tuple[float, float, float, float]:
    order = np.argsort(-scores, kind="stable").tolist()
    ranks = [rank for rank, article in enumerate(order, 1) if article in answers]
    ten = [rank for rank in ranks if rank <= 10]
    best = sum(1 / np.log2(rank + 1) for rank in range(1, min(len(answers), 10) + 1))
    gain = sum(1 / np.log2(rank + 1) for rank in ten)
    return float(ranks[0] == 1), len(ten) / min(len(answers), 10), 1 / ranks[0], float(gain / best)


def bm25(texts: Sequence[str], queries: Sequence[str]) -> Matrix:
    """Scores [queries, articles] of Okapi BM25 over whole articles; any word of the query may occur."""
    counter = CountVectorizer()
    counts = counter.fit_transform(texts).toarray().astype(np.float32)
    lengths = counts.sum(1, keepdims=True)
    containing = (counts > 0).sum(0)
    rarity = np.log1p((len(texts) - containing + 0.5) / (containing + 0.5))
    weights = rarity * counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / lengths.mean()))
    asked = counter.transform(queries).toarray() > 0
    scores: Matrix = (asked.astype(np.float32) @ weights.T).astype(np.float32)
    return scores


def _memory() -> int:
    return int(psutil.Process().memory_info().rss)
