"""Words before and after a quantity that qualify it ("bijna", "up to", "of meer"), and the preposition before those."""

from functools import lru_cache
from typing import Literal, cast

from models.records import Qualifier
from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.quantity import Line, Quantity

PREPOSITIONS: tuple[Literal["from", "to", "by"], ...] = ("from", "to", "by")


def qualify(line: Line, quantity: Quantity) -> None:
    """Set `qualifier`, `lead`, `between`, `preposition`, and widen `end` over a qualifier that follows."""
    start = _before(line, quantity)
    for name in PREPOSITIONS:
        if line.word(start - 1) in line.grammar.words["roles"][name]:
            quantity.preposition = name
            break
    if quantity.qualifier is None or quantity.qualifier == "range":
        qualify_after(line, quantity)


def _before(line: Line, quantity: Quantity) -> int:
    """Read the words before a quantity; the index where they begin, colouring words ("maar liefst") included."""
    at = quantity.start
    ranges = between(line.grammar).before(line.words, at)
    if ranges:
        quantity.between, quantity.lead = True, ranges[0]
        return ranges[0]
    for _ in range(3):
        found = before(line.grammar).before(line.words, at)
        if found and quantity.shape != "vague":
            quantity.qualifier, quantity.lead = quantity.qualifier or cast(Qualifier, found[1]), found[0]
            at = found[0]
            continue
        if found:
            return found[0]
        coloured = colour(line.grammar).before(line.words, at)
        if not coloured or quantity.lead < quantity.start:
            break
        at = coloured[0]
    return at


def qualify_after(line: Line, quantity: Quantity) -> None:
    """A qualifier after a quantity: "of meer", "or so", "plus"; it belongs to the span."""
    found = after(line.grammar).at(line.words, quantity.end)
    if found is None or (quantity.unit is None and not quantity.noun and quantity.scale == 1):
        return
    end, name = found
    follows = line.word(end)[:1]
    if line.word(quantity.end) in ("+", "plus") and (
        follows.isdigit() or (line.tokens[quantity.end].spaced and follows)
    ):
        return
    if quantity.shape != "vague":
        quantity.qualifier = cast(Qualifier, name)
        quantity.end = end


@lru_cache(maxsize=4)
def before(grammar: Grammar) -> Phrases[str]:
    """Qualifiers that stand before a number, with their names."""
    return grammar.marked(grammar.words["qualifiers"]["before"])


@lru_cache(maxsize=4)
def after(grammar: Grammar) -> Phrases[str]:
    """Qualifiers that stand after a number and its unit, with their names."""
    return grammar.marked(grammar.words["qualifiers"]["after"])


@lru_cache(maxsize=4)
def colour(grammar: Grammar) -> Phrases[bool]:
    """Words that colour a number without qualifying it; no part of its span."""
    return grammar.phrases(dict.fromkeys(grammar.words["qualifiers"]["colour"], True))


@lru_cache(maxsize=4)
def between(grammar: Grammar) -> Phrases[bool]:
    """ "between", "tussen de": what follows is a range."""
    return grammar.phrases(dict.fromkeys(grammar.words["qualifiers"]["between"], True))
