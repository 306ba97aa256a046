"""What tests of several folders start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from models.database import open_database
from tests import databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=databases.KINDS, default="sqlite", help="what the tests store in")


def pytest_configure(config: pytest.Config) -> None:
    databases.kind = config.getoption("--database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite alone when the tests run on the other database."""
    if databases.kind != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("sqlite")])
        items[:] = [item for item in items if not item.get_closest_marker("sqlite")]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    """An empty database."""
    engine = open_database(databases.database_url(tmp_path))
    with Session(engine) as opened:
        yield opened
    engine.dispose()
