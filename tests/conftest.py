"""What tests of several folders start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from models.database import open_database, sqlite_url


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    """An empty database."""
    engine = open_database(sqlite_url(tmp_path / "empty.db"))
    with Session(engine) as opened:
        yield opened
    engine.dispose()
