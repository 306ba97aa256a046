import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from api.app import create_app
from api.dependencies import open_for_reading, snapshot, snapshot_rows
from models.database import open_database
from models.errors import StoreError
from models.tables import Source
from tests.databases import settings


def test_an_empty_home_answers_everything(tmp_path: Path) -> None:
    with TestClient(create_app(settings(tmp_path)), base_url="http://127.0.0.1") as client:
        for name in ("articles", "stance", "capex", "stance-capex", "figures", "sources"):
            answer = client.get(f"/v1/{name}")
            assert (answer.status_code, answer.json()["data"]) == (200, [])
            assert client.get(f"/v1/{name}.csv").text.count("\n") == 1


@pytest.mark.sqlite
def test_a_file_that_is_no_database_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "zeepbel.db").write_text("not a database, whatever its name says" * 50)
    app = create_app(settings(tmp_path))
    with pytest.raises(StoreError, match="cannot be opened"), TestClient(app):
        pass


def test_the_api_cannot_write(home: Path) -> None:
    engine = open_for_reading(settings(home).database_url)
    with Session(engine) as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.connection().execute(text("DELETE FROM article"))
    engine.dispose()


def test_what_is_written_meanwhile_shows_in_the_next_answer(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    app = create_app(chosen)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/v1/sources").json()["data"] == []
        writer = open_database(chosen.database_url)
        rows = snapshot_rows(
            app,
            lambda reader: (
                reader.connection().execute(text("SELECT count(*) FROM source")).scalar_one() for _ in range(2)
            ),
        )
        assert next(rows) == 0
        with Session(writer) as session:
            session.add(Source(name="Nieuw", url="https://x.example/feed", kind="rss"))
            session.commit()
        assert next(rows) == 0, "a stream sees one state of the database"
        rows.close()
        writer.dispose()
        assert [source["name"] for source in client.get("/v1/sources").json()["data"]] == ["Nieuw"]


def test_a_database_that_does_not_answer_is_not_our_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    chosen = settings(tmp_path)
    with TestClient(create_app(chosen), base_url="http://127.0.0.1") as client:
        writer = open_database(chosen.database_url)
        with writer.begin() as connection:
            connection.execute(text("ALTER TABLE alembic_version RENAME TO elsewhere"))
        answer = client.get("/healthz?hl=nl")
        writer.dispose()
    assert (answer.status_code, answer.json()["title"]) == (503, "Niet beschikbaar")
    assert "alembic_version" not in answer.text
    assert "alembic_version" in caplog.text


def test_many_open_streams_do_not_keep_others_waiting(home: Path) -> None:
    app = create_app(settings(home))
    with TestClient(app, base_url="http://127.0.0.1") as client, ExitStack() as streams:
        for _ in range(20):
            streams.enter_context(snapshot(app))
        assert client.get("/healthz").status_code == 200


def test_a_reader_that_leaves_a_stream_stops_nothing(client: httpx.Client) -> None:
    for _ in range(20):
        with client.stream("GET", "/v1/figures.csv") as answer:
            assert answer.status_code == 200
    assert client.get("/healthz").status_code == 200


def test_the_api_loads_neither_the_reader_nor_spacy() -> None:
    """Together they take 230 MB that an API without a model does not need."""
    heavy = "import sys, api.app; print([name for name in ('torch', 'spacy', 'transformers') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"
