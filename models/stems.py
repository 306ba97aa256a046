"""Words reduced to their stems, so that "investeringen" finds "investering".

By Snowball's algorithms for Dutch (Porter's) and English, which are those that PostgreSQL calls `dutch` and `english`.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import snowballstemmer

from models.terms import words

LANGUAGES = {"nl": "dutch_porter", "en": "english"}  # ISO 639-1 to Snowball's names
_REMEMBERED = 200_000  # words; the vocabulary of news is small, and a look-up is a hundred times faster


def stems(lang: str | None, text: str | None) -> str:
    """The stems of a text in order, between spaces; in another language than Dutch or English the words themselves."""
    return " ".join(stem(lang, word) for word in words(text or ""))


def every_stem(run: Sequence[str]) -> list[str]:
    """What a run of words may have been reduced to, between spaces: in either language, or in neither."""
    runs = [" ".join(stem(lang, word) for word in run) for lang in (*LANGUAGES, None)]
    return list(dict.fromkeys([*runs, *_other_number(runs[0])]))


def _other_number(dutch: str) -> list[str]:
    """What Porter leaves of the other number of a Dutch noun: zeepbel and zeepbell(en), locatie and locaties."""
    last, before = dutch[-1:], dutch[-2:-1]
    if " " in dutch or not before:
        return []
    if last in "aeiouy":
        return [dutch + "s"]
    if last == "s" and before in "aeiouy":
        return [dutch[:-1], dutch + "s"]
    return [dutch[:-1] if last == before else dutch + last]


@lru_cache(_REMEMBERED)
def stem(lang: str | None, word: str) -> str:
    """The stem of one word in lower case."""
    name = LANGUAGES.get(lang or "")
    return str(_stemmer(name).stemWord(word)) if name else word


@lru_cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
