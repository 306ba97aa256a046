"""Passages with their figures marked by hand, so that the checks are tested without the reader of figures.

`[zo'n 40 miljard|4e10 USD approx from]`: after the bar the value and whatever of unit, qualifier, role, direction,
metric and modality differs from the default; `=` starts a period, `@` a subject, `#` a noun, `-` a range's upper end.
"""

import re
from typing import Any, get_args

from models.records import Direction, Figure, Metric, Modality, Qualifier, Role
from nlp.sentences import Sentence, split

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
_FIELDS = {"qualifier": Qualifier, "role": Role, "direction": Direction, "metric": Metric, "modality": Modality}
_PREFIXES = {"=": "period", "#": "noun"}


def read(marked: str, lang: str) -> tuple[list[Figure], list[Sentence]]:
    """The figures of a marked passage and its sentences."""
    plain = _MARK.sub(lambda m: m[1], marked)
    sentences = split(plain, lang)
    figures, shift = [], 0
    for mark in _MARK.finditer(marked):
        start = mark.start() - shift
        place = next(i for i, s in enumerate(sentences) if s.start <= start < s.end)
        start -= sentences[place].start
        figures.append(
            Figure(text=mark[1], start=start, end=start + len(mark[1]), sentence=place, **_fields(mark[2].split()))
        )
        shift += len(mark[0]) - len(mark[1])
    return figures, sentences


def _fields(words: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"value": float(words[0])}
    for word in words[1:]:
        name = next((n for n, kinds in _FIELDS.items() if word in get_args(kinds)), None)
        if word[0] in _PREFIXES:
            found[_PREFIXES[word[0]]] = word[1:]
        elif word[0] == "@":
            found.setdefault("subjects", []).append(word[1:])
        elif word[0] == "-":
            found.update(value_to=float(word[1:]), qualifier="range")
        elif word == "denied":
            found["denied"] = True
        else:
            found[name or "unit"] = word
    return found
