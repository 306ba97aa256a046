"""`zeepbel move` and what `zeepbel doctor` says of the database after it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.doctor import examine
from api.settings import Settings
from models.database import sqlite_url
from models.errors import StoreError
from tests.builders import database
from tests.databases import at_home


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configured home with the newsroom in its database."""
    database(tmp_path).dispose()
    at_home(monkeypatch, tmp_path)
    return tmp_path


def test_it_counts_and_hashes_what_it_moved(filled: Path) -> None:
    target = sqlite_url(filled / "elsewhere.db")
    told = CliRunner().invoke(app, ["move", target, "--json"])
    tables = {table["table"]: table for table in json.loads(told.stdout)}
    assert tables["article"]["rows"] > 100
    assert len(tables["article"]["sha256"]) == 64
    (finding,) = [f for f in examine(Settings(database_url=target)) if f.what == "database"]
    assert finding.good
    assert "elsewhere.db (sqlite 3." in finding.detail


def test_a_second_time_it_refuses(filled: Path) -> None:
    target = sqlite_url(filled / "elsewhere.db")
    assert "The old database is as it was." in CliRunner().invoke(app, ["move", target]).stdout
    assert isinstance(CliRunner().invoke(app, ["move", target]).exception, StoreError)


def test_a_server_that_does_not_answer_is_named_without_its_password(filled: Path) -> None:
    told = CliRunner().invoke(app, ["move", "postgresql://me:secret@127.0.0.1:1/zeepbel"])
    assert isinstance(told.exception, StoreError)
    assert "postgresql://me:***@127.0.0.1:1/zeepbel cannot be opened" in str(told.exception)
    assert "secret" not in str(told.exception)
