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

ROWS = """
INSERT INTO source (id, name, url, kind, paywall, sample, active, errors_in_row)
VALUES (1, 'S', 'https://s.example', 'rss', 0, 0, 1, 0);
INSERT INTO article (id, source_id, url, title, first_seen, fetched, status, content_hash, version, sample, planted)
VALUES (1, 1, 'https://s.example/1', 'T', '2025-01-01', '2025-01-01', 'whole', '', 1, 0, '[]');
INSERT INTO figure
(id, article_id, text, start, end, sentence, value, role, metric, subjects, modality, denied, checks, planted)
VALUES (1, 1, '$5bn', 0, 4, 0, 5e9, 'level', 'capex', '["Meta"]', 'reported', 0, '[]', 0);
INSERT INTO figure_org (figure_id, org) VALUES (1, 'Meta')
"""


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


def test_a_database_with_figures_keeps_them(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "zeepbel.db")
    engine = open_database(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        for row in ROWS.split(";"):
            connection.exec_driver_sql(row)
    engine.dispose()
    engine = open_database(url)
    with engine.connect() as connection:
        figures = connection.exec_driver_sql("SELECT text, claim_id, later FROM figure").fetchall()
        orgs = connection.exec_driver_sql("SELECT org FROM figure_org").fetchall()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    engine.dispose()
    assert (figures, orgs, broken) == ([("$5bn", None, "[]")], [("Meta",)], [])
