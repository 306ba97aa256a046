from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.database import open_database
from models.fulltext import Found, ranked
from models.tables import Article
from tests.builders import FIRST_SEEN, add_source
from tests.databases import database_url

TEXTS = [
    ("nl", "Beurs", "De zeepbel kan knappen, zeggen twee beleggers"),
    ("nl", "Een dag van zeepbellen", "Koersen dalen, AI-boom hapert en de schulden van coöperaties stijgen"),
    ("en", "Companies", "The company isn't slowing its investments in data centers"),
    ("en", "Café society", "One bubble, two bubbles"),
    ("de", "Bericht", "Die Blasen platzen"),
    (None, "Unknown tongue", "zeepbellen everywhere"),
]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(database_url(tmp_path_factory.mktemp("fulltext")))
    with Session(engine) as session:
        source = add_source(session, "Krant", "nl")
        session.add_all(
            Article(source_id=source.id, url=f"https://k.example/{number}", title=title, lang=lang, status="whole",
                    text=text, first_seen=FIRST_SEEN, fetched=FIRST_SEEN)
            for number, (lang, title, text) in enumerate(TEXTS)
        )  # fmt: skip
        session.commit()
    yield engine
    engine.dispose()


def found(engine: Engine, typed: str) -> list[int]:
    with Session(engine) as session:
        urls = session.exec(select(Article.url).where(Found(typed)).order_by(col(Article.id))).all()
    return [int(url[-1]) for url in urls]


@pytest.mark.parametrize(
    ("typed", "which"),
    [
        ("zeepbel", [0, 1]),
        ("zeepbellen", [0, 1, 5]),
        ("belegger", [0]),
        ("schuld", [1]),
        ("bubble", [3]),
        ("investment company", [2]),
        ("data center", [2]),
        ("Blasen", [4]),
        ("zeepbel knappen", [0]),
        ("zeepbel coöperatie", [1]),
        ("cooperaties", [1]),
        ("cafe", [3]),
        ('"kan knappen"', [0]),
        ('"knappen kan"', []),
        ('"zeepbel"', [0]),
        ("koers*", [1]),
        ("AI-boom", [1]),
        ("boom-AI", []),
        ("isn't", [2]),
        ("de", [0, 1]),
        ("title:zeepbel", [1]),
        ("tekst:zeepbel", [0]),
        ('titel:"een dag"', [1]),
        ("text:compan*", [2]),
        ("NOT zeepbel", []),
        ("zeepbel OR koersen", []),
        ("?!", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(articles: Engine, typed: str, which: list[int]) -> None:
    assert found(articles, typed) == which


@given(st.text(max_size=60) | st.text(alphabet="ab \"*()^:+-{}\x00NOTANDOR.\u0301½'\\&|<>!%", max_size=30))
def test_nothing_that_is_typed_is_a_syntax_error(articles: Engine, typed: str) -> None:
    with Session(articles) as session:
        query, rank = ranked(session, select(Article.url), typed)
        best = session.exec(query.order_by(rank)).all()
    assert sorted(int(url[-1]) for url in best) == found(articles, typed)


@pytest.mark.parametrize("typed", ["?!", "\U000821c8", '""'])
def test_what_could_not_occur_finds_nothing_in_any_order(articles: Engine, typed: str) -> None:
    with Session(articles) as session:
        query, rank = ranked(session, select(Article.url), typed)
        assert session.exec(query.order_by(rank)).all() == []
    assert found(articles, typed) == []


def test_a_match_in_the_title_comes_first(articles: Engine) -> None:
    with Session(articles) as session:
        query, rank = ranked(session, select(Article.url), "zeepbel")
        assert [url[-1] for url in session.exec(query.order_by(rank))] == ["1", "0"]


def test_the_index_follows_its_articles(articles: Engine) -> None:
    with Session(articles) as session:
        article = session.exec(select(Article).where(Found("platzen"))).one()
        article.text, article.lang = "Er was eens een olifant", "nl"
        session.flush()
        assert session.exec(select(Article.id).where(Found("platzen"))).all() == []
        assert session.exec(select(Article.id).where(Found("olifanten"))).all() == [article.id]
        session.delete(article)
        session.flush()
        assert session.exec(select(Article.id).where(Found("olifanten"))).all() == []
        session.rollback()
