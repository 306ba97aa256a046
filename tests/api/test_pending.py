"""Reading what is stored: figures are held against the filings that are in the database, and indicators published."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from api.pending import analyse_pending
from models.capex import bundled, load
from models.tables import FigureRow
from models.vintages import values
from nlp.analyse import Analyser
from tests.api.conftest import WordScorer
from tests.builders import FIRST_SEEN, Piece, add_article, add_source, database

QUARTER = "net-stance.all.quarter"
TEXT = "In the fourth quarter of 2026 Meta spent 50 billion dollars on capital expenditures."


def test_a_filing_that_an_update_brought_is_known_to_the_checks(empty: Session) -> None:
    last = next(fact for fact in bundled() if (fact.ticker, fact.quarter) == ("META", "2026-Q2"))
    source = "SEC companyfacts CIK0001326801, filing 0001326801-27-000007"
    brought = {"quarter": "2026-Q4", "start": "2026-10-01", "end": "2026-12-31", "value": 31e9, "filed": "2027-01-28"}
    load(empty, [last.model_copy(update=brought | {"source": source})])
    piece = Piece("https://en.example/late", "Late", "en", datetime(2027, 2, 9, tzinfo=UTC), [(TEXT, "neutral")])
    add_article(empty, add_source(empty, "Post", "en"), piece, read=False)
    empty.commit()
    assert analyse_pending(empty.get_bind(), Analyser(WordScorer(), []), lambda _step: None) == {}  # type: ignore[arg-type]
    (figure,) = empty.exec(select(FigureRow)).all()
    assert figure.verdict == "inconsistent"
    assert figure.checks[-1]["evidence"][0]["source"] == source


def test_reading_everything_again_publishes_beside_what_was(tmp_path: Path) -> None:
    engine = database(tmp_path)
    with Session(engine) as session:
        before = values(session, [QUARTER])
    assert analyse_pending(engine, Analyser(WordScorer(), bundled()), lambda _step: None, again=True) == {}
    with Session(engine) as session:
        now = values(session, [QUARTER])
        assert values(session, [QUARTER], as_of=FIRST_SEEN.date()) == before
    engine.dispose()
    assert {(point.model, point.since) for point in before} == {("test 1", FIRST_SEEN.date())}
    assert {(point.model, point.since) for point in now} == {("words 1", datetime.now(UTC).date())}
