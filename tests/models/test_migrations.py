import warnings
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, SQLModel, select

from models import database
from models.database import open_database
from models.fulltext import Found
from models.tables import Article
from tests.databases import database_url

ROWS = """
INSERT INTO source (id, name, url, kind, paywall, sample, active, errors_in_row)
VALUES (1, 'S', 'https://s.example', 'rss', false, false, true, 0);
INSERT INTO article (id, source_id, url, title, text, lang, first_seen, fetched, status, content_hash, version, sample,
planted) VALUES (1, 1, 'https://s.example/1', 'T', 'Twee zeepbellen', 'nl', '2025-01-01', '2025-01-01', 'whole', '', 1,
false, '[]');
INSERT INTO figure (id, article_id, text, start, "end", sentence, value, role, metric, subjects, modality, denied,
checks, planted) VALUES (1, 1, '$5bn', 0, 4, 0, 5e9, 'level', 'capex', '["Meta"]', 'reported', false, '[]', false);
INSERT INTO figure_org (figure_id, org) VALUES (1, 'Meta')
"""
OURS = ("article_words", "'words'", "'stems'", "article_newest", "article_oldest")  # not comparable


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(database_url(tmp_path))


def migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        way = command.upgrade if revision == "head" else command.downgrade
        way(config, revision)


def test_the_migrations_make_the_tables(engine: Engine) -> None:
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # indexes on expressions cannot be compared
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        indexes = {index["name"] for index in inspect(connection).get_indexes("article")}
    engine.dispose()
    assert [one for one in differences if not any(name in str(one) for name in OURS)] == []
    assert {"article_by_source", "article_by_status"} <= indexes


def test_they_can_be_undone(engine: Engine) -> None:
    migrate(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine, "head")
    assert "article" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_database_with_figures_keeps_them_and_can_be_searched(engine: Engine) -> None:
    migrate(engine, "0001")
    with engine.begin() as connection:
        for row in ROWS.split(";"):
            connection.execute(text(row))
    migrate(engine, "head")
    with engine.connect() as connection:
        figures = connection.execute(text("SELECT text, claim_id FROM figure")).fetchall()
        orgs = connection.execute(text("SELECT org FROM figure_org")).fetchall()
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
    with Session(engine) as session:
        assert session.exec(select(Article.id).where(Found("zeepbel"))).all() == [1]
    engine.dispose()
    assert (figures, orgs) == ([("$5bn", None)], [("Meta",)])
