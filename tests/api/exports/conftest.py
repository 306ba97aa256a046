"""The newsroom to take data out of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from api.dependencies import open_for_reading, snapshot_of
from tests.databases import database_url


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    engine = open_for_reading(database_url(home))
    with snapshot_of(engine) as opened:
        yield opened
    engine.dispose()
