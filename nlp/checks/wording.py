"""The words of a language that checks go by, from `nlp/data/checks-<lang>.toml`."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from math import inf
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_BORDER = 60  # characters that the border of a clause counts for
_COMMA = re.compile(r"[,;:(–—]\s")
_SHORT = 3  # letters of words too common to tie two sentences together
_PLAIN = str.maketrans("’‘`", "'''")


class Wording:
    """The word lists, phrases and texts of one language."""

    def __init__(self, lang: str) -> None:
        self._data: dict[str, Any] = tomllib.loads(
            files("nlp.data").joinpath(f"checks-{lang}.toml").read_text(encoding="utf-8")
        )
        self.lang = lang
        self.texts: dict[str, Any] = self._data["texts"]
        self.ordinals: list[str] = self._data["ordinals"]
        self.cardinals: dict[str, int] = self._data["cardinals"]
        self._light = frozenset(self._data["light"].split())
        self._plain = frozenset(self._data["plain"].split())
        self._patterns = {name: _either(phrases) for name, phrases in self._data.items() if isinstance(phrases, list)}
        counts = "|".join(self.cardinals)
        self._years = re.compile(rf"(?<!\w)({counts}|[1-9]) (?:{self._data['year_words']})(?!\w)")

    def has(self, name: str, text: str) -> bool:
        """Whether one of the phrases of a list is in the text."""
        return self._patterns[name].search(plain(text)) is not None

    def find(self, name: str, text: str) -> list[re.Match[str]]:
        """Where the phrases of a list stand in the text."""
        return list(self._patterns[name].finditer(plain(text)))

    def starts(self, name: str, text: str) -> bool:
        """Whether the text opens with one of the phrases of a list, punctuation aside."""
        return self._patterns[name].match(plain(text).lstrip(" ,;:–—-(")) is not None

    def ends(self, name: str, text: str) -> bool:
        """Whether the text closes with one of the phrases of a list, punctuation aside."""
        trimmed = plain(text).rstrip(" ,;:–—-(")
        return any(m.end() == len(trimmed) for m in self._patterns[name].finditer(trimmed))

    def is_plain(self, text: str) -> bool:
        """Whether every word of the text is a light one or one of those that reports of spending are made of."""
        return all(w.removesuffix("'s") in self._light | self._plain for w in words(text))

    def is_light(self, text: str, known: str = "") -> bool:
        """Whether every word of the text is a light one, or a longer one that `known` has too."""
        seen = set(words(known))
        return all(w in self._light or (w in seen and len(w) > _SHORT) for w in words(text))

    def years(self, text: str) -> int | None:
        """How many years a text like "in twee jaar tijd" spans."""
        found = self._years.search(plain(text))
        return (self.cardinals.get(found[1]) or int(found[1])) if found else None

    def year_kind(self, text: str) -> dict[str, bool]:
        """Whether a text speaks of the fiscal or the calendar year; months by name are the calendar's."""
        return {"fiscal": self.has("fiscal", text), "calendar": self.has("calendar", text)}

    def distance(self, name: str, text: str, start: int, end: int) -> float:
        """Characters from a stretch of the text to the nearest phrase of a list, more so across the border of a clause.

        Infinite where there is none.
        """
        lower = plain(text)
        found = self._patterns[name].finditer(lower)
        gaps = (lower[m.end() : start] if m.end() <= start else lower[end : m.start()] for m in found)
        return min((len(gap) + _BORDER * self._borders(gap) for gap in gaps), default=inf)

    def _borders(self, gap: str) -> int:
        return sum(len(p.findall(gap)) for p in (_COMMA, self._patterns["contrast"], self._patterns["joins"]))

    def numbers(self, text: str) -> set[int]:
        """The small cardinals in the text, as numbers."""
        return {self.cardinals[w] for w in words(text) if w in self.cardinals}


@lru_cache(maxsize=4)
def wording(lang: str) -> Wording:
    """The wording of a language, read once. `lang` is nl or en."""
    return Wording(lang)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without digits and signs."""
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """Lower case with straight apostrophes; every character keeps its place."""
    lower = text.translate(_PLAIN).lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_PLAIN))


def _either(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\*", r"\w*") for p in longest_first) + r")(?!\w)")
