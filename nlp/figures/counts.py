"""Counted things: the noun after a number, and which bare numbers are no figures (years, ages, names, small counts)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.quantity import MILLION, Line, Quantity

YEARS = range(1500, 2101)
RECENT = 1900  # an earlier year has "in" before it: "in 1844"
DECADES = range(20, 100, 10)
YEAR_DIGITS = 4
FURTHEST = 4  # words between a number and its noun
NEAR = 3  # tokens between "240" and the number in "240 of the 1,200"
SHORTEST_ADJECTIVE = 4


def count(line: Line, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that are figures: those with a unit, amounts, and counts, whose noun is now set."""
    for quantity in found:
        if quantity.unit is None and _countable(line, quantity):
            _set_noun(line, quantity)
    for index, quantity in enumerate(found):
        if quantity.unit is None and _countable(line, quantity):
            _borrow_noun(line, quantity, found, index)
    return [q for q in found if q.unit is not None or (q.scale >= MILLION and not _is_duration(line, q.end))]


def is_year(line: Line, quantity: Quantity) -> bool:
    """A bare number that the sentence gives as a year: "in 2013", "2025", "de jaren negentig"; "2000 banen" is none."""
    text = line.tokens[quantity.start].text
    if quantity.bare and quantity.value in DECADES:
        return line.word(quantity.start - 1) in line.grammar.words["counts"]["before_decade"]
    if not quantity.bare or len(text) != YEAR_DIGITS or not text.isdecimal() or int(text) not in YEARS:
        return False
    lists, after = patterns(line.grammar), line.word(quantity.end)
    counted = lists["things"].fullmatch(after) or lists["common"].fullmatch(after)
    if int(text) < RECENT:
        return not counted and line.word(quantity.lead - 1) == "in"
    return not counted or line.word(quantity.lead - 1) in line.grammar.words["counts"]["before_year"]


def _countable(line: Line, quantity: Quantity) -> bool:
    """The number may count something: no duration, name, date, ordinal or time."""
    words, before, after = line.grammar.words, line.word(quantity.start - 1), line.word(quantity.end)
    if quantity.value < 0 or quantity.shape not in ("number", "vague") or _is_duration(line, quantity.end):
        return False
    measure = patterns(line.grammar)["measures"].fullmatch(after)
    glued = line.touches(quantity.end) and after[:1].isalpha() and not measure
    if after in words["counts"]["never"] or glued:
        return False
    if quantity.end == quantity.start + 1 and line.word(quantity.start) in words["counts"]["articles"]:
        return False
    named = before in words["counts"]["names_before"] or before in words["period"]["months"]
    return not named and before not in ("'", "#", "/", ":")


def _is_duration(line: Line, at: int) -> bool:
    return patterns(line.grammar)["durations"].fullmatch(line.word(at + line.is_hyphen(at))) is not None


def _set_noun(line: Line, quantity: Quantity) -> None:
    head = _head(line, quantity)
    if head and _is_figure(line, quantity, head[1]):
        quantity.unit, quantity.end, quantity.noun = "count", *head


def _is_figure(line: Line, quantity: Quantity, noun: str) -> bool:
    """Whether a number of this size counts that noun as a figure."""
    lists, low = patterns(line.grammar), noun.lower().replace("’", "'")
    known = lists["things"].fullmatch(low) or lists["measures"].fullmatch(low)
    if known or quantity.value % 1:
        return known is not None
    if quantity.scale >= MILLION or quantity.shape == "vague":
        return bool(lists["common"].fullmatch(low) or lists["noun_like"].fullmatch(low))
    return quantity.value >= int(line.grammar.words["counts"]["small_from"])


