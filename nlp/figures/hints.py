"""A quick look whether a sentence can hold a figure at all; most do not, and need no tokens."""

import re
from functools import lru_cache

from nlp.figures.grammar import Grammar
from nlp.figures.numbers import number_word

SHORTEST = 4  # shorter words ("bn", "mld") only ever follow digits
SECTIONS = (
    ("vague", "open"), ("fractions", "written"), ("fractions", "halves"), ("fractions", "parts"), ("numbers", "halves"),
    ("multiples", "words"), ("multiples", "nouns"), ("multiples", "adverbs"), ("multiples", "factor"),
)  # fmt: skip


def may_hold_figure(text: str, grammar: Grammar) -> bool:
    """Whether a text holds a digit or a word that numbers are written with; false alarms are harmless."""
    return _hints(grammar).search(text.lower()) is not None


@lru_cache(maxsize=4)
def _hints(grammar: Grammar) -> re.Pattern[str]:
    stems = [*grammar.scales, *(word for a, b in SECTIONS for word in grammar.words[a][b])]
    words = "|".join(stem for stem in stems if len(stem) >= SHORTEST)
    return re.compile(rf"[0-9½⅓⅔¼¾⅕⅛⅜⅝⅞]|{words}|(?<!\w)(?:{number_word(grammar).pattern})(?!\w)")
