"""Quantities that are not a plain number: fractions, multiples in one word, vague amounts."""

from functools import lru_cache

from nlp.figures.amounts import HYPHENS, read_amount
from nlp.figures.grammar import Grammar
from nlp.figures.numbers import read_number
from nlp.figures.quantity import Line, Quantity

MOST_PARTS = 100  # "one in five": a larger whole is no fraction but a count


def read_fraction(line: Line, start: int) -> Quantity | None:
    """ "twee derde", "driekwart", "de helft", "one in five", "one-tenth of one percent": a share in percent."""
    found = _written(line, start) or _half(line, start) or _parts(line, start) or _out_of(line, start)
    return _of_percent(line, found) if found else None


def _percent(start: int, end: int, share: float) -> Quantity:
    return Quantity(start, end, round(share * 100, 4), unit="percent", shape="fraction")


def _written(line: Line, start: int) -> Quantity | None:
    share = line.grammar.words["fractions"]["written"].get(line.word(start))
    if share is None or line.word(start + 1) in line.grammar.scales:
        return None
    return _percent(start, start + 1, share / 100)


def _half(line: Line, start: int) -> Quantity | None:
    words = line.grammar.words["fractions"]
    first = line.word(start)
    begin = start
    if first in words["articles"] and line.word(start + 1) in words["halves_of"]:
        start += 1
    if line.word(start) not in words["halves_of"] or line.word(start - 1) in words["half_of_time"]:
        return None
    if line.grammar.lang == "en" and not _followed(line, start + 1):
        return None
    return _percent(begin, start + 1, 0.5)


def _followed(line: Line, at: int) -> bool:
    """What follows lets a fraction be one: no ordinal ("a third company"), no part of a word."""
    word = line.word(at)
    words = line.grammar.words["fractions"]
    return not word or not word[0].isalnum() and word not in HYPHENS or word in words["follow"]


def _parts(line: Line, start: int) -> Quantity | None:
    words = line.grammar.words["fractions"]
    if line.word(start) in words["articles"]:
        above, at = 1.0, start + 1
    else:
        number = read_number(line.tokens, start, line.grammar)
        if number is None or number.value != int(number.value) or number.end - start > 1:
            return _slash(line, start)
        above, at = number.value, number.end
    if line.word(at) in HYPHENS and line.touches(at):
        at += 1
    below = words["parts"].get(line.word(at))
    if below is None or not 0 < above <= below or below == 2 and above > 1 or line.tokens[start].text[0].isdigit():
        return None
    plural = above > 1
    sure = plural or line.word(at) in words["unambiguous"] or line.touches(at)
    if line.word(at + 1) in words["not_before"] or not (sure or _followed(line, at + 1)) or line.word(start) == "de" and not plural:
        return None
    if line.word(at + 1) in line.grammar.scales or line.word(at + 1) in HYPHENS and line.touches(at + 1):
        return None
    if line.grammar.lang == "en" and not plural and not _followed(line, at + 1):
        return None
    return _percent(start, at + 1, above / below)


def _slash(line: Line, start: int) -> Quantity | None:
    """ "1/4 of": digits with a slash, before the word that makes it a share."""
    above, slash, below = (line.word(start + k) for k in range(3))
    if slash != "/" or not (above.isdecimal() and below.isdecimal()) or line.word(start + 3) not in ("of", "van"):
        return None
    return _percent(start, start + 3, int(above) / int(below)) if 0 < int(above) < int(below) <= MOST_PARTS else None


def _out_of(line: Line, start: int) -> Quantity | None:
    number = read_number(line.tokens, start, line.grammar)
    link = out_of(line.grammar).at(line.words, number.end) if number else None
    whole = read_number(line.tokens, link[0], line.grammar) if link and link[0] < len(line.tokens) else None
    if not (number and whole) or not 0 < number.value < whole.value <= MOST_PARTS or whole.value != int(whole.value):
        return None
    if number.value != int(number.value) or line.grammar.units.at(line.words, whole.end) or _is_duration(line, whole.end):
        return None
    if line.word(number.end) == "in" and (number.digits != whole.digits or number.value >= 10):
        return None
    return _percent(start, whole.end, number.value / whole.value)


def _is_duration(line: Line, at: int) -> bool:
    return bool(durations(line.grammar).fullmatch(line.word(at + 1 if line.word(at) in HYPHENS else at))) or line.word(at) in line.grammar.scales


