import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words import match_query

TEXTS = ["De zeepbel kan knappen", "Koersen dalen, AI-boom hapert", "één café aan zee", "Demand isn't slowing"]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    connection.executemany("INSERT INTO words(text) VALUES (?)", [(text,) for text in TEXTS])
    yield connection
    connection.close()


def found(index: sqlite3.Connection, typed: str) -> list[str]:
    query = match_query(typed)
    rows = index.execute("SELECT text FROM words WHERE words MATCH ? ORDER BY rowid", (query,)) if query else []
    return [text for (text,) in rows]


@pytest.mark.parametrize(
    ("typed", "which"),
    [
        ("zeepbel", [0]),
        ("zeepbel knappen", [0]),
        ("zeepbel koersen", []),
        ('"kan knappen"', [0]),
        ('"knappen kan"', []),
        ("koers*", [1]),
        ("koers", []),
        ("AI-boom", [1]),
        ("boom-AI", []),
        ("een cafe", [2]),
        ("isn't", [3]),
        ('"de zeepbel', [0]),
        ("NOT zeepbel", []),
        ("zeepbel OR koersen", []),
        ("text:zeepbel", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(index: sqlite3.Connection, typed: str, which: list[int]) -> None:
    assert found(index, typed) == [TEXTS[number] for number in which]


@pytest.mark.parametrize("typed", ["", "  ", "?!", '""', "***", '"*"', "- –"])
def test_without_a_word_there_is_no_query(typed: str) -> None:
    assert match_query(typed) is None


@given(st.text(max_size=60) | st.text(alphabet='ab "*()^:+-{}\x00NOTANDOR.\u0301½', max_size=30))
def test_nothing_that_is_typed_is_a_syntax_error(index: sqlite3.Connection, typed: str) -> None:
    found(index, typed)
