"""What routes are given: a session that can only read, and the reader of texts when one is loaded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Depends, FastAPI, Request
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from models.database import open_database
from models.records import Analysis, Document, Figure

Row = TypeVar("Row")


class Analyser(Protocol):
    """What `nlp.analyse.Analyser` does."""

    @property
    def model(self) -> str: ...

    def analyse(self, documents: Sequence[Document]) -> Iterator[Analysis]: ...

    def figures(self, document: Document, reader: str) -> list[Figure]: ...


def open_for_reading(url: str) -> Engine:
    """The database, migrated, with connections that cannot write. Raises `StoreError` when it cannot be opened."""
    engine = open_database(url, max_overflow=-1)  # slow readers of streams must not keep others waiting
    engine.dispose()
    event.listen(engine, "connect", _only_read if engine.dialect.name == "sqlite" else _only_read_one_state)
    return engine


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """A snapshot of the database at this address; at the end all connections are closed."""
    engine = open_for_reading(url)
    try:
        with snapshot_of(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def snapshot(app: FastAPI) -> Iterator[Session]:
    """A session that sees the database as it was at its first read, whatever is written meanwhile."""
    with snapshot_of(app.state.engine) as session:
        yield session


@contextmanager
def snapshot_of(engine: Engine) -> Iterator[Session]:
    """The same, of a database that is open."""
    with Session(engine) as session:
        if engine.dialect.name == "sqlite":
            session.connection().execute(text("BEGIN"))
        yield session


def snapshot_rows(app: FastAPI, rows: Callable[[Session], Iterable[Row]]) -> Iterator[Row]:
    """Rows of a stream, with a session of their own that closes with it."""
    with snapshot(app) as session:
        yield from rows(session)


def _session(request: Request) -> Iterator[Session]:
    with snapshot(request.app) as session:
        yield session


def _analyser(request: Request) -> Analyser | None:
    analyser: Analyser | None = request.app.state.analyser
    return analyser


def _only_read(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


def _only_read_one_state(connection: Any, _record: Any) -> None:
    """PostgreSQL: no writing, and a transaction sees the database as it was at its first read."""
    connection.execute("SET default_transaction_read_only = on")
    connection.execute("SET default_transaction_isolation = 'repeatable read'")
    connection.commit()


Reading = Annotated[Session, Depends(_session)]
LoadedAnalyser = Annotated[Analyser | None, Depends(_analyser)]
