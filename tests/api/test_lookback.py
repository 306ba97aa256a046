"""Stored figures are answered by the filings that came after them."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from api.lookback import look_back
from models.analyses import store
from models.capex import bundled, load
from models.ledger import claim, guidance
from models.records import Figure
from models.tables import FigureRow
from tests.builders import Piece, add_article, add_source, analysis_of

TEXT = "Meta wil in 2024 35 tot 40 miljard dollar uitgeven."


def plan(session: Session) -> None:
    piece = Piece("https://nl.example/plan", "Plan", "nl", datetime(2024, 2, 2, tzinfo=UTC), [(TEXT, "neutral")])
    article = add_article(session, add_source(session, "Krant", "nl"), piece, read=False)
    figure = Figure(
        text="35 tot 40 miljard dollar", start=17, end=41, sentence=0, value=35e9, value_to=40e9, unit="USD",
        qualifier="range", period="2024", metric="capex", subjects=["Meta"], modality="planned",
    )  # fmt: skip
    store(session, article, analysis_of(piece).model_copy(update={"figures": [figure]}))


def test_a_plan_finds_its_filing_once_it_is_there(empty: Session) -> None:
    plan(empty)
    assert look_back(empty) == 0
    load(empty, bundled())
    assert look_back(empty) == 1
    (row,) = empty.exec(select(FigureRow)).all()
    assert row.later[-1]["outcome"] == "met"
    told = claim(empty, "meta-capex-2024-37.42bn-usd")
    assert told is not None
    assert [(k.verdict, k.since.year) for k in told.verdicts] == [("met", 2025)]
    assert "37" in told.verdicts[0].explanation["nl"]
    assert [(g.name, g.met) for g in guidance(empty)] == [("Meta", 1)]


def test_only_the_given_articles_are_looked_at(empty: Session) -> None:
    plan(empty)
    load(empty, bundled())
    assert look_back(empty, [999]) == 0
    assert look_back(empty, [1]) == 1
