"""Opening the database: one engine per address, always migrated to the newest schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from models.errors import StoreError

BUSY_SECONDS = 30


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str) -> Engine:
    """Connect and migrate. Raises `StoreError` when the file is no database or its schema is newer than this code."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
        with engine.begin() as connection:
            command.upgrade(_alembic(connection), "head")
    except (DatabaseError, CommandError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise StoreError(
            f"The database {url} cannot be opened ({reason}). "
            "Check that the file is a Zeepbel database, or move it away to start afresh."
        ) from error
    return engine


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """A unit of work: committed whole at the end, or not at all."""
    with Session(engine) as unit:
        yield unit
        unit.commit()


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _alembic(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
