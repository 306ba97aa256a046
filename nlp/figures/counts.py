"""Counted things: the noun after a number, and which bare numbers are no figures at all (years, ages, names, texts' own points)."""

import re
from functools import lru_cache

from nlp.figures.grammar import Grammar
from nlp.figures.quantity import Line, Quantity

YEARS = range(1900, 2101)
FURTHEST = 4  # words between a number and its noun


def count(line: Line, found: list[Quantity]) -> list[Quantity]:
    """The quantities that are figures: those with a unit, amounts, and counts, whose noun is now set."""
    for quantity in found:
        if quantity.unit is None and quantity.shape in ("number", "vague"):
            _set_noun(line, quantity)
    _borrow_nouns(line, found)
    return [q for q in found if q.unit is not None or _is_amount(line, q)]


def _is_amount(line: Line, quantity: Quantity) -> bool:
    """Money whose currency is still to be found: a large scale or a vague amount."""
    if quantity.shape == "vague":
        return quantity.scale >= 1e6
    return quantity.scale >= 1e6 and not _duration(line, quantity.end)


def _set_noun(line: Line, quantity: Quantity) -> None:
    if quantity.unit is not None or not _countable(line, quantity):
        return
    head = _head(line, quantity)
    if head is None:
        return
    end, noun = head
    if not _enough(line, quantity, noun):
        return
    quantity.unit, quantity.noun, quantity.noun_end = "count", noun, end
    quantity.end = end


def _countable(line: Line, quantity: Quantity) -> bool:
    if quantity.value < 0 or _duration(line, quantity.end):
        return False
    after = line.word(quantity.end)
    if after in line.grammar.words["counts"]["never"] or line.touches(quantity.end) and after[:1].isalpha():
        return False
    before = line.word(quantity.start - 1)
    if before in line.grammar.words["counts"]["names_before"] or before in line.grammar.words["period"]["months"] or before in ("'", "#", "/", ":"):
        return False
    return True


def _duration(line: Line, at: int) -> bool:
    if line.word(at) == "-":
        at += 1
    return patterns(line.grammar)["durations"].fullmatch(line.word(at)) is not None


def _enough(line: Line, quantity: Quantity, noun: str) -> bool:
    """Whether a number of this size counts that noun as a figure."""
    lists, low = patterns(line.grammar), noun.lower().replace("’", "'")
    known = lists["things"].fullmatch(low) or lists["measures"].fullmatch(low)
    if quantity.value != int(quantity.value):
        return bool(lists["measures"].fullmatch(low) or known)
    if quantity.scale >= 1e6 or quantity.shape == "vague":
        return bool(known or lists["common"].fullmatch(low) or lists["noun_like"].fullmatch(low))
    if _year_like(line, quantity):
        return bool(known or lists["common"].fullmatch(low)) and line.word(quantity.lead - 1) not in ("in", "since", "sinds", "of", "van", "by", "tegen")
    return bool(known) or quantity.value >= line.grammar.words["counts"]["small_from"]


def is_year(line: Line, quantity: Quantity) -> bool:
    """A bare number that the sentence gives as a year: "in 2013", "2025"; "2000 banen" is none."""
    if not quantity.bare or not _year_like(line, quantity):
        return False
    lists, after = patterns(line.grammar), line.word(quantity.end)
    return not (lists["things"].fullmatch(after) or lists["common"].fullmatch(after))


def _year_like(line: Line, quantity: Quantity) -> bool:
    text = line.tokens[quantity.start].text
    return quantity.scale == 1 and text.isdecimal() and len(text) == 4 and int(text) in YEARS


def _head(line: Line, quantity: Quantity) -> tuple[int, str] | None:
    """The index after the counted noun and the noun as written."""
    start = quantity.end
    if quantity.shape == "vague" and line.word(start) in line.grammar.words["vague"]["link"]:
        start += 1
    if line.word(start) == "-" and line.touches(start):
        measure = patterns(line.grammar)["measures"].fullmatch(line.word(start + 1))
        return (start + 2, line.tokens[start + 1].text) if measure else None
    measured = measures(line.grammar).at(line.words, start)
    if measured:
        end = measured[0]
        return end, line.text[line.tokens[start].start : line.tokens[end - 1].end]
    words = _candidates(line, start)
    if not words:
        return None
    return _dutch_head(line, words) if line.grammar.lang == "nl" else _english_head(line, words)


