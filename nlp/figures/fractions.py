"""Shares in words, read as percent: "twee derde", "driekwart", "de helft", "one in five", "a tenth of one percent"."""

from functools import lru_cache

from nlp.figures.amounts import is_divisible, read_amount
from nlp.figures.counts import patterns
from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.numbers import read_number
from nlp.figures.quantity import Line, Quantity

MOST_PARTS = 100  # "one in five": a larger whole is no fraction but a count
MOST_NAMED = 1000  # "a percentage of 2024" is no percentage
MOST_IN = 10  # "nine in ten"; "20 in 30" is something else


def read_fraction(line: Line, start: int) -> Quantity | None:
    """The share that starts at a token, or None."""
    found = _written(line, start) or _half(line, start) or _parts(line, start) or _slash(line, start)
    found = found or _out_of(line, start)
    return _of_percent(line, found) if found else None


def _percent(start: int, end: int, share: float) -> Quantity:
    return Quantity(start, end, round(share * 100, 4), unit="percent", shape="fraction")


def _written(line: Line, start: int) -> Quantity | None:
    percent = line.grammar.words["fractions"]["written"].get(line.word(start))
    return _percent(start, start + 1, percent / 100) if percent and not _of_scale(line, start + 1) else None


def _of_scale(line: Line, at: int) -> bool:
    """The fraction is of a scale or a percent: "driekwart miljard", "a quarter of a percentage point"."""
    while line.is_of(at) or line.word(at) in line.grammar.words["numbers"]["articles"]:
        at += 1
    return is_divisible(line, at)


def _half(line: Line, start: int) -> Quantity | None:
    """ "half of", "de helft"; not "the second half", nor in English a half before a word that it may be part of."""
    words = line.grammar.words["fractions"]
    article = line.word(start) in words["articles"] and line.word(start + 1) in words["halves"]
    at = start + 1 if article else start
    if line.word(at) not in words["halves"] or line.word(at - 1) in words["half_of_time"]:
        return None
    return _percent(start, at + 1, 0.5) if words["half_is_noun"] or _may_follow(line, at + 1) else None


def _may_follow(line: Line, at: int) -> bool:
    """What follows lets a fraction be one, not an ordinal ("a third company") or a part of a word."""
    word = line.word(at)
    return (not word[:1].isalnum() and not line.is_hyphen(at)) or word in line.grammar.words["fractions"]["follow"]


def _parts(line: Line, start: int) -> Quantity | None:
    """ "two-thirds", "een kwart"."""
    words, one = line.grammar.words["fractions"], line.word(start) in line.grammar.words["fractions"]["articles"]
    number = None if one else read_number(line.tokens, start, line.grammar)
    if not one and (number is None or number.digits or number.end > start + 1):
        return None
    above, at = (number.value, number.end) if number else (1.0, start + 1)
    at += line.is_hyphen(at) and line.touches(at)
    below = words["parts"].get(line.word(at))
    if below is None or not above < below or above % 1:
        return None
    return _percent(start, at + 1, above / below) if _is_share(line, at, above) else None


def _is_share(line: Line, at: int, above: float) -> bool:
    """Whether "third" after one number word is a part of a whole rather than an ordinal or a time."""
    words = line.grammar.words["fractions"]
    if line.word(at + 1) in words["not_before"] or _of_scale(line, at + 1):
        return False
    if line.is_hyphen(at + 1) and line.touches(at + 1):
        return False
    return above > 1 or line.word(at) in words["unambiguous"] or _may_follow(line, at + 1)


def _slash(line: Line, start: int) -> Quantity | None:
    """ "1/4 of": digits with a slash, before the word that makes it a share."""
    above, slash, below = (line.word(start + k) for k in range(3))
    if slash != "/" or not (above.isdecimal() and below.isdecimal()) or not line.is_of(start + 3):
        return None
    return _percent(start, start + 3, int(above) / int(below)) if 0 < int(above) < int(below) <= MOST_PARTS else None


def _out_of(line: Line, start: int) -> Quantity | None:
    """ "one in five", "negen van de tien"."""
    number = read_number(line.tokens, start, line.grammar)
    link = _links(line.grammar).at(line.words, number.end) if number else None
    whole = read_number(line.tokens, link[0], line.grammar) if link and link[0] < len(line.tokens) else None
    if (
        not number
        or not whole
        or not 0 < number.value < whole.value <= MOST_PARTS
        or number.value % 1
        or whole.value % 1
    ):
        return None
    mixed = number.digits != whole.digits and (number.digits or whole.value != MOST_IN)  # "four in 10" is written so
    if line.word(number.end) == "in" and (mixed or number.value >= MOST_IN):
        return None
    after = line.over_hyphen(whole.end)
    if line.grammar.units.at(line.words, after) or line.word(after) in line.grammar.scales:
        return None
    duration = patterns(line.grammar)["durations"].fullmatch(line.word(after))
    return None if duration else _percent(start, whole.end, number.value / whole.value)


def _of_percent(line: Line, share: Quantity) -> Quantity:
    """ "one-tenth of one percent" is a tenth of a percent."""
    whole = read_amount(line, share.end + 1) if line.is_of(share.end) and share.end + 1 < len(line.tokens) else None
    if whole and whole.unit in ("percent", "percentage_point") and whole.value == 1:
        return Quantity(share.start, whole.end, share.value / 100, unit=whole.unit)
    return share


def read_percentage(line: Line, start: int) -> Quantity | None:
    """A percentage whose number follows its name, "een percentage van 43,5", where the number counts nothing else."""
    named = _named(line.grammar).at(line.words, start)
    at = named[0] + 1 if named and line.is_of(named[0]) else len(line.tokens)
    number = read_number(line.tokens, at, line.grammar) if at < len(line.tokens) else None
    if number is None or number.value >= MOST_NAMED:
        return None
    after = line.word(number.end)
    counts = after[:1].isalpha() and after not in line.grammar.words["counts"]["stop"]
    if counts or line.grammar.units.at(line.words, line.over_hyphen(number.end)):
        return None
    return Quantity(start, number.end, number.value, unit="percent", digits=number.digits)


@lru_cache(maxsize=4)
def _named(grammar: Grammar) -> Phrases[bool]:
    return grammar.listed(grammar.words["units"]["percent_named"])


@lru_cache(maxsize=4)
def _links(grammar: Grammar) -> Phrases[bool]:
    return grammar.listed(grammar.words["fractions"]["out_of"])
