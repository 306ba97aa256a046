"""The newsroom of `tests.builders`, built once to read from."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

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
