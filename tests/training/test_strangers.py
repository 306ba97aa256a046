import random
from collections import Counter

from training.pieces import Piece, read_pieces
from training.strangers import with_strangers

PIECES = read_pieces()[:300]


def labelled(pieces: list[Piece]) -> dict[tuple[str, str], tuple[int, tuple[int, ...]]]:
    return {
        (p.lang, text): (stance, votes)
        for p in pieces
        for text, stance, votes in zip(p.sentences, p.stance, p.votes, strict=True)
    }


def test_a_sentence_keeps_its_label_wherever_it_stands() -> None:
    known = labelled(PIECES)
    mixed = with_strangers(PIECES, 0.5, random.Random(1))
    assert all(known[place] == label for place, label in labelled(mixed).items())
    assert [(p.name, p.sentences[0], len(p.sentences)) for p in mixed] == [
        (p.name, p.sentences[0], len(p.sentences)) for p in PIECES
    ]


def test_so_many_are_strange_as_was_asked_and_most_of_them_lean() -> None:
    mixed = with_strangers(PIECES, 0.15, random.Random(1))
    pairs = [
        (old, new, stance)
        for p, q in zip(PIECES, mixed, strict=True)
        for old, new, stance in list(zip(p.sentences, q.sentences, q.stance, strict=True))[1:]
    ]
    strange = [stance for old, new, stance in pairs if old != new]
    assert 0.13 < len(strange) / len(pairs) < 0.17
    assert 0.25 < Counter(strange)[2] / len(strange) < 0.42


def test_without_a_share_nothing_changes_and_a_seed_gives_the_same_again() -> None:
    assert with_strangers(PIECES, 0.0, random.Random(1)) == PIECES
    assert with_strangers(PIECES, 0.3, random.Random(7)) == with_strangers(PIECES, 0.3, random.Random(7))
