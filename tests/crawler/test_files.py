"""A user's own files: good ones become documents, bad ones a sentence that says what is wrong."""

import codecs
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.files import Unreadable, read_lines, read_path, read_text
from models.errors import InputError
from models.records import Document
from tests.crawler.site import WORDS, article

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def only(path: Path) -> Document:
    (found,) = read_path(path, NOW)
    assert isinstance(found, Document), found
    return found


def complaint(path: Path) -> str:
    (found,) = read_path(path, NOW)
    assert isinstance(found, Unreadable)
    assert str(path) in str(found)
    return str(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "De coördinatie van financiële zaken kost één miljard; dat zei een café-eigenaar in Coevorden gisteren. " * 3
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert only(tmp_path / "a.txt").text == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_utf_8_text_comes_through_to_the_letter(text: str) -> None:
    found = read_text(text.encode(), "a.txt")
    assert isinstance(found, Document)
    assert found.text == text.removeprefix("\ufeff")


def test_html_gives_title_language_date_and_words(tmp_path: Path) -> None:
    page = article("Kop", extra='<meta property="article:published_time" content="2025-11-01">')
    (tmp_path / "a.html").write_text(page, "utf-8")
    found = only(tmp_path / "a.html")
    assert (found.id, found.title, found.lang, found.published) == (str(tmp_path / "a.html"), "Kop", "nl", "2025-11-01")
    assert found.text == "\n".join(f"{WORDS}Alinea {number}." for number in range(4))


def test_html_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = article("Coördinatie", extra='<meta charset="iso-8859-1">')
    (tmp_path / "a.html").write_bytes(page.encode("iso-8859-1"))
    assert only(tmp_path / "a.html").title == "Coördinatie"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", codecs.BOM_UTF8 + b" \n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("a.txt", b"a\0b\0c\0", "binary"),
        ("a.html", b"", "empty"),
        ("a.html", b"%PDF-1.7\n\0", "binary"),
        ("a.html", b"<html><body></body></html>", "no text of an article"),
        ("a.html", b"x" * 10_000_001, "larger than"),
        ("a.jsonl", b"{bad", "not valid JSON"),
        ("a.jsonl", b"\0\0\0", "binary"),
        ("a.jsonl", b"[1]", "not a JSON object"),
        ("a.jsonl", b"[" * 100_000, "not valid JSON"),
        ("a.jsonl", b'{"id": "x"}', "text"),
        ("a.jsonl", b'{"id": "x", "text": "a", "sentences": ["b"]}', "text"),
        ("a.jsonl", b'{"id": "x", "text": " "}', "no text"),
        ("a.jsonl", b'{"id": "x", "text": "a", "published": "2025-13-01"}', "published"),
        ("a.jsonl", b'{"id": "x", "text": 5}', "text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason in complaint(tmp_path / name)


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    lines = [b'{"id": "a", "text": "Een."}\n', b"{bad\n", b"\n", b'{"id": "c", "text": 1}\n', b'{"text": "Vier."}\n']
    found = list(read_lines(lines, "in.jsonl"))
    assert [item.id for item in found] == ["a", "line 2", "c", "line 5"]
    assert [isinstance(item, Unreadable) for item in found] == [False, True, True, False]


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), max_size=5))
def test_lines_keep_their_text_and_order(texts: list[str]) -> None:
    lines = [json.dumps({"id": str(n), "text": text}).encode() + b"\n" for n, text in enumerate(texts)]
    assert [(item.id, getattr(item, "text", None)) for item in read_lines(lines, "x")] == [
        (str(n), text) for n, text in enumerate(texts)
    ]


def test_a_folder_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Twee.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "z.txt").write_text("Een.")
    (tmp_path / "c.jsonl").write_text('{"id": "x", "text": "Drie."}')
    (tmp_path / "ignored.png").write_bytes(b"\0")
    assert [getattr(item, "text", None) for item in read_path(tmp_path)] == ["Een.", "Twee.", "Drie."]


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        list(read_path(tmp_path / "x.txt"))
    with pytest.raises(InputError, match="holds no"):
        list(read_path(tmp_path))
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(InputError, match="holds no"):
        list(read_path(tmp_path / "a.docx"))
