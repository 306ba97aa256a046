"""What neighbouring quantities lend each other: ranges, from-to pairs, and a scale or unit that is written once."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from nlp.figures.amounts import exact
from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.quantity import CLOSED_UNITS, MILLION, Line, Quantity
from nlp.orgs import mentions

MOST_TIMES = 1000  # a scale is not shared between amounts further apart than this
LIKE = 30  # amounts of one list are not further apart than this
SEPARATOR = 3  # tokens between the ends of a range, at most
WATTS = (1e12, 1e9, 1e6, 1e3)
DASHES = ("-", "–", "—", "~")


def link(line: Line, found: Iterable[Quantity]) -> list[Quantity]:
    """The quantities with ranges made one, pairs marked, scales and units shared. In order of place."""
    merged: list[Quantity] = []
    for quantity in found:
        if merged and _is_range(line, merged[-1], quantity):
            _merge(merged[-1], quantity)
        else:
            merged.append(quantity)
    for a, b in pairwise(merged):
        if a.preposition == "from" and b.preposition == "to" and _compatible(a, b):
            _pair(a, b)
    for a, b in reversed(list(pairwise(merged))):
        if _is_list(line, a, b):
            _share(a, b)
            a.partner = b
    for a, b in pairwise(merged):
        if _goes_on(line, a, b):
            b.value, b.scale, b.unit = exact(b.value * a.scale), a.scale, a.unit
    return merged


def _is_range(line: Line, a: Quantity, b: Quantity) -> bool:
    numbers = a.shape == b.shape == "number" and a.value_to is None and 0 < b.start - a.end <= SEPARATOR
    if not numbers or not _compatible(a, b) or not _separates(line, a, b, line.words[a.end : b.start]):
        return False
    shared = a.value * b.scale if _lacks_scale(a, b) else a.value
    return min(a.value, shared if shared < b.value else a.value) < b.value


def _compatible(a: Quantity, b: Quantity) -> bool:
    return a.unit is None or b.unit is None or a.unit == b.unit


def _lacks_scale(a: Quantity, b: Quantity) -> bool:
    return a.scale == 1 and b.scale > 1 and (a.unit is None or a.is_money)


def _separates(line: Line, a: Quantity, b: Quantity, words: Sequence[str]) -> bool:
    """Whether the words between two numbers make a range of them."""
    found = _separators(line.grammar).at(words, 0)
    if found is None or found[0] != len(words):
        return False
    if found[1] == "and":
        return a.between
    if found[1] == "or":
        return a.bare and not b.bare
    if words[0] in DASHES:
        return line.touches(b.start) or line.tokens[a.end].spaced
    if a.preposition == "from":
        return line.grammar.pattern("roles", "stretch").search(line.lower) is not None
    return a.between or not (a.unit and b.unit and _is_moved(line, a))


def _is_moved(line: Line, quantity: Quantity) -> bool:
    """A change governs the amount: in "rose $2bn to $12bn" the two are no range."""
    before = line.lower[: line.span(quantity)[0]].rstrip(" ,")
    return quantity.preposition == "by" or _change_at_end(line.grammar).search(before) is not None


def _merge(a: Quantity, b: Quantity) -> None:
    """Make `a` the range from it to `b`."""
    if _lacks_scale(a, b) and a.value * b.scale < b.value:
        a.value, a.scale = exact(a.value * b.scale), b.scale
    if b.unit == "W" and a.unit is None:
        a.value *= _watts(b)
    a.value_to, a.unit, a.scale = b.value, a.unit or b.unit, max(a.scale, b.scale)
    a.end, a.qualifier = b.end, "range"


def _watts(quantity: Quantity) -> float:
    """The multiple of a watt that a power was written in."""
    return next((f for f in WATTS if quantity.value >= f), 1.0)


def _goes_on(line: Line, a: Quantity, b: Quantity) -> bool:
    """ "Amazon 35,1 miljard, Alphabet 24,0 en Meta 18,8": a list of names goes on in the scale of its first amount."""
    plain = b.bare and b.digits and a.digits and a.shape == b.shape == "number" and a.unit not in CLOSED_UNITS
    if not plain or a.scale < MILLION or b.scale != 1 or not a.value / LIKE <= b.value * a.scale <= a.value * LIKE:
        return False
    gap, joins = line.words[a.end : b.start], (",", *line.grammar.words["links"]["and"])
    closed = line.word(b.end) in (*joins, "", ".", ";")
    if not closed or not gap or gap[0] not in joins:
        return False
    start, end = line.tokens[a.end].start, line.tokens[b.start].start
    return any(m.start >= start and line.text[m.end : end].strip(" :(") == "" for m in mentions(line.text[:end]))


def _pair(a: Quantity, b: Quantity) -> None:
    a.role, b.role, a.partner, b.partner = "from", "to", b, a
    _share(a, b)
    _share(b, a)


def _is_list(line: Line, a: Quantity, b: Quantity) -> bool:
    """ "3 en 5 procent": a bare number right before one with a unit, written alike."""
    gap = line.words[a.end : b.lead]
    joined = bool(gap) and all(w == "," or w in line.grammar.words["links"]["and"] for w in gap)
    return joined and a.bare and not b.bare and a.shape == b.shape == "number" and a.digits == b.digits


def _share(a: Quantity, b: Quantity) -> None:
    """Give `a` what it lacks: the scale of `b` when it has none of its own, and its unit."""
    if a.unit is not None or a.shape != "number":
        return
    if a.scale == 1 and b.scale > 1 and a.value * b.scale <= b.value * MOST_TIMES:
        a.value, a.scale = exact(a.value * b.scale), b.scale
    if b.unit == "W":
        a.value *= _watts(b)
    a.unit, a.noun = b.unit, b.noun


@lru_cache(maxsize=4)
def _separators(grammar: Grammar) -> Phrases[str]:
    """What stands between the ends of a range, with its kind: to, and, or."""
    return grammar.marked(grammar.words["ranges"])


@lru_cache(maxsize=4)
def _change_at_end(grammar: Grammar) -> re.Pattern[str]:
    words = grammar.words["roles"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(e for key in ('up', 'down') for e in words[key] if '.{' not in e)})$")
