"""Opening the database: one engine per address, always migrated to the newest schema."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from models.errors import StoreError

BUSY_SECONDS = 30


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str, **pool: Any) -> Engine:
    """Connect and migrate; `pool` goes to SQLAlchemy's `create_engine`.

    Raises `StoreError` when the file is no database or its schema is newer than this code.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = create_engine(url, **pool)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
        with _one_at_a_time(url), engine.begin() as connection:
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


def _one_at_a_time(url: str) -> AbstractContextManager[Any]:
    """Two processes that make the same new file at once would both create its tables."""
    return FileLock(f"{url.removeprefix('sqlite:///')}.lock") if url.startswith("sqlite:///") else nullcontext()


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
