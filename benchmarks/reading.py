"""How fast articles are read, on the sample newsroom's texts."""

import time
from collections.abc import Iterator

from api.demo.newsroom import load_newsroom
from api.loading import load_analyser
from models.capex import bundled
from models.records import Document
from nlp.checks import check_figures
from nlp.figures import read_figures
from nlp.language import READ
from nlp.sentences import split


def measure() -> Iterator[tuple[str, str]]:
    """Loading, the whole analysis, and the share of it that figures and checks take."""
    begun = time.perf_counter()
    analyser = load_analyser()
    yield "reader loaded", f"{time.perf_counter() - begun:.1f} s ({analyser.model})"
    texts = documents()
    begun = time.perf_counter()
    sentences = sum(len(a.sentences) for a in analyser.analyse(texts))
    whole = time.perf_counter() - begun
    yield "analysis", f"{len(texts) / whole:.1f} articles/s, {sentences / whole:.0f} sentences/s"
    begun = time.perf_counter()
    facts = bundled()
    for document in texts:
        cut = split(document.text or "", str(document.lang))
        found = read_figures(cut, str(document.lang), document.published)
        check_figures(found, cut, str(document.lang), document.published, facts)
    yield "figures and checks, share of the analysis", f"{(time.perf_counter() - begun) / whole:.0%}"


def documents() -> list[Document]:
    """The sample newsroom's articles in Dutch and English."""
    return [
        Document(
            id=outlet.url(piece),
            title=piece.title,
            text="\n\n".join(piece.paragraphs),
            lang=piece.lang,
            published=piece.published.date().isoformat(),
        )
        for outlet, piece in load_newsroom()
        if piece.lang in READ
    ]