def _candidates(line: Line, start: int) -> list[tuple[int, int]]:
    """Words that may be adjectives or the noun, as token spans; a hyphened compound is one word."""
    stop, found, at = stops(line.grammar), [], start
    while at < len(line.tokens) and len(found) < FURTHEST:
        word = line.word(at)
        if not word[0].isalpha() or word in stop:
            break
        end = at + 1
        while line.word(end) in ("-", "/") and line.touches(end) and line.touches(end + 1) and line.word(end + 1)[:1].isalnum():
            end += 2
        if line.word(end) == "'s" and line.touches(end) and line.word(end - 1) in ("gpu", "ceo"):
            end += 1
        found.append((at, end))
        at = end
    return found


def _text(line: Line, span: tuple[int, int]) -> str:
    return line.text[line.tokens[span[0]].start : line.tokens[span[1] - 1].end]


def _dutch_head(line: Line, words: list[tuple[int, int]]) -> tuple[int, str] | None:
    """The first word that is no adjective: adjectives before a noun end in -e, or are participles and -en of matter."""
    for index, span in enumerate(words):
        text = _text(line, span)
        adjective = text.endswith("e") and len(text) > 3 or text.lower() in ("extra", "ai", "nvidia")
        if adjective and index + 1 < len(words):
            continue
        return None if adjective or text[:1].isupper() and "-" not in text and not text.isupper() else (span[1], text)
    return None


def _english_head(line: Line, words: list[tuple[int, int]]) -> tuple[int, str] | None:
    """The first plural, or a noun without one."""
    for span in words:
        text = _text(line, span)
        if PLURAL.fullmatch(text.lower()) and not text[:1].isupper() or text in ("GPUs", "CPUs", "TPUs", "Americans", "Europeans"):
            return span[1], text
    return None


PLURAL = re.compile(r"(?:[\w-]*[^siu\W]s|[\w-]*(?:ies|sses|ches|xes|ases|uses)|people|staff|men|women|children|aircraft|police|personnel|engineers|\w+men)")


def _borrow_nouns(line: Line, found: list[Quantity]) -> None:
    """ "240 of the 1,200 projects", "25 medewerkers en nu 100", "from 1,250 to 1,000": a bare number shares a noun."""
    for index, quantity in enumerate(found):
        if quantity.unit is not None or quantity.shape != "number" or not _countable(line, quantity) or _year_like(line, quantity):
            continue
        if quantity.value < line.grammar.words["counts"]["small_from"] or quantity.value != int(quantity.value) or quantity.scale >= 1e6:
            continue
        counted = [q for q in found if q.unit == "count"]
        following = found[index + 1] if index + 1 < len(found) else None
        if quantity.partner and quantity.partner.unit in (None, "count"):
            quantity.unit, quantity.noun = "count", quantity.partner.noun
        elif following in counted and line.word(quantity.end) in ("of", "van") and following and following.start - quantity.end <= 3:
            quantity.unit, quantity.noun = "count", following.noun
        elif counted and counted[0].start < quantity.start and not line.word(quantity.end)[:1].isalpha():
            quantity.unit, quantity.noun = "count", counted[0].noun


@lru_cache(maxsize=4)
def patterns(grammar: Grammar) -> dict[str, re.Pattern[str]]:
    """The lists of nouns as patterns for a whole word."""
    words = grammar.words["counts"]
    made = {key: re.compile("|".join(f"(?:{e})" for e in words[key])) for key in ("things", "measures", "common", "durations")}
    return made | {"noun_like": re.compile(words["noun_like"])}


@lru_cache(maxsize=4)
def stops(grammar: Grammar) -> frozenset[str]:
    """Words that no counted noun goes beyond."""
    return frozenset(grammar.words["counts"]["stop"])


@lru_cache(maxsize=4)
def measures(grammar: Grammar):
    """Measures that are counted: hectare, TWh."""
    return grammar.phrases(dict.fromkeys(grammar.words["counts"]["measures"], True))
