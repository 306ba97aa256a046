"""The words around a match."""

from collections.abc import Collection, Sequence

from models.stems import every_stem, stem
from models.terms import Term, terms, words

LONGEST = 40  # words
_BEFORE = 12  # of them before the first match


def snippet(typed: str, text: str | None, lang: str | None) -> str | None:
    """At most 40 words of the text, where most of what was typed stands near together; null when none of it does."""
    searched = [term for term in terms(typed) if term.field != "title"]
    parts = (text or "").split()
    hits = {at: term for at, part in enumerate(parts) if (term := _hit(part, searched, lang)) is not None}
    if not hits:
        return None
    best = max(
        hits, key=lambda at: (len({hits[near] for near in range(at, at + LONGEST - _BEFORE) if near in hits}), -at)
    )
    start = max(0, min(best - _BEFORE, len(parts) - LONGEST))
    return (
        ("…" if start else "")
        + " ".join(parts[start : start + LONGEST])
        + ("…" if start + LONGEST < len(parts) else "")
    )


def _hit(part: str, searched: Sequence[Term], lang: str | None) -> int | None:
    """The number of the term that a part of the text belongs to."""
    found = words(part)
    return next((number for number, term in enumerate(searched) if _stands(term, found, lang)), None)


def _stands(term: Term, found: Collection[str], lang: str | None) -> bool:
    if term.prefix:
        return any(word.startswith(term.words[-1]) for word in found)
    if term.exact:
        return any(word in term.words for word in found)
    return any(stem(lang, word) in every_stem([typed]) for word in found for typed in term.words)
