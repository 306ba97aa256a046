"""Multiples in a word: "verdrievoudigd", "doubled", "fourfold", "het dubbele", "tweemaal zoveel", "a factor of ten"."""

from functools import lru_cache

from nlp.figures.grammar import Grammar
from nlp.figures.numbers import read_number
from nlp.figures.quantity import Line, Quantity


def read_multiple(line: Line, start: int) -> Quantity | None:
    """The multiple that starts at a token, an article before it included, or None."""
    words = line.grammar.words["multiples"]
    article = line.word(start) in words["articles"]
    at = start + article
    value = _forms(line.grammar).get(line.word(at))
    if value is None and not article and line.word(at + 1) in words["adverb_needs"]:
        value = words["adverbs"].get(line.word(at))
    if not value or (line.word(at) in words["need_article"] and not article) or _in_compound(line, at):
        return None
    return Quantity(start, at + 1, float(value), unit="x", shape="multiple")


def _in_compound(line: Line, at: int) -> bool:
    """ "double-digit", "re-double"."""
    after = line.is_hyphen(at + 1) and line.touches(at + 1)
    return after or (line.is_hyphen(at - 1) and line.touches(at))


def read_factor(line: Line, start: int) -> Quantity | None:
    """ "a factor of ten", "een factor tien", from the word "factor" on."""
    if line.word(start) not in line.grammar.words["multiples"]["factor"]:
        return None
    at = start + 1 + line.is_of(start + 1)
    number = read_number(line.tokens, at, line.grammar) if at < len(line.tokens) else None
    if number is None or number.value <= 1 or line.grammar.units.at(line.words, number.end):  # "a factor of 55%"
        return None
    return Quantity(start, number.end, number.value, unit="x", shape="multiple")


@lru_cache(maxsize=4)
def _forms(grammar: Grammar) -> dict[str, float]:
    """Every inflected form of the words that mean a multiple, and the nouns."""
    words = grammar.words["multiples"]
    affixes = [(prefix, ending) for prefix in ["", *words["prefixes"]] for ending in words["endings"]]
    forms = {prefix + stem + ending: value for stem, value in words["words"].items() for prefix, ending in affixes}
    return {**forms, **words["nouns"]}
