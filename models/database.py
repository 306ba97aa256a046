"""Opening the database: one engine per address, always migrated to the newest schema."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from models.errors import StoreError
from models.stems import stems

BUSY_SECONDS = 30
MIGRATION_LOCK = 2_606_151  # any number that all processes agree on


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str, **pool: Any) -> Engine:
    """Connect and migrate; `pool` goes to SQLAlchemy's `create_engine`.

    `url` is `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`. Raises `StoreError` when the file is no
    database, the server does not answer or the schema is newer than this code.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = _engine(url, **pool)
        with _one_at_a_time(url), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            command.upgrade(_alembic(connection), "head")
    except (SQLAlchemyError, CommandError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise StoreError(
            f"The database {shown(url)} cannot be opened ({reason}). "
            "Check that it is a Zeepbel database and that its server runs, or move it away to start afresh."
        ) from error
    return engine


def shown(url: str) -> str:
    """The address without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """`open_database` for a while: at the end all connections are closed."""
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """A unit of work: committed whole at the end, or not at all."""
    with Session(engine) as unit:
        yield unit
        unit.commit()


def _engine(url: str, **pool: Any) -> Engine:
    if not url.startswith("postgresql://"):
        engine = create_engine(url, **pool)
        event.listen(engine, "connect", _tune_sqlite)
        return engine
    options = "-c timezone=UTC"  # moments without a zone in SQL are UTC, as they are on SQLite
    driver = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(driver, pool_pre_ping=True, connect_args={"options": options}, **pool)


def _one_at_a_time(url: str) -> AbstractContextManager[Any]:
    """Two processes that make the same new file at once would both create its tables."""
    return FileLock(f"{url.removeprefix('sqlite:///')}.lock") if url.startswith("sqlite:///") else nullcontext()


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.create_function("stems", 2, stems, deterministic=True)  # the triggers of the search index call it
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _alembic(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
