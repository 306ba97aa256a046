"""Reading the sample: what is wrong with a file is said with its name."""

import shutil
from pathlib import Path

import pytest

from api.demo.newsroom import HERE, load_newsroom
from models.errors import InputError

PIECE = "outlets/veenbode/articles/2026-01-02-een-stuk.md"
FRONT = """+++
title = "Een stuk"
published = 2026-01-02T08:00:00+01:00
author = "A. Schrijver"
genre = "analysis"
lean = "mixed"
relevant = true
summary = "Een samenvatting."
+++
Een alinea.

Nog een.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom with one outlet and one article."""
    article = tmp_path / PIECE
    article.parent.mkdir(parents=True)
    article.write_text(FRONT, "utf-8")
    shutil.copy(HERE / "outlets/veenbode/outlet.toml", tmp_path / "outlets/veenbode/outlet.toml")
    return tmp_path


def test_a_piece_is_read(folder: Path) -> None:
    [(outlet, piece)] = load_newsroom(folder)
    assert outlet.url(piece) == "http://veenbode.example/regio/een-stuk.html"
    assert (piece.lang, piece.paragraphs) == ("nl", ["Een alinea.", "Nog een."])


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sample newsroom at"):
        load_newsroom(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FRONT.replace('"mixed"', '"cheerful"'), "'lean'"),
        (FRONT.replace("+01:00", ""), "'published'"),
        (FRONT.replace("title", "titel"), "'titel'|'title'"),
        (FRONT.replace("true", "yes"), "not valid TOML"),
        (FRONT.removeprefix("+++\n"), "front matter"),
        ("", "front matter"),
    ],
)
def test_a_bad_piece_is_named(folder: Path, text: str, said: str) -> None:
    (folder / PIECE).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        load_newsroom(folder)
    assert "een-stuk.md" in str(caught.value)


def test_a_wrong_encoding_is_named(folder: Path) -> None:
    (folder / PIECE).write_bytes(FRONT.replace("Een alinea", "Eén alinea").encode("latin-1"))
    with pytest.raises(InputError, match=r"een-stuk\.md is not UTF-8"):
        load_newsroom(folder)


def test_planted_claims_are_by_url(folder: Path) -> None:
    facts = '[[facts]]\ntext = "Een alinea"\ntruth = "wrong"\nnote = "planted"\n+++\nEen'
    (folder / PIECE).write_text(FRONT.replace("+++\nEen", facts), "utf-8")
    assert load_newsroom(folder).planted() == {"http://veenbode.example/regio/een-stuk.html": ["Een alinea"]}
