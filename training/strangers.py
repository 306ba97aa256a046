"""Pieces with strange sentences in them, so that a reader does not take a sentence for what stands around it.

A reader that sees the whole article takes praise in a worried article for worry. In training a share of the sentences
is put in the place of others; a label then depends less on its neighbours and more on the sentence.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nlp.reader import STANCES
from training.pieces import Piece

NEUTRAL = STANCES.index("neutral")
NEUTRAL_SHARE = 1 / 3  # of the strangers; a leaning one as often as its two labels together

Place = tuple[Piece, int]  # a sentence: its piece and its number


def with_strangers(pieces: Sequence[Piece], share: float, dice: random.Random) -> list[Piece]:
    """The pieces with this share of their sentences, never the headline, from others in the language, labels kept."""
    if not share:
        return list(pieces)
    pools = _pools(pieces)
    return [_mixed(piece, pools, share, dice) for piece in pieces]


def _pools(pieces: Iterable[Piece]) -> Mapping[tuple[str, bool], list[Place]]:
    """The sentences by language, and by whether they are neutral."""
    pools: defaultdict[tuple[str, bool], list[Place]] = defaultdict(list)
    for piece in pieces:
        for number in range(1, len(piece.sentences)):
            pools[piece.lang, piece.stance[number] == NEUTRAL].append((piece, number))
    return pools


def _mixed(piece: Piece, pools: Mapping[tuple[str, bool], list[Place]], share: float, dice: random.Random) -> Piece:
    places: list[Place] = [(piece, number) for number in range(len(piece.sentences))]
    for number in range(1, len(places)):
        if dice.random() < share:
            neutral = dice.random() < NEUTRAL_SHARE
            places[number] = dice.choice(pools[piece.lang, neutral] or pools[piece.lang, not neutral])
    return replace(
        piece,
        sentences=tuple(one.sentences[number] for one, number in places),
        stance=tuple(one.stance[number] for one, number in places),
        votes=tuple(one.votes[number] for one, number in places),
        phenomena=tuple(one.phenomena[number] for one, number in places),
    )
