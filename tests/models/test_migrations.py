import warnings
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from models import database
from models.database import open_database, sqlite_url


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path / "zeepbel.db"))
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # indexes on expressions cannot be compared
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        indexes = {index["name"] for index in inspect(connection).get_indexes("article")}
        names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    engine.dispose()
    assert [difference for difference in differences if "article_words" not in str(difference)] == []
    assert "article_by_source" in indexes
    assert {"article_newest", "article_oldest", "article_words", "story_band_stale"} <= names


def test_they_can_be_undone(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path / "zeepbel.db"))
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
