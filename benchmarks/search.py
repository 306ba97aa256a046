"""Search by words, by meaning and hybrid on the sample newsroom: nDCG@10 per mode and pair of languages.

`data/judged.jsonl` has 60 queries, fifteen a pair (language of the query, language of the articles searched), with the
grade of every article that a mode ranks among its first ten: 2 answers it, 1 touches it, 0 does not; how they were
judged is in `data/README.md`. Each query is searched among the articles of one language, as a reader filters.

nDCG@10 (Järvelin and Kekäläinen 2002): gains of 2^grade - 1 over log2(rank + 1), as a share of the best that the judged
articles allow; with a 95% interval from resampling queries.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from api.demo.newsroom import load_newsroom
from api.meaning import asked
from models.database import open_database, sqlite_url
from models.embeddings import Encoder, keep
from models.filters import Filters
from models.modes import Mode, search
from models.tables import Article, Source
from nlp.embedding import Embedder, article_text, quantise
from nlp.language import READ
from nlp.vectors import NAME, VERSION

JUDGED = Path(__file__).parent / "data" / "judged.jsonl"
PAIRS = ("nl→nl", "en→en", "nl→en", "en→nl")
DEEP = 10
RESAMPLED = 10_000
SEEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Judged:
    """A query in language `lang`, searched among articles in `among`, and the grades of articles by outlet and file."""

    query: str
    lang: str
    among: str
    grades: dict[str, int]

    @property
    def pair(self) -> str:
        return f"{self.lang}→{self.among}"


def measure() -> Iterator[tuple[str, str]]:
    """nDCG@10 per mode and pair of languages, and how many of the answers were never judged."""
    queries = read_judged()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "sample.db"))
        with Session(engine) as session:
            names = fill(session)
            answers = {mode: [answer(session, q, mode, names) for q in queries] for mode in get_args(Mode)}
        engine.dispose()
    for mode, found in answers.items():
        gains = np.array([ndcg(q.grades, names) for q, names in zip(queries, found, strict=True)])
        unjudged = sum(name not in q.grades for q, names in zip(queries, found, strict=True) for name in names)
        for pair in (*PAIRS, "all"):
            mine = gains[[pair in (q.pair, "all") for q in queries]]
            low, high = interval(mine)
            yield f"search by {mode}, {pair}", f"nDCG@10 {mine.mean():.2f} ({low:.2f} to {high:.2f})  n {len(mine)}"
        yield f"search by {mode}, answers not judged", str(unjudged)


def read_judged(path: Path = JUDGED) -> list[Judged]:
    return [Judged(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def fill(session: Session, vectors: NDArray[np.int8] | None = None) -> dict[int, str]:
    """Add the Dutch and English articles of the sample with their vectors; gives the names of their ids."""
    names: dict[int, str] = {}
    source = Source(name="sample", url="https://sample.example", kind="rss")
    session.add(source)
    session.flush()
    articles = []
    for outlet, piece in load_newsroom():
        if piece.lang in READ:
            name = f"{outlet.slug}/{piece.stem}"
            article = Article(
                source_id=source.id, url=f"https://{name}", title=piece.title, lang=piece.lang, text=piece.body,
                first_seen=SEEN, fetched=SEEN, status="whole",
            )  # fmt: skip
            session.add(article)
            session.flush()
            names[article.id or 0] = name
            articles.append(article)
    texts = [article_text(article.title, article.text or "") for article in articles]
    made = vectors if vectors is not None else quantise(Embedder().embed(texts, "passage"))
    keep(session, Encoder(NAME, VERSION), articles, made)
    session.commit()
    return names


def answer(session: Session, query: Judged, mode: Mode, names: dict[int, str]) -> list[str]:
    """The first ten by name."""
    filters = Filters(q=query.query, lang=(query.among,))
    page = search(session, filters, asked(query.query, mode), "relevance", DEEP)
    return [names[hit.id] for hit in page.items]


def ndcg(grades: dict[str, int], ranked: Sequence[str]) -> float:
    """Of a ranking, nDCG@10; articles that were not judged gain nothing."""
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(name, 0) for name in ranked[:DEEP]]) / _gain(best[:DEEP])


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / np.log2(rank + 1) for rank, grade in enumerate(grades, 1)))


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The 95% interval of the mean, from resampling queries with a fixed seed."""
    dice = np.random.default_rng(1)
    means = values[dice.integers(0, len(values), (RESAMPLED, len(values)))].mean(1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return low, high


if __name__ == "__main__":
    for line in measure():
        print(f"{line[0]:<52} {line[1]}", flush=True)
