"""What a reader types in the search field, as terms that must all occur.

Words stand for all their forms, "a phrase" as it stands, `prefix*` for the beginning of a word; `title:` and `text:`
(`titel:`, `tekst:`) say where. Everything else is punctuation, so nothing that is typed can be a syntax error.
"""

import re
from dataclasses import dataclass
from typing import Literal

Field = Literal["title", "text"]
FIELDS: dict[str, Field] = {"title": "title", "titel": "title", "text": "text", "tekst": "text"}

_TERM = re.compile(r'(?:(title|titel|text|tekst):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """Words that stand side by side, in a field or in either; `exact` as typed, not in other forms."""

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    field: Field | None = None


def terms(typed: str) -> list[Term]:
    """The terms in what was typed; none when nothing in it could occur in a text."""
    return [term for field, phrase, word in _TERM.findall(typed) if (term := _term(field, phrase, word)).words]


def words(text: str) -> list[str]:
    """The words of a text in lower case, as the search indexes cut them."""
    return _WORD.findall(text.lower())


def _term(field: str, phrase: str, word: str) -> Term:
    typed = phrase or word
    return Term(tuple(words(typed)), bool(phrase), typed.rstrip().endswith("*"), FIELDS.get(field.lower()))
