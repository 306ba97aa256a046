"""Moving everything from one database to another, SQLite or PostgreSQL, with a proof that nothing changed."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text
from sqlmodel import SQLModel

import models.tables  # noqa: F401  fills the metadata
from models.errors import StoreError

BATCH = 1000


@dataclass(frozen=True)
class Moved:
    """A table that was moved: its rows, and the SHA-256 of all their values in order of the primary key."""

    table: str
    rows: int
    sha256: str


def move(old: Engine, new: Engine, on_table: Callable[[Moved], None]) -> None:
    """Copy all rows with their ids; both databases must have this version's schema, and the new one no rows.

    All or nothing. Raises `StoreError` when the new one has rows, or when a table reads differently there.
    """
    with _snapshot(old) as source, new.begin() as target:
        for table in SQLModel.metadata.sorted_tables:
            if target.execute(select(table).limit(1)).first() is not None:
                raise StoreError(
                    f"The new database has rows already, in {table.name}. Give the address of an empty database."
                )
        for table in SQLModel.metadata.sorted_tables:
            for rows in _batches(source, table):
                target.execute(insert(table), rows)
            on_table(_same(fingerprint(source, table), fingerprint(target, table)))
        if new.dialect.name == "postgresql":
            _count_on(target)


def fingerprint(connection: Connection, table: Table) -> Moved:
    """The rows of a table and the hash of what they hold; equal on both databases when all values are."""
    digest, count = hashlib.sha256(), 0
    for rows in _batches(connection, table):
        for row in rows:
            digest.update(json.dumps(row, default=str, sort_keys=True).encode())
        count += len(rows)
    return Moved(table.name, count, digest.hexdigest())


def _same(old: Moved, new: Moved) -> Moved:
    if old != new:
        raise StoreError(
            f"The table {old.table} reads differently in the new database ({old.rows} rows became {new.rows}). "
            "Nothing was moved; report this with the versions of both databases."
        )
    return new


def _snapshot(engine: Engine) -> Connection:
    """A connection that sees one state of the database, whatever is written meanwhile."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    connection = engine.connect()
    connection.execute(text("BEGIN"))
    return connection


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    with connection.execute(query) as result:
        for part in result.mappings().partitions():
            yield [dict(row) for row in part]


def _count_on(target: Connection) -> None:
    """Let PostgreSQL number new rows after the highest that came."""
    for table in SQLModel.metadata.sorted_tables:
        key = table.autoincrement_column
        if key is None:
            continue
        highest = target.execute(select(func.max(key))).scalar()
        if highest is not None and (counter := target.execute(_counter(table, key.name)).scalar()) is not None:
            target.execute(select(func.setval(counter, highest)))


def _counter(table: Table, column: str) -> Any:
    return select(func.pg_get_serial_sequence(table.name, column))
