"""Every kind of special page is in the sample, and is what it says."""

from collections import Counter
from typing import get_args

from api.demo.newsroom import load_newsroom
from api.demo.outlets import Outlet, Piece, Special
from tests.sample.likeness import likeness, shingles

ROOM = load_newsroom()
BY_NAME = {f"{outlet.slug}/{piece.stem}": (outlet, piece) for outlet, piece in ROOM}


def special(kind: str) -> list[tuple[Outlet, Piece]]:
    found = [(outlet, piece) for outlet, piece in ROOM if piece.special == kind]
    assert found
    return found


def test_every_kind_is_there() -> None:
    assert Counter(p.special for _, p in ROOM if p.special) == dict.fromkeys(get_args(Special), 1) | {
        "copy": 3, "translation": 2, "third_language": 2,
    }  # fmt: skip


def test_copies_are_near_but_not_the_same() -> None:
    for outlet, piece in special("copy"):
        other, original = BY_NAME[str(piece.copy_of)]
        assert outlet != other
        assert piece.title != original.title
        assert piece.published > original.published
        assert 0.75 < likeness(shingles(piece.body), shingles(original.body)) < 1


def test_translations_cross_the_languages_later_than_the_original() -> None:
    pairs = set()
    for outlet, piece in special("translation"):
        other, original = BY_NAME[str(piece.translation_of)]
        pairs.add((other.lang, outlet.lang))
        assert piece.published > original.published
    assert pairs == {("en", "nl"), ("nl", "en")}


def test_the_update_comes_after_and_says_what_changed() -> None:
    [(_, piece)] = special("updated")
    assert piece.updated
    assert piece.updated > piece.published
    assert "correction" in piece.paragraphs[-1].lower()


def test_opted_out_and_disallowed_pages_lie_in_their_folders() -> None:
    [(outlet, piece)] = special("tdm_folder")
    assert outlet.path(piece).startswith(tuple(outlet.tdm_reserved))
    [(outlet, piece)] = special("robots")
    assert outlet.path(piece).startswith(tuple(outlet.disallow))


def test_no_other_page_lies_in_those_folders() -> None:
    closed = [
        piece.special
        for outlet, piece in ROOM
        if outlet.path(piece).startswith((*outlet.disallow, *outlet.tdm_reserved))
    ]
    assert sorted(map(str, closed)) == ["robots", "tdm_folder"]


def test_third_languages() -> None:
    assert {piece.lang for _, piece in special("third_language")} == {"de", "fr"}


def test_the_paywalled_page_shows_less_than_it_has() -> None:
    [(_, piece)] = special("paywall")
    assert piece.shown == piece.paragraphs[:1] != piece.paragraphs
