"""What is kept, in one transaction an article."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import Session, select

from crawler.store import Draft, keep, marks, reject, write
from models.database import open_database, session
from models.errors import StoreError
from models.tables import Article, FigureRow, Rejection, Score, SentenceRow, Source, ThemeRow, Version
from tests.databases import database_url

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
URL = "http://krant.example/a"


@pytest.fixture
def source(engine: Engine) -> int:
    with session(engine) as unit:
        row = Source(name="De Krant", url="http://krant.example/rss.xml", kind="rss")
        unit.add(row)
        unit.flush()
        assert row.id is not None
        return row.id


def draft(**changes: object) -> Draft:
    return Draft.model_validate({"url": URL, "title": "Kop", "text": "Een zin.", "status": "whole"} | changes)


def stored(engine: Engine) -> Article:
    with Session(engine) as unit:
        return unit.exec(select(Article)).one()


def test_new_unchanged_changed(engine: Engine, source: int) -> None:
    later = NOW + timedelta(hours=1)
    assert keep(engine, source, draft(), link=URL, mark="1", now=NOW) == "new"
    assert keep(engine, source, draft(text="Een  zin."), link=URL, mark="2", now=later) == "unchanged"
    assert (stored(engine).version, stored(engine).fetched, stored(engine).text) == (1, later, "Een zin.")
    assert keep(engine, source, draft(text="Twee zinnen."), link=URL, mark="3", now=later) == "changed"
    assert (stored(engine).version, stored(engine).first_seen, stored(engine).text) == (2, NOW, "Twee zinnen.")
    assert marks(engine, [URL, "http://krant.example/b"]) == {URL: "3"}


def test_the_first_date_stays(engine: Engine, source: int) -> None:
    keep(engine, source, draft(), link=URL, mark="1", now=NOW)
    keep(engine, source, draft(title="B", published=NOW, published_origin="feed"), link=URL, mark="2", now=NOW)
    keep(engine, source, draft(title="C", published=NOW - timedelta(days=9)), link=URL, mark="3", now=NOW)
    assert (stored(engine).published, stored(engine).published_origin, stored(engine).version) == (NOW, "feed", 3)


def test_a_partial_article_that_opens_up_is_whole(engine: Engine, source: int) -> None:
    keep(engine, source, draft(text="Kort.", status="partial", reason="paywall"), link=URL, mark="1", now=NOW)
    assert keep(engine, source, draft(), link=URL, mark="2", now=NOW) == "changed"
    assert (stored(engine).status, stored(engine).reason, stored(engine).text) == ("whole", None, "Een zin.")


def test_an_opt_out_removes_words_and_what_was_read_in_them(engine: Engine, source: int) -> None:
    keep(engine, source, draft(), link=URL, mark="1", now=NOW)
    with session(engine) as unit:
        score = Score(article_id=1, version=1, model_name="m", model_version="1", device="cpu", at=NOW)
        unit.add(score)
        unit.flush()
        unit.add(SentenceRow(score_id=score.id or 0, number=0, start=0, end=8))
        unit.add(ThemeRow(article_id=1, theme="capex"))
    keep(engine, source, draft(text=None, status="opted_out", reason="tdm"), link=URL, mark="2", now=NOW)
    with Session(engine) as unit:
        assert [unit.exec(select(table)).all() for table in (Score, SentenceRow, ThemeRow, FigureRow)] == [
            [],
            [],
            [],
            [],
        ]
        assert unit.exec(select(Version.text)).all() == [None]
    assert (stored(engine).text, stored(engine).status, stored(engine).title) == (None, "opted_out", "Kop")


def test_a_rejection_is_one_row_and_goes_when_it_succeeds(engine: Engine, source: int) -> None:
    for reason in ("eerst", "toen"):
        reject(engine, source, URL, reason, now=NOW)
    with Session(engine) as unit:
        assert unit.exec(select(Rejection)).one().reason == "toen"
    assert marks(engine, [URL]) == {}
    reject(engine, source, URL, "voorgoed", now=NOW, mark="1")
    assert marks(engine, [URL]) == {URL: "1"}
    keep(engine, source, draft(), link=URL, mark="2", now=NOW)
    with Session(engine) as unit:
        assert unit.exec(select(Rejection)).all() == []


def test_nothing_of_a_transaction_that_fails_stays(engine: Engine, source: int) -> None:
    def work(unit: Session) -> None:
        unit.add(Rejection(url=URL, reason="half", at=NOW, source_id=source))
        unit.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(engine, work)
    with Session(engine) as unit:
        assert unit.exec(select(Rejection)).all() == []


def test_threads_that_store_the_same_article_store_one(engine: Engine, source: int) -> None:
    changes: list[str] = []

    def go(number: int) -> None:
        found = keep(engine, source, draft(title=f"Kop {number % 2}"), link=f"{URL}?{number}", mark="1", now=NOW)
        changes.append(found)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(changes) == 12
    assert changes.count("new") == 1
    assert stored(engine).version == 1 + changes.count("changed")


def test_two_engines_on_one_file_do_not_double(tmp_path: Path, engine: Engine, source: int) -> None:
    other = open_database(database_url(tmp_path))
    keep(engine, source, draft(), link=URL, mark="1", now=NOW)
    assert keep(other, source, draft(), link=URL, mark="1", now=NOW) == "unchanged"
    other.dispose()


@pytest.mark.sqlite
def test_a_database_that_cannot_be_written_says_so(tmp_path: Path, engine: Engine, source: int) -> None:
    reader = create_engine(f"sqlite:///file:{tmp_path / 'zeepbel.db'}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="cannot be written"):
        keep(reader, source, draft(), link=URL, mark="1", now=NOW)
    reader.dispose()
