"""Bare numbers at a place in a sentence: digits in both decimal conventions, fractions of type, number words, halves.

Number words are text2num's, except where it has gaps: halves, "a" before a scale, digits with a scale word.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from text_to_num import text2num

from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.tokens import Token

DIGITS = re.compile(r"[.,]?\d[\d.,]*")
LARGE = ("hundred", "thousand", "honderd", "duizend")
GROUP = 3  # digits between group marks
LONGEST_RUN = 30  # tokens of a number in words
LONGEST_HALF = 8  # tokens of "-and-a-half"


class Number(NamedTuple):
    """A number as it stands, unscaled: tokens [start, end), and whether digits or words write it."""

    start: int
    end: int
    value: float
    digits: bool


def read_number(tokens: list[Token], start: int, grammar: Grammar) -> Number | None:
    """The number that starts at a token, or None. Signs of minus are the caller's."""
    text = tokens[start].text
    if "0" <= text[0] <= "9" or (text[0] in ".," and len(text) > 1):
        return _digits(tokens, start, grammar)
    if text[0] in FRACTIONS:
        return Number(start, start + 1, FRACTIONS[text[0]], digits=True)
    return _words(tokens, start, grammar)


FRACTIONS = {c: unicodedata.numeric(c) for c in "½⅓⅔¼¾⅕⅛⅜⅝⅞"}


def _digits(tokens: list[Token], start: int, grammar: Grammar) -> Number | None:
    value = parse_digits(tokens[start].text, grammar.words["decimal"])
    if value is None:
        return None
    end = start + 1
    if end < len(tokens) and tokens[end].text[0] in FRACTIONS:  # 4⅜
        return Number(start, end + 1, value + FRACTIONS[tokens[end].text[0]], digits=True)
    half = _after(tokens, end, grammar, "and_a_half")
    if half:  # "3 and a half"
        return Number(start, half, value + 0.5, digits=True)
    return Number(start, end, value, digits=True)


def parse_digits(text: str, decimal: str) -> float | None:
    """The value of digits with separators, or None where they make no number ("1.2.3", "12:30").

    A separator is a group mark when it is the language's and every group has three digits, or when it occurs twice.
    """
    group = "," if decimal == "." else "."
    if not DIGITS.fullmatch(text):
        return None
    text = text.rstrip(".,")
    whole, mark, part = text.partition(decimal)
    if mark and decimal not in part and group not in part:
        return float(f"{whole.replace(group, '') or 0}.{part}") if _grouped(whole, group) else None
    if mark and group not in whole + part and all(len(p) == GROUP for p in part.split(decimal)):  # "1,500,000" in Dutch
        return float(text.replace(decimal, ""))
    if mark:
        return None
    if _grouped(text, group):
        return float(text.replace(group, ""))
    return float(text.replace(group, ".")) if text.count(group) == 1 else None


def _grouped(text: str, group: str) -> bool:
    first, *rest = text.split(group)
    return not rest or (1 <= len(first) <= GROUP and first != "0" and all(len(p) == GROUP for p in rest))


def _words(tokens: list[Token], start: int, grammar: Grammar) -> Number | None:
    words = grammar.words["numbers"]
    first = tokens[start].lower
    if first in words["halves"]:
        return Number(start, start + 1, words["halves"][first], digits=False)
    for suffix in words["half_suffix"]:
        if first.endswith(suffix):
            whole = word_value(first.removesuffix(suffix), grammar.lang)
            if whole is not None:
                return Number(start, start + 1, whole + 0.5, digits=False)
    end, said = _run(tokens, start, grammar)
    value = word_value(said, grammar.lang) if said else None
    if value is None:
        return None
    half = _after(tokens, end, grammar, "and_a_half")
    return Number(start, half or end, value + 0.5 if half else value, digits=False)


def _run(tokens: list[Token], start: int, grammar: Grammar) -> tuple[int, str]:
    """The longest run of number words, with the joiners that stand between two of them."""
    pattern, joiners = number_word(grammar), grammar.words["numbers"]["joiners"]
    end, said, last = start, "", min(len(tokens), start + LONGEST_RUN)
    while end < last and tokens[end].lower not in joiners and pattern.fullmatch(tokens[end].lower):
        joined = end > start
        said += (" " if joined else "") + tokens[end].lower
        end += 1
        if end + 1 < len(tokens) and tokens[end].lower in joiners and pattern.fullmatch(tokens[end + 1].lower):
            if tokens[end].lower != "-" and not any(large in said for large in LARGE):
                break  # "two and three" are two numbers, "two hundred and three" is one
            end += 1
    return end, said


@lru_cache(maxsize=4)
def number_word(grammar: Grammar) -> re.Pattern[str]:
    """A word that is made of number morphemes only, such as "driehonderdtwintig"."""
    joined = "|".join(sorted(grammar.words["numbers"]["morphemes"], key=len, reverse=True))
    return re.compile(rf"(?:{joined})+")


@lru_cache(maxsize=4096)
def word_value(said: str, lang: str) -> float | None:
    """The value of number words, or None when they make no number."""
    try:
        return float(text2num(said.replace("eén", "één"), lang))
    except ValueError:
        return None


def _after(tokens: list[Token], start: int, grammar: Grammar, key: str) -> int:
    """The index after one of the phrases of `[numbers] key` that starts there, else 0."""
    found = halves_phrases(grammar, key).at([t.lower for t in tokens[start : start + LONGEST_HALF]], 0)
    return start + found[0] if found else 0


@lru_cache(maxsize=8)
def halves_phrases(grammar: Grammar, key: str) -> Phrases[bool]:
    """The phrases of `[numbers] key`, ready for matching."""
    return grammar.phrases(dict.fromkeys(grammar.words["numbers"][key], True))
