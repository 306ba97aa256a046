"""The sample newsroom keeps its promises: spread, languages, lengths, marked claims, no two articles alike."""

from collections import Counter
from itertools import combinations
from statistics import mean

import pytest

from api.demo.newsroom import load_newsroom
from api.demo.outlets import Outlet, Piece
from tests.sample.likeness import likeness, shingles

ROOM = load_newsroom()
EVERY = list(ROOM)
USUAL = [(outlet, piece) for outlet, piece in EVERY if piece.special is None]
QUARTERS = [f"{year}Q{q}" for year in range(2023, 2027) for q in range(1, 5) if (year, q) < (2026, 4)]
ALIKE = 0.05


def quarter(piece: Piece) -> str:
    return f"{piece.published.year}Q{(piece.published.month - 1) // 3 + 1}"


def test_three_hundred_or_more_half_in_each_language() -> None:
    languages = Counter(piece.lang for _, piece in USUAL)
    assert languages == {"nl": 164, "en": 164}


def test_every_quarter_has_fifteen_or_more() -> None:
    counts = Counter(quarter(piece) for _, piece in USUAL)
    assert sorted(counts) == QUARTERS
    assert min(counts.values()) >= 15


@pytest.mark.parametrize("outlet", ROOM.outlets, ids=lambda outlet: outlet.slug)
def test_an_outlet_is_whole(outlet: Outlet) -> None:
    usual = [piece for piece in outlet.pieces if piece.special is None]
    assert len(usual) == 41
    assert sum(piece.relevant for piece in usual) >= 34
    assert len(usual) - sum(piece.relevant for piece in usual) >= 3
    assert sum(fact.truth == "wrong" for piece in usual for fact in piece.facts) == 4
    leans = Counter(piece.lean for piece in usual)
    assert min(leans["hype"], leans["caution"], leans["mixed"] + leans["neutral"]) >= 9
    assert len({piece.slug for piece in outlet.pieces}) == len(outlet.pieces)


def test_names_dates_and_lengths() -> None:
    for outlet, piece in EVERY:
        where = f"{outlet.slug}/{piece.stem}"
        assert piece.stem.startswith(f"{piece.published:%Y-%m-%d}-"), where
        assert 80 <= len(piece.body.split()) <= 250, where
        assert piece.modified >= piece.published, where


def test_lengths_use_the_whole_range() -> None:
    lengths = sorted(len(piece.body.split()) for _, piece in USUAL)
    assert lengths[len(lengths) // 10] < 120
    assert lengths[-len(lengths) // 10] > 170
    assert 130 < mean(lengths) < 190


def test_facts_stand_in_the_body() -> None:
    missing = [(p.stem, f.text) for _, p in EVERY for f in p.facts if f.text not in p.body]
    assert missing == []


def test_wrong_facts_are_marked_and_planned_ones_there() -> None:
    truths = Counter(fact.truth for _, piece in EVERY for fact in piece.facts)
    assert truths["wrong"] == sum(map(len, ROOM.planted().values())) == 32
    assert truths["planned"] >= 32
    assert truths["right"] > 300


def test_no_sentence_opens_or_ends_two_articles() -> None:
    lines = Counter(line.lower() for _, p in USUAL for line in {p.paragraphs[0].split(". ")[0], p.paragraphs[-1]})
    assert [line for line, times in lines.items() if times > 1] == []


def test_no_two_articles_are_alike() -> None:
    sets = [(f"{o.slug}/{p.stem}", shingles(p.body)) for o, p in EVERY if p.special != "copy"]
    alike = [(a, b) for (a, one), (b, other) in combinations(sets, 2) if one & other and likeness(one, other) > ALIKE]
    assert alike == []


def test_titles_differ() -> None:
    titles = Counter(piece.title.lower() for _, piece in EVERY)
    assert max(titles.values()) == 1
