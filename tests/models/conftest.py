"""The newsroom of `tests.builders`, built once to read from, or empty to write into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.database import open_database, sqlite_url
from tests.builders import database


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = database(tmp_path_factory.mktemp("newsroom"))
    yield engine
    engine.dispose()


@pytest.fixture
def session(newsroom: Engine) -> Iterator[Session]:
    """The newsroom; what a test writes is rolled back."""
    with Session(newsroom) as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    """An empty database."""
    engine = open_database(sqlite_url(tmp_path / "empty.db"))
    with Session(engine) as opened:
        yield opened
    engine.dispose()
