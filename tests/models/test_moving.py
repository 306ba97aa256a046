from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.database import open_database, sqlite_url
from models.errors import StoreError
from models.filters import Filters
from models.fulltext import Found
from models.moving import Moved, move
from models.series import stance_series
from models.tables import Article, Source
from tests.builders import FIRST_SEEN, database
from tests.databases import database_url


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite file, to come from or to go to."""
    engine = open_database(sqlite_url(tmp_path / "other.db"))
    yield engine
    engine.dispose()


def moved(old: Engine, new: Engine) -> dict[str, Moved]:
    tables: list[Moved] = []
    move(old, new, tables.append)
    return {table.table: table for table in tables}


def test_everything_arrives_and_reads_the_same_and_comes_back(tmp_path: Path, other: Engine) -> None:
    here = database(tmp_path)
    there = moved(here, other)
    assert there["article"].rows > 100
    (tmp_path / "back").mkdir()
    back = open_database(database_url(tmp_path / "back"))
    assert moved(other, back) == there
    with Session(here) as one, Session(back) as two:
        assert stance_series(one, Filters(), "month") == stance_series(two, Filters(), "month")
        assert two.exec(select(Article.id).where(Found("zeepbel"))).all()
        source = two.exec(select(Source)).first()
        assert source
        two.add(Article(source_id=source.id, url="https://new.example", title="Na de verhuizing", status="whole",
                        first_seen=FIRST_SEEN, fetched=FIRST_SEEN))  # fmt: skip
        two.commit()
    here.dispose()
    back.dispose()


def test_a_database_with_rows_is_left_alone(tmp_path: Path, other: Engine) -> None:
    here = database(tmp_path)
    with Session(other) as session:
        session.add(Source(name="Er al", url="https://x.example", kind="rss"))
        session.commit()
    with pytest.raises(StoreError, match="has rows already, in source"):
        moved(here, other)
    here.dispose()


def test_what_fails_half_way_leaves_nothing(tmp_path: Path, other: Engine) -> None:
    here = database(tmp_path)

    def stop(table: Moved) -> None:
        if table.table == "article":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(here, other, stop)
    with Session(other) as session:
        assert session.exec(select(Source)).all() == []
    here.dispose()
