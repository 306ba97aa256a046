"""Reading what is stored: in batches, each committed whole, so that a crash loses at most one batch of work."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, get_args

from sqlalchemy import Engine
from sqlmodel import Session

from api.lookback import look_back
from api.progress import Step
from api.streaming import Refused, answer_all
from models.analyses import count_pending, pending, store
from models.capex import bundled, load, stored
from models.embeddings import Encoder, count_lacking, keep, lacking
from models.methods import ReaderLanguage
from models.records import Analysis, Document, Figure
from models.stories import group
from models.tables import Article
from models.vintages import publish_now

if TYPE_CHECKING:  # the reader brings PyTorch, which takes seconds to load
    from nlp.analyse import Analyser
    from nlp.embedding import Embedder

_BATCH = 64


def analyse_pending(
    engine: Engine,
    analyser: "Analyser",
    on_step: Callable[[Step], None],
    *,
    again: bool = False,
    embedder: "Embedder | None" = None,
) -> dict[int, str]:
    """Read every stored article that has no current reading (all of them when `again`), then group the stories and
    publish the indicators.

    With an embedder, also give a vector to every article that has none of its newest version, whenever it was read.

    Returns the articles that could not be read with the reason; they stay pending.
    """
    failed: dict[int, str] = {}
    with Session(engine) as session:
        if load(session, bundled()):
            look_back(session)
        session.commit()
        analyser.check_against(stored(session))
        total, done = count_pending(session, again), 0
    for articles, session in _batches(engine, again):
        answers = answer_all((_document(a) for a in articles), analyser)
        for article, answer in zip(articles, answers, strict=True):
            if isinstance(answer, Refused):
                failed[article.id or 0] = answer.error
            else:
                store(session, article, answer, _told(article, answer, analyser))
        look_back(session, [article.id for article in articles if article.id])
        session.commit()
        done += len(articles)
        on_step(Step("Reading articles", done, max(total, done), analyser.model))
    if embedder is not None:
        embed_pending(engine, embedder, on_step)
    with Session(engine) as session:
        group(session)
        session.commit()
    publish_now(engine)
    return failed


def embed_pending(engine: Engine, embedder: "Embedder", on_step: Callable[[Step], None]) -> None:
    """Give a vector to every article with a text that has none of its newest version by this encoder."""
    from nlp.embedding import article_text, quantise

    encoder = Encoder(embedder.info.name, embedder.info.version)
    with Session(engine) as session:
        total, done, after = count_lacking(session, encoder), 0, 0
    while True:
        with Session(engine) as session:
            articles = lacking(session, encoder, _BATCH, after)
            if not articles:
                return
            vectors = embedder.embed([article_text(a.title, a.text or "") for a in articles], "passage")
            keep(session, encoder, articles, quantise(vectors))
            after, done = articles[-1].id or after, done + len(articles)
            session.commit()
        on_step(Step("Placing by meaning", done, max(total, done), f"{encoder.name} {encoder.version}"))


def _batches(engine: Engine, again: bool) -> Iterator[tuple[list[Article], Session]]:
    after = 0
    while True:
        with Session(engine) as session:
            articles = pending(session, _BATCH, after, again)
            if not articles:
                return
            after = articles[-1].id or after
            yield articles, session


def _told(article: Article, analysis: Analysis, analyser: "Analyser") -> dict[str, list[Figure]]:
    """The figures with their checks explained in each language, where there is any check to explain."""
    if not any(figure.checks for figure in analysis.figures):
        return {}
    return {
        lang: analysis.figures if lang == analysis.lang else analyser.figures(_document(article), lang)
        for lang in get_args(ReaderLanguage)
    }


def _document(article: Article) -> Document:
    return Document(
        id=article.id or 0,
        text=article.text,
        title=article.title,
        lang=article.lang,
        published=article.published.date().isoformat() if article.published else None,
        url=article.url,
    )
