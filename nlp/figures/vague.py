"""Amounts without a number, read as a range: "tens of billions", "honderden miljoenen", "miljarden"."""

from functools import lru_cache

from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.quantity import Line, Quantity

OPEN = 1000  # "miljarden" alone reaches up to the next scale
HUNDREDS = {"hundred": 100, "honderd": 100}


def read_vague(line: Line, start: int) -> Quantity | None:
    """The vague amount that starts at a token, with its currency, or None."""
    found = _multiples(line.grammar).at(line.words, start)
    if found:
        return _multiplied(line, start, found)
    words = line.grammar.words["vague"]
    if line.word(start) in words["multi"] and line.is_hyphen(start + 1) and line.word(start + 2) in words["plurals"]:
        low = float(words["plurals"][line.word(start + 2)])
        return _vague(line, start, start + 3, low, low * OPEN)
    stem = next((s for s in words["open"] if line.word(start).startswith(s)), None)
    if stem is None or line.word(start) in words["not_open"]:
        return None
    return _vague(line, start, start + 1, float(words["open"][stem]), float(words["open"][stem]) * OPEN)


def _multiplied(line: Line, start: int, found: tuple[int, list[float]]) -> Quantity | None:
    """ "tens of billions", "several hundred million", "enkele tientallen miljoenen"."""
    words = line.grammar.words["vague"]
    at, (low, high) = found
    while line.word(at) in words["link"] or line.word(at) in HUNDREDS:
        factor = HUNDREDS.get(line.word(at), 1)
        low, high, at = low * factor, high * factor, at + 1
    scale = words["plurals"].get(line.word(at)) or line.grammar.scales.get(line.word(at))
    inner = None if scale else _multiples(line.grammar).at(line.words, at)
    if inner:
        return _multiplied(line, start, inner)
    if not scale and low >= words["alone_from"]:  # "tienduizenden banen"
        return _vague(line, start, found[0], low, high)
    return _vague(line, start, at + 1, low * scale, high * scale) if scale else None


def _vague(line: Line, start: int, end: int, low: float, high: float) -> Quantity:
    linked = line.is_hyphen(end) or line.word(end) in line.grammar.words["vague"]["link"]
    found = line.grammar.units.at(line.words, end + linked)
    after, unit = found if found and found[1].name != "x" else (end, None)
    name, factor = (unit.name, unit.factor) if unit else (None, 1.0)
    return Quantity(start, after, low * factor, high * factor, unit=name, shape="vague", scale=low, qualifier="range")


@lru_cache(maxsize=4)
def _multiples(grammar: Grammar) -> Phrases[list[float]]:
    """ "tens" and the like, with the bounds they mean."""
    return grammar.phrases(grammar.words["vague"]["multiples"])