def _of_percent(line: Line, share: Quantity) -> Quantity:
    """ "one-tenth of one percent" is a tenth of a percent."""
    if line.word(share.end) not in ("of", "van") or share.end + 1 >= len(line.tokens):
        return share
    whole = read_amount(line, share.end + 1)
    if whole and whole.unit in ("percent", "percentage_point") and whole.value == 1:
        return Quantity(share.start, whole.end, share.value / 100, unit=whole.unit)
    return share


def read_multiple(line: Line, start: int) -> Quantity | None:
    """A multiple in one word: "verdrievoudigd", "doubled", "fourfold", "het dubbele", "tweemaal zoveel"."""
    words, after = line.grammar.words["multiples"], start + 1
    article = line.word(start) in words["articles"]
    at = start + 1 if article else start
    value = multiples(line.grammar).get(line.word(at))
    if value is None and article:
        return None
    if value is None:
        value = words["adverbs"].get(line.word(at))
        if value is None or line.word(at + 1) not in words["adverb_needs"]:
            return None
    if not value or line.word(at) in words["need_article"] and not article:
        return None
    if line.word(at + 1) in HYPHENS and line.touches(at + 1) or line.word(at + 1) in words.get("never_after", ()):
        return None
    if line.word(at - 1) in HYPHENS and line.touches(at):
        return None
    after = at + 1
    return Quantity(start, after, float(value), unit="x", shape="multiple")


def read_vague(line: Line, start: int) -> Quantity | None:
    """An amount without a number, as a range: "tens of billions", "honderden miljoenen", "miljarden", "multi-billion"."""
    words = line.grammar.words["vague"]
    found = vague_multiples(line.grammar).at(line.words, start)
    if found:
        return _vague_multiple(line, start, found)
    if line.word(start) in words["multi"] and line.word(start + 1) in HYPHENS:
        plural = words["plurals"].get(line.word(start + 2))
        if plural:
            return _vague(line, start, start + 3, float(plural), float(plural) * 1000)
    bounds = words["open"].get(line.word(start))
    if bounds:
        return _vague(line, start, start + 1, *map(float, bounds))
    for stem, (low, high) in words["compounds"].items():
        if line.word(start).startswith(stem):
            return _vague(line, start, start + 1, low, high)
    return None


def _vague_multiple(line: Line, start: int, found: tuple[int, list[float]]) -> Quantity | None:
    words = line.grammar.words["vague"]
    at, (low, high) = found
    while line.word(at) in words["link"] or line.word(at) in ("hundred", "honderd"):
        if line.word(at) in ("hundred", "honderd"):
            low, high = low * 100, high * 100
        at += 1
    inner = vague_multiples(line.grammar).at(line.words, at)  # "enkele tientallen miljoenen"
    if inner:
        return _vague_multiple(line, start, inner)
    plural = words["plurals"].get(line.word(at), line.grammar.scales.get(line.word(at)) if low > 1 or high > 1 else None)
    if plural is None:
        return None
    return _vague(line, start, at + 1, low * plural, high * plural)


def _vague(line: Line, start: int, end: int, low: float, high: float) -> Quantity:
    at = end + 1 if line.word(end) in HYPHENS or line.word(end) in line.grammar.words["vague"]["link"] else end
    unit = line.grammar.units.at(line.words, at)
    usable = unit is not None and unit[1].name != "x"
    after, name, factor = (unit[0], unit[1].name, unit[1].factor) if unit and usable else (end, None, 1.0)
    return Quantity(start, after, low * factor, high * factor, unit=name, shape="vague", scale=low, qualifier="range")


@lru_cache(maxsize=4)
def multiples(grammar: Grammar) -> dict[str, float]:
    """Every inflected form of the words that mean a multiple."""
    words = grammar.words["multiples"]
    forms = {
        prefix + stem + ending: float(value)
        for stem, value in words["words"].items()
        for prefix in ["", *words["prefixes"]]
        for ending in words["endings"]
    }
    return forms | {noun: float(value) for noun, value in words["nouns"].items()}


@lru_cache(maxsize=4)
def out_of(grammar: Grammar):
    return grammar.phrases(dict.fromkeys(grammar.words["fractions"]["out_of"], True))


@lru_cache(maxsize=4)
def vague_multiples(grammar: Grammar):
    return grammar.phrases(grammar.words["vague"]["multiples"])


@lru_cache(maxsize=4)
def durations(grammar: Grammar):
    import re
    return re.compile("|".join(grammar.words["counts"]["durations"]))
