"""The part a figure plays in a change (from, to, by), and the direction of the change."""

import re
from itertools import pairwise

from models.records import Direction
from nlp.figures.clauses import clause
from nlp.figures.quantity import Line, Quantity

JOINED = 5  # tokens between two figures that one verb governs


def set_roles(line: Line, found: list[Quantity]) -> None:
    """Set `role` and `direction` of each quantity, and the qualifier `at_most` that "tot" means outside a change."""
    if not found:
        return
    words = _changes(line)
    for quantity in found:
        span = line.span(quantity)
        near = _in_clause(line, span, words)
        if quantity.role == "level":
            _set_role(line, quantity, span, near)
        _until(line, quantity)
        if quantity.role != "level":
            quantity.direction = _direction(line, quantity, span, near or words)
    _coordinate(line, found)


def _coordinate(line: Line, found: list[Quantity]) -> None:
    """ "zakte Nvidia 3,5% en Palantir 10%": the second shares the verb of the first."""
    for a, b in pairwise(found):
        gap = line.words[a.end : b.lead]
        joined = any(w in ("and", "en", "against", "tegen", ",") for w in gap) and len(gap) <= JOINED
        if a.role == "by" and b.role == "level" and a.unit == b.unit == "percent" and joined and line.word(b.end) not in ("of", "van"):
            b.role, b.direction = a.role, a.direction


Change = tuple[int, int, Direction | None]


def _changes(line: Line) -> list[Change]:
    """(start, end, direction) of the words of change in a sentence; direction None for a mere shift."""
    found: list[Change] = []
    for key, direction in (("up", "up"), ("down", "down"), ("shift", None)):
        found += [(m.start(), m.end(), direction) for m in line.grammar.pattern("roles", key).finditer(line.lower)]  # type: ignore[misc]
    return sorted(found, key=lambda c: c[:2])


def _in_clause(line: Line, span: tuple[int, int], words: list[Change]) -> list[Change]:
    start, end = clause(line.breaks, span)
    return [w for w in words if start <= w[0] < end]


def _set_role(line: Line, quantity: Quantity, span: tuple[int, int], near: list[Change]) -> None:
    before = [w for w in near if w[0] < span[0]]
    if quantity.preposition == "to" and before:
        quantity.role = "to"
    elif quantity.preposition == "from" and near and line.word(quantity.lead - 1) == "from":
        quantity.role = "from"
    elif quantity.unit == "x":
        quantity.role = "by" if quantity.shape == "multiple" or near or _than_before(line) else "level"
    elif _is_difference(line, quantity, span, before):
        quantity.role = "by"


def _is_difference(line: Line, quantity: Quantity, span: tuple[int, int], before: list[Change]) -> bool:
    if _direction_after(line, quantity):
        return True
    directed = [w for w in before if w[2] is not None]
    if not directed:
        return False
    if quantity.preposition == "by":
        return True
    gap = line.lower[directed[-1][1] : span[0]]
    if OF.fullmatch(gap) or len(gap.strip()) == 0:
        return True
    share = line.word(quantity.end) in ("of", "van", "der", "-")
    return quantity.unit in ("percent", "percentage_point", "basis_point") and not share and not HELD.search(gap)


OF = re.compile(r"\s*(?:of|van|met|by|about|a|an|een)?\s*(?:\w+\s)?")
HELD = re.compile(r"\b(?:to|at|naar|tot|op|is|was|of|van|bij|from)\s*(?:\S+\s*)?$")


def _direction_after(line: Line, quantity: Quantity) -> Direction | None:
    words = line.grammar.words["roles"]
    for at in (quantity.end, quantity.end + 1):
        word = line.word(at)
        if word in words["after_up"] and (at == quantity.end or word in ("higher", "lower", "hoger", "lager")):
            return "up" if not _verb_particle(line, at, quantity) else None
        if word in words["after_down"] and (at == quantity.end or word in ("higher", "lower", "hoger", "lager")):
            return "down"
    return None


def _verb_particle(line: Line, at: int, quantity: Quantity) -> bool:
    """ "haalde 2 miljard op" raises money; only "liep 5 procent op" is a change."""
    return line.word(at) in ("op", "toe", "up", "plus", "winst", "gain", "above") and quantity.unit != "percent" or line.word(at) in ("growth", "groei") and quantity.unit != "percent"


def _than_before(line: Line) -> bool:
    return re.search(line.grammar.words["period"]["year_ago"], line.lower) is not None


def _until(line: Line, quantity: Quantity) -> None:
    if quantity.qualifier is None and quantity.role != "to" and line.word(quantity.lead - 1) in line.grammar.words["qualifiers"]["until"]:
        quantity.qualifier, quantity.lead = "at_most", quantity.lead - 1


def _direction(line: Line, quantity: Quantity, span: tuple[int, int], words: list[Change]) -> Direction | None:
    if quantity.partner and quantity.role in ("from", "to"):
        low, high = (quantity, quantity.partner) if quantity.role == "from" else (quantity.partner, quantity)
        if low.value != high.value:
            return "up" if high.value > low.value else "down"
    if quantity.shape == "multiple":
        return "up" if quantity.value > 1 else "down"
    after = _direction_after(line, quantity)
    if after:
        return after
    directed = [w for w in words if w[2] is not None]
    nearest = min(directed, key=lambda w: max(w[0] - span[1], span[0] - w[1]), default=None)
    return nearest[2] if nearest else ("up" if quantity.unit == "x" else None)
