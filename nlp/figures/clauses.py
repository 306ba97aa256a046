"""Where a sentence falls apart, so that a word is not read with a figure of another clause."""

import re
from functools import lru_cache

from nlp.figures.grammar import Grammar

COMMA, BREAK = 12, 45  # what a boundary between word and figure costs, in characters of distance
COMMAS = re.compile(r",(?=\s)|\(|\)")
JOINING = ("and", "en", "as", "dat", "that")  # breaks that a wide clause goes on over


def distance(boundaries: list[tuple[int, int]], a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters between two spans plus the cost of the boundaries between them; 0 when they overlap."""
    low, high = min(a[1], b[1]), max(a[0], b[0])
    if high <= low:
        return 0
    return high - low + sum(cost for at, cost in boundaries if low <= at <= high)


def clause(breaks: list[tuple[int, str]], span: tuple[int, int], *, wide: bool = False) -> tuple[int, int]:
    """The clause around a span, from the break before it to the break after it; a wide one goes on over "and"."""
    cuts = [at for at, word in breaks if not wide or word not in JOINING]
    return max((c for c in cuts if c <= span[0]), default=0), min((c for c in cuts if c >= span[1]), default=1_000_000)


@lru_cache(maxsize=4)
def clause_breaks(grammar: Grammar) -> re.Pattern[str]:
    """Semicolons, colons, dashes and the conjunctions that begin a new statement."""
    words = "|".join(grammar.words["clauses"]["breaks"])
    return re.compile(rf"[;:](?=\s)|\s[–—-]\s|(?<=[\s,])(?:{words})(?=\s)")
