"""The words around a match."""

from collections.abc import Callable, Sequence
from functools import partial

from models.stems import every_stem, stem
from models.terms import Term, terms, words

LONGEST = 40  # words
_BEFORE = 12  # of them before the first match

Stands = Callable[[str], bool]  # whether a word of the text is one that was looked for


def snippet(typed: str, text: str | None, lang: str | None) -> str | None:
    """At most 40 words of the text, where most of what was typed stands near together; null when none of it does."""
    searched = [_finder(term, lang) for term in terms(typed) if term.field != "title"]
    parts = (text or "").split()
    hits = {at: term for at, part in enumerate(parts) if (term := _hit(part, searched)) is not None}
    if not hits:
        return None
    reach = LONGEST - _BEFORE
    best = max(hits, key=lambda at: (len({hits[near] for near in range(at, at + reach) if near in hits}), -at))
    start = max(0, min(best - _BEFORE, len(parts) - LONGEST))
    end = start + LONGEST
    return ("…" if start else "") + " ".join(parts[start:end]) + ("…" if end < len(parts) else "")


def _hit(part: str, searched: Sequence[Stands]) -> int | None:
    """The number of the term that a part of the text belongs to."""
    found = words(part)
    return next((number for number, stands in enumerate(searched) if any(map(stands, found))), None)


def _finder(term: Term, lang: str | None) -> Stands:
    if term.prefix:
        return partial(_begins, term.words[-1])
    if term.exact:
        return frozenset(term.words).__contains__
    stems = frozenset(form for typed in term.words for form in every_stem([typed]))
    return lambda word: stem(lang, word) in stems


def _begins(beginning: str, word: str) -> bool:
    return word.startswith(beginning)
