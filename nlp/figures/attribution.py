"""Who says a figure: "volgens X", "X said", "aldus X"."""

import re
from functools import lru_cache

from nlp.figures.grammar import Grammar
from nlp.figures.quantity import Line
from nlp.orgs import Mention

NAME = r"(?:[A-Z][\w.&’'-]*(?: (?:de|van|der|den|of|and|&|[A-Z][\w.&’'-]*)){0,4})"


@lru_cache(maxsize=4)
def _patterns(grammar: Grammar) -> list[re.Pattern[str]]:
    words = grammar.words["attribution"]
    before, verbs, voices = ("|".join(words[k]) for k in ("before", "verbs", "voices"))
    no_name = "|".join(words["no_name"])
    who = rf"(?P<who>(?-i:(?!(?:{no_name})\b){NAME})|{voices})"
    return [
        re.compile(rf"(?i)\b(?:{before}) (?:(?:de|het|the|a|an|een) )?(?:\w+ ){{0,2}}?{who}"),
        re.compile(rf"(?i)\b{who}(?:'s|’s)?(?: \w+)? (?:{verbs})\b"),
        re.compile(rf"(?i)\b(?:{verbs}) (?:(?:de|het|the) )?{who}"),
    ]


def speaker(line: Line, named: list[Mention]) -> str | None:
    """The one voice that a sentence gives its figures, as written; an organisation by its canonical name."""
    for pattern in _patterns(line.grammar):
        match = pattern.search(line.text)
        if match:
            inside = [m for m in named if match.start("who") <= m.start < match.end("who")]
            return inside[0].name if inside else match["who"].strip(" .,")
    return None


def sources(line: Line, named: list[Mention]) -> set[Mention]:
    """The organisations that a sentence names as voices rather than as subjects."""
    found: set[Mention] = set()
    for pattern in _patterns(line.grammar):
        for match in pattern.finditer(line.text):
            found |= {m for m in named if match.start("who") <= m.start < match.end("who")}
    return found
