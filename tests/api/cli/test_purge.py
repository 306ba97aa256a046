"""`zeepbel purge` publishes what is left."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from api.cli import app
from models.vintages import every_vintage
from tests.builders import FIRST_SEEN, database
from tests.databases import at_home


def test_what_a_purge_takes_away_is_a_new_vintage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = database(tmp_path)
    at_home(monkeypatch, tmp_path)
    assert CliRunner().invoke(app, ["purge", "--source", "Beurspost", "--yes"]).exit_code == 0
    with Session(engine) as session:
        first, last = (p for p in every_vintage(session, ["net-stance.all.quarter"]) if p.period == "2025-Q4")
    engine.dispose()
    assert (first.since, first.sources) == (FIRST_SEEN.date(), 6)
    assert (last.since, last.sources) == (datetime.now(UTC).date(), 5)
