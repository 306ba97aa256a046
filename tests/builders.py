"""A small newsroom in a database, for tests: rows through the tables, with the cases that queries must get right.

Six outlets, three a language, two articles each in every quarter of 2024 and 2025; the Dutch ones worry more as time
goes on, the English ones cheer. Besides: a story in two outlets, an opted-out, an undated, a partial, an unusable, an
off-topic, a German, a revised and an unread article, and a planted false claim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from models.analyses import store
from models.capex import bundled, load
from models.database import open_database
from models.records import Analysis, Check, Evidence, Figure, ModelInfo, SentenceScore, Stance
from models.stories import group
from models.tables import Article, Rejection, Source, Version
from models.vintages import publish
from tests.databases import database_url

FIRST_SEEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
MODEL = ModelInfo(name="test", version="1", device="cpu")
NL = ("Dagblad Noord", "De Polder", "Beurspost")
EN = ("Harbour Times", "Grid Weekly", "The Ledger")
AUGUST = datetime(2025, 8, 20, 8, tzinfo=UTC)
UNREAD = "Dit artikel over de zeepbel wacht."
PLANTED = "Microsoft spent 300 billion dollars on data centers in the third quarter of 2025."
QUARTERS = [(year, quarter) for year in (2024, 2025) for quarter in (1, 2, 3, 4)]

LEANING = {
    "nl": {
        "hype": "De vraag naar rekenkracht is {n} keer groter dan iemand had durven hopen.",
        "caution": "Analist {n} waarschuwt dat deze zeepbel op schulden drijft en kan knappen.",
        "neutral": "Het bedrijf publiceerde zijn kwartaalbericht nummer {n} op een dinsdag in de middag.",
    },
    "en": {
        "hype": "Demand for computing is {n} times stronger than anyone had dared to hope.",
        "caution": "Analyst {n} warns that this bubble floats on debt and may well burst.",
        "neutral": "The company published quarterly report number {n} on a Tuesday in the afternoon.",
    },
}
AMOUNT = {
    "nl": "In het derde kwartaal van 2025 gaven de vier bedrijven bijna 100 miljard dollar uit.",
    "en": "In the third quarter of 2025 the four companies spent nearly 100 billion dollars.",
}


@dataclass(frozen=True)
class Piece:
    """An article to be: its sentences with the stance of each."""

    url: str
    title: str
    lang: str
    published: datetime | None
    sentences: list[tuple[str, Stance]]
    themes: tuple[str, ...] = ("capex",)
    orgs: tuple[str, ...] = ("Microsoft",)
    relevant: bool = True
    planted: tuple[str, ...] = ()
    sample: bool = False
    status: str = "whole"

    @property
    def text(self) -> str:
        return " ".join(sentence for sentence, _ in self.sentences)


def database(folder: Path) -> Engine:
    """The whole newsroom in the new database of a folder, grouped in stories, with capex and published indicators."""
    engine = open_database(database_url(folder))
    with Session(engine) as session:
        fill(session)
        session.commit()
    return engine


def fill(session: Session) -> None:
    """Add the newsroom to an empty database; the caller commits."""
    sources = {name: add_source(session, name, "nl" if name in NL else "en") for name in (*NL, *EN)}
    for piece, name in pieces():
        add_article(session, sources[name], piece)
    _add_special(session, sources)
    load(session, bundled())
    session.flush()
    group(session)
    session.flush()
    publish(session, FIRST_SEEN.date())


def pieces() -> Iterator[tuple[Piece, str]]:
    """The regular articles with the name of their outlet."""
    number = 0
    for name in (*NL, *EN):
        for order, (year, quarter) in enumerate(QUARTERS):
            for part in (0, 1):
                number += 1
                yield (
                    _regular(name, number, order, datetime(year, quarter * 3 - 2 + part, 10 + part, 9, tzinfo=UTC)),
                    name,
                )


def _regular(name: str, number: int, order: int, published: datetime) -> Piece:
    lang = "nl" if name in NL else "en"
    worried = (order + 1) // 2 if lang == "nl" else 1
    stances: list[Stance] = ["caution"] * worried + ["hype"] * (5 - worried) + ["neutral"] * 5
    texts = [LEANING[lang][stance].format(n=number * 20 + at) for at, stance in enumerate(stances)]
    sentences = (
        [(AMOUNT[lang], "neutral"), *zip(texts, stances, strict=True)]
        if order == 7
        else [*zip(texts, stances, strict=True)]
    )
    return Piece(
        url=f"https://{name.lower().replace(' ', '')}.example/{number}",
        title=("Kwartaalbericht" if lang == "nl" else "Quarterly report") + f" {number}",
        lang=lang,
        published=published,
        sentences=sentences,
        themes=("capex", "energy") if number % 2 else ("financing_debt",),
        orgs=("Microsoft", "Amazon") if number % 3 else ("Nvidia",),
    )


def _add_special(session: Session, sources: dict[str, Source]) -> None:
    for name, piece in special_pieces():
        add_article(session, sources[name], piece, read=piece.text != UNREAD)
    grid = sources["Grid Weekly"]
    for status, title in (("opted_out", "Opted out of mining"), ("unusable", "Broken page")):
        session.add(
            Article(
                source_id=grid.id, url=f"https://grid.example/{status}", title=title, lang="en", published=AUGUST,
                first_seen=FIRST_SEEN, fetched=FIRST_SEEN, status=status, reason="tdm-reservation: 1 in the header",
            )
        )  # fmt: skip
    session.add(Rejection(source_id=grid.id, url="https://grid.example/x", reason="not a page", at=FIRST_SEEN))


def special_pieces() -> Iterator[tuple[str, Piece]]:
    """One article of each kind that is not regular, with the name of its outlet."""
    heard = "The county board voted for the data center after hearing {n} neighbours speak about water and noise."
    story: list[tuple[str, Stance]] = [(heard.format(n=n), "neutral") for n in range(3, 9)]
    for name in EN[:2]:
        address = f"https://{name.split()[0].lower()}.example/county"
        yield name, Piece(address, "County votes", "en", AUGUST, story, orgs=())
    cheers: list[tuple[str, Stance]] = [(LEANING["en"]["hype"].format(n=n), "hype") for n in range(5)]
    yield "The Ledger", Piece(
        "https://ledger.example/planted", "A figure that is wrong", "en", AUGUST, [(PLANTED, "neutral"), *cheers],
        planted=(PLANTED,), sample=True,
    )  # fmt: skip
    yield "De Polder", Piece(
        "https://polder.example/soccer", "Voetbal", "nl", AUGUST,
        [("De thuisclub won met twee doelpunten verschil.", "neutral")], themes=(), orgs=(), relevant=False,
    )  # fmt: skip
    worry = LEANING["nl"]["caution"].format(n=9001)
    yield "De Polder", Piece("https://polder.example/undated", "Zonder datum", "nl", None, [(worry, "caution")])
    demand = "Die Nachfrage nach Rechenzentren wächst weiter."
    yield "De Polder", Piece("https://polder.example/deutsch", "Ein Bericht", "de", AUGUST, [(demand, "neutral")])
    address = "https://beurspost.example"
    yield "Beurspost", Piece(f"{address}/unread", "Nog ongelezen zeepbel", "nl", AUGUST, [(UNREAD, "neutral")])
    lead = "Alleen de aanhef over de kredietmarkt staat hier, de rest is voor abonnees."
    yield "Beurspost", Piece(f"{address}/paywall", "De muur", "nl", AUGUST, [(lead, "neutral")], status="partial")


def add_source(session: Session, name: str, lang: str, **more: Any) -> Source:
    """An outlet with a feed."""
    site = name.lower().replace(" ", "")
    source = Source(
        name=name, url=f"https://{site}.example/feed", kind="rss", lang=lang, last_success=FIRST_SEEN, **more
    )
    session.add(source)
    session.flush()
    return source


def add_article(session: Session, source: Source, piece: Piece, *, read: bool = True) -> Article:
    """The article, with its reading unless `read` is false."""
    article = Article(
        source_id=source.id, url=piece.url, title=piece.title, lang=piece.lang, published=piece.published,
        published_origin="feed" if piece.published else None, first_seen=FIRST_SEEN, fetched=FIRST_SEEN,
        status=piece.status, text=piece.text, sample=piece.sample, planted=list(piece.planted),
    )  # fmt: skip
    session.add(article)
    session.flush()
    if read:
        store(session, article, analysis_of(piece))
    return article


def revise(session: Session, article: Article, title: str, text: str) -> None:
    """A new version of an article, as the crawler makes it."""
    session.add(Version(article_id=article.id, number=article.version, title=article.title, text=article.text,
                        content_hash="", seen=article.fetched))  # fmt: skip
    article.title, article.text, article.version = title, text, article.version + 1
    article.fetched += timedelta(days=1)
    session.flush()


def analysis_of(piece: Piece) -> Analysis:
    """The reading that the stances of a piece amount to; none for German."""
    stances = [stance for _, stance in piece.sentences]
    hype, caution, leaning = stances.count("hype"), stances.count("caution"), len(stances) - stances.count("neutral")
    scored = piece.lang in ("nl", "en")
    return Analysis(
        id=piece.url,
        lang=piece.lang,
        relevant=piece.relevant if scored else None,
        relevance=(0.9 if piece.relevant else 0.1) if scored else None,
        net_stance=((hype - caution) / leaning if leaning else 0.0) if scored else None,
        intensity=leaning / len(stances) if scored else None,
        themes=list(piece.themes) if scored else [],
        orgs=list(piece.orgs) if scored else [],
        sentences=list(_scores(piece, scored)),
        figures=list(_figures(piece)) if scored else [],
        model=MODEL,
    )


def _scores(piece: Piece, scored: bool) -> Iterator[SentenceScore]:
    at = 0
    for number, (sentence, stance) in enumerate(piece.sentences):
        sure = 0.9 - number / 100
        rest = (1 - sure) / 2
        chances = {f"p_{label}": sure if label == stance else rest for label in ("hype", "caution", "neutral")}
        yield SentenceScore(
            text=sentence, start=at, end=at + len(sentence), **({"stance": stance, **chances} if scored else {})
        )
        at += len(sentence) + 1


def _figures(piece: Piece) -> Iterator[Figure]:
    for written, value, verdict in (
        ("bijna 100 miljard dollar", 1e11, "consistent"),
        ("nearly 100 billion dollars", 1e11, "consistent"),
        ("300 billion dollars", 3e11, "inconsistent"),
    ):
        start = piece.text.find(written)
        if start < 0:
            continue
        proof = Evidence(
            kind="filing", text="97.3 billion", value=97.271e9, unit="USD", period="2025-Q3", grade="derived"
        )
        yield Figure(
            text=written, start=start, end=start + len(written), sentence=0, value=value, unit="USD", period="2025-Q3",
            qualifier="almost" if verdict == "consistent" else None, metric="capex", modality="reported",
            subjects=["Microsoft"] if verdict == "inconsistent" else ["Amazon", "Alphabet", "Meta", "Microsoft"],
            checks=[
                Check(kind="arithmetic", verdict="unverifiable", explanation="Nothing to compute."),
                Check(kind="reported", verdict=verdict, explanation="Against the filings.", evidence=[proof]),
            ],
        )  # fmt: skip
