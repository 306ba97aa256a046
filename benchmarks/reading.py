"""How fast articles are read, on the sample newsroom's texts, and how the time for figures grows with the length.

`python -m benchmarks.reading` prints the growth alone, for which no model is loaded.
"""

import time
from collections.abc import Iterator

from api.demo.newsroom import load_newsroom
from api.loading import load_analyser
from models.capex import bundled
from models.records import Document
from nlp.checks.check import check_figures
from nlp.figures import read_figures
from nlp.language import READ
from nlp.sentences import split

HOSTILE = {
    "digits": "1", "currency signs": "$", "commas": "1,", "commas and points": "1,1.", "scales": "miljard ",
    "nested ranges": "tussen 1 en ", "changes": "from 1 to ", "amounts in brackets": "($1 ", "percentages": "5% ",
    "years": "in 2024 5% ", "number words": "one ", "articles": "een ", "fractions": "1/", "quotes": "“A. ",
    "apostrophes": "' ", "names": "Meta, ",
}  # fmt: skip
NORMAL = {
    "a Dutch text": "De omzet van Meta steeg in 2024 met 5% naar ruim 3,5 miljard euro. Dat viel de beleggers tegen. ",
    "an English text": "Revenue at Meta rose 5% to more than $3.5bn in 2024. Investors had hoped for better. ",
}
SHORT, TIMES = 8_000, 16  # characters of the short text, and how many times that the long one has


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
    yield from growth()


def growth() -> Iterator[tuple[str, str]]:
    """Time a character for cutting and reading one line of text, and its ratio at 16 times the length."""
    _seconds("5 miljard " * 80)
    for name, piece in (NORMAL | HOSTILE).items():
        short, long = (piece * (size // len(piece)) for size in (SHORT, SHORT * TIMES))
        one, many = _seconds(short) / len(short), _seconds(long) / len(long)
        yield f"figures of {name}", f"{many * 1e6:.1f} µs a character, {many / one:.2f} at {TIMES} times the length"


def _seconds(text: str) -> float:
    """The time that a text takes, read as Dutch and as English."""
    begun = time.perf_counter()
    for lang in READ:
        read_figures(split(text, lang), lang, "2025-11-10")
    return time.perf_counter() - begun


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


if __name__ == "__main__":
    for label, value in growth():
        print(f"{label:<40} {value}", flush=True)