def _head(line: Line, quantity: Quantity) -> tuple[int, str] | None:
    """The index after the counted noun, and the noun as written."""
    start = quantity.end
    if quantity.shape == "vague" and line.word(start) in line.grammar.words["vague"]["link"]:
        start += 1
    if line.is_hyphen(start) and line.touches(start):  # "a 1,100-acre site"
        measure = patterns(line.grammar)["measures"].fullmatch(line.word(start + 1))
        return (start + 2, line.tokens[start + 1].text) if measure else None
    measured = _measures(line.grammar).at(line.words, start)
    if measured and line.word(measured[0]) == "/":  # "130 km/u" is a speed
        return None
    if measured:
        return measured[0], _text(line, (start, measured[0]))
    words = _candidates(line, start)
    plural = line.grammar.words["counts"]["plural"]
    return _plural(line, words) if plural else _after_adjectives(line, words)


def _candidates(line: Line, start: int) -> list[tuple[int, int]]:
    """Words that may be adjectives or the noun, as token spans; a hyphened compound is one word."""
    found: list[tuple[int, int]] = []
    while len(found) < FURTHEST and line.word(start)[:1].isalpha() and line.word(start) not in _stops(line.grammar):
        end = start + 1
        while line.is_hyphen(end) and line.touches(end) and line.touches(end + 1) and line.word(end + 1)[:1].isalnum():
            end += 2
        found.append((start, end))
        start = end
    return found


def _text(line: Line, span: tuple[int, int]) -> str:
    return line.text[line.tokens[span[0]].start : line.tokens[span[1] - 1].end]


def _after_adjectives(line: Line, words: list[tuple[int, int]]) -> tuple[int, str] | None:
    """Dutch: the first word that is no adjective; adjectives before a noun end in -e."""
    for span in words:
        text = _text(line, span)
        adjective = text.endswith("e") and len(text) >= SHORTEST_ADJECTIVE
        if not adjective and text.lower() not in line.grammar.words["counts"]["adjectives"]:
            name = text[:1].isupper() and "-" not in text and not text[1:2].isupper()
            return None if name else (span[1], text)
    return None


def _plural(line: Line, words: list[tuple[int, int]]) -> tuple[int, str] | None:
    """English: the first plural, or a noun that needs no ending."""
    for span in words:
        text = _text(line, span)
        name = text[:1].isupper() and not text[1:2].isupper() and text not in line.grammar.words["counts"]["peoples"]
        if patterns(line.grammar)["plural"].fullmatch(text.lower()) and not name:
            return span[1], text
    return None


def _borrow_noun(line: Line, quantity: Quantity, found: Sequence[Quantity], index: int) -> None:
    """ "240 of the 1,200 projects", "25 medewerkers en nu 100", "from 1,250 to 1,000": a bare number shares a noun."""
    small = quantity.value < line.grammar.words["counts"]["small_from"]
    if small or quantity.value % 1 or not quantity.bare:
        return
    counted = [q for q in found if q.unit == "count"]
    following = found[index + 1] if index + 1 < len(found) else None
    if quantity.partner and quantity.partner.unit in (None, "count"):
        quantity.unit, quantity.noun = "count", quantity.partner.noun
    elif following in counted and following and line.is_of(quantity.end) and following.start - quantity.end <= NEAR:
        quantity.unit, quantity.noun = "count", following.noun
    elif counted and counted[0].start < quantity.start and not line.word(quantity.end)[:1].isalpha():
        quantity.unit, quantity.noun = "count", counted[0].noun


@lru_cache(maxsize=4)
def patterns(grammar: Grammar) -> dict[str, re.Pattern[str]]:
    """The lists of nouns as patterns for a whole word."""
    words = grammar.words["counts"]
    keys = ("things", "measures", "common", "durations", "noun_like", "plural")
    return {key: re.compile("|".join(f"(?:{e})" for e in words[key])) for key in keys}


@lru_cache(maxsize=4)
def _stops(grammar: Grammar) -> frozenset[str]:
    """Words that no counted noun goes beyond."""
    return frozenset(grammar.words["counts"]["stop"])


@lru_cache(maxsize=4)
def _measures(grammar: Grammar) -> Phrases[bool]:
    """Measures that are counted: hectare, TWh."""
    return grammar.listed(grammar.words["counts"]["measures"])
