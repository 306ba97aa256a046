"""The periods that a sentence names, and the two ends of a change in time."""

import re
from typing import NamedTuple

from nlp.checks.passage import Cited, Passage
from nlp.checks.windows import span
from nlp.figures.grammar import grammar
from nlp.figures.period import times
from nlp.figures.quantity import Line

_TWO = 2
_YEAR = 4  # quarters
_BESIDE = 25  # characters between a figure and a period that belong together
_RIGHT_AFTER = 8  # characters
_BASES = ("base_period", "vague_period", "same", "cumulative")
_ARTICLE = re.compile(r"\s(?:the|het|de)\s*$", re.IGNORECASE)


class Mention(NamedTuple):
    """A period of whole quarters that a sentence names; a base when words like "than in" or "early" stand with it."""

    period: str
    is_base: bool
    start: int = 0
    end: int = 0


def mentions(passage: Passage, sentence: int) -> list[Mention]:
    """The different quarters, half-years and years of a sentence, in order; "from 2023 to 2025" gives both ends."""
    line = Line(passage.sentences[sentence], [], grammar(passage.lang))
    published = passage.published.isoformat() if passage.published else None
    found: dict[str, Mention] = {}
    for time in times(line, published):
        if time.period is None or passage.wording.has("earlier", line.text[time.start : time.end]):
            continue  # "a year earlier" counts from the period of the figure, not from the day of publication
        first, _, last = time.period.partition("/")
        ends = [first, last] if last and span(first) and span(last) and not time.span else [time.period]
        if last == "..":
            ends = [first]
        lead = line.text[: time.start]
        opens = len(lead.split()) <= 1  # "Over 2025 as a whole"
        compared = time.compared and not opens and not passage.wording.ends("about_period", lead)
        leads = (lead, _ARTICLE.sub("", lead))
        base = compared or last == ".." or any(passage.wording.ends(n, x) for n in _BASES for x in leads)
        for end in ends:
            if span(end):
                found.setdefault(end, Mention(end, base, time.start, time.end))
    return list(found.values())


def is_timeless(passage: Passage, sentence: int) -> bool:
    """Whether a sentence names no time of its own, "a year earlier" aside."""
    line = Line(passage.sentences[sentence], [], grammar(passage.lang))
    published = passage.published.isoformat() if passage.published else None
    named = (line.text[t.start : t.end] for t in times(line, published))
    return all(passage.wording.has("earlier", text) for text in named)


def is_clear(passage: Passage, cited: Cited, period: str | None, quarters: int) -> bool:
    """Whether it is beyond doubt that a figure is about a period: the only one named, or the one that it stands at.

    A sentence that names a year and speaks of quarters leaves doubt, as do several years taken together, and a period
    that it does not name itself ("a year before").
    """
    text, figure = passage.text(cited), cited.figure
    parts = any(passage.wording.has(name, text) for name in ("quarterly", "in_months"))
    if quarters > _YEAR or (quarters == _YEAR and parts):
        return False
    named = mentions(passage, figure.sentence)
    own = [m for m in named if m.period == period]
    gaps = [text[figure.end : m.start] if m.start >= figure.end else text[m.end : figure.start] for m in own]
    others = [m for m in named if m.period != period and not _is_of_another(passage, cited, m)]
    return (bool(own) and not others) or any(len(gap) <= _BESIDE for gap in gaps)


def _is_of_another(passage: Passage, cited: Cited, mention: Mention) -> bool:
    """Whether a period stands right after another amount: "72 billion, against 32 billion in 2023"."""
    row = (c for c in passage.row(cited.figure.sentence) if c is not cited and c.figure.start > cited.figure.end)
    return any(0 <= mention.start - c.figure.end <= _RIGHT_AFTER for c in row)


def base_and_new(passage: Passage, cited: Cited) -> tuple[str | None, str | None]:
    """The period that a change starts from and the one that it ends in, each none where the text does not say."""
    here = mentions(passage, cited.figure.sentence)
    before = _pointed_at(passage, cited)
    if not here:
        return _ends(passage, before, cited.figure.sentence - 1) if before else (None, cited.figure.period)
    if len(here) > 1 or not here[0].is_base:
        return _ends(passage, here, cited.figure.sentence)
    new = [m.period for m in before if not m.is_base and m.period != here[0].period]
    return (here[0].period, new[-1]) if new else (None, None)


def _ends(passage: Passage, named: list[Mention], sentence: int) -> tuple[str | None, str | None]:
    """Both ends where two periods are named, the last one where there is one; nothing where it is not clear."""
    if len(named) == 1:
        return None, None if named[0].is_base else named[0].period
    if len(named) != _TWO or all(m.is_base for m in named):
        return None, None
    first, last = sorted(named, key=lambda m: (span(m.period) or (0,))[0])
    if last.is_base and not first.is_base:  # "in 2023 it was lower than in 2025"
        return None, None
    old, new = first.period, last.period
    if len(span(old) or ()) == len(span(new) or ()):
        return old, new
    part, year = sorted((old, new), key=lambda p: len(span(p) or ()))
    if not year.isdigit() or year >= part[:4]:
        return None, part
    same = passage.wording.has("same", passage.sentences[sentence])  # "... the same period of 2024"
    return (part.replace(part[:4], year), part) if same else (None, None)


def _pointed_at(passage: Passage, cited: Cited) -> list[Mention]:
    """The periods of the sentence before, where the figure's own sentence points back to it."""
    here = cited.figure.sentence
    if here == 0 or not passage.wording.starts("anaphora", passage.sentences[here]):
        return []
    return mentions(passage, here - 1)
