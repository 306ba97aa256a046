"""The newsroom to take data out of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from api.dependencies import open_for_reading, snapshot_of
from models.database import sqlite_url


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    engine = open_for_reading(sqlite_url(home / "zeepbel.db"))
    with snapshot_of(engine) as opened:
        yield opened
    engine.dispose()
