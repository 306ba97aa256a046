"""The part a figure plays in a change (from, to, by), and the direction of the change."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from models.records import Direction
from nlp.figures.clauses import clause
from nlp.figures.quantity import Line, Quantity

JOINED = 5  # tokens between two figures that one verb governs
CHANGES: tuple[tuple[str, Direction | None], ...] = (("up", "up"), ("down", "down"), ("shift", None))


class Change(NamedTuple):
    """A word of change where it stands; a mere shift ("went") has no direction."""

    start: int
    end: int
    direction: Direction | None


def set_roles(line: Line, found: Sequence[Quantity]) -> None:
    """Set `role` and `direction` of each quantity, and the qualifier `at_most` that "tot" means outside a change."""
    changes = _changes(line)
    for quantity in found:
        start, end = clause(line.breaks, line.span(quantity))
        near = [c for c in changes if start <= c.start < end]
        if quantity.role == "level":
            _set_role(line, quantity, near)
        _until(line, quantity)
        if quantity.role != "level":
            quantity.direction = _direction(line, quantity, near or changes)
    _coordinate(line, found)


def _changes(line: Line) -> list[Change]:
    found = [
        Change(m.start(), m.end(), direction)
        for key, direction in CHANGES
        for m in line.grammar.pattern("roles", key).finditer(line.lower)
    ]
    return sorted(found, key=lambda c: (c.start, c.end))


def _set_role(line: Line, quantity: Quantity, near: list[Change]) -> None:
    before = [c for c in near if c.start < line.span(quantity)[0]]
    if quantity.preposition == "to" and before:
        quantity.role = "to"
    elif quantity.preposition == "from" and near and line.grammar.words["roles"]["from_alone"]:
        quantity.role = "from"
    elif quantity.unit == "x":
        compared = line.grammar.pattern("period", "year_ago").search(line.lower)
        quantity.role = "by" if quantity.shape == "multiple" or near or compared else "level"
    elif _direction_after(line, quantity) or _is_difference(line, quantity, before):
        quantity.role = "by"


def _is_difference(line: Line, quantity: Quantity, before: list[Change]) -> bool:
    """Whether the word of change before a figure governs it: "fell 4%", "a gain of 0.68%", "steeg met 3 miljard"."""
    directed = [c for c in before if c.direction]
    if not directed:
        return False
    gap = line.lower[directed[-1].end : line.span(quantity)[0]]
    if quantity.preposition == "by" or line.grammar.pattern("roles", "governs").fullmatch(gap.strip()):
        return True
    relative = quantity.unit in ("percent", "percentage_point", "basis_point")
    share = line.is_of(quantity.end) or line.is_hyphen(quantity.end)
    return relative and not share and not line.grammar.pattern("roles", "held").search(gap)


def _direction_after(line: Line, quantity: Quantity) -> Direction | None:
    """The direction that words after a figure give it: "5 procent hoger"; "op" only of a percentage."""
    words = line.grammar.words["roles"]
    after = line.word(quantity.end)
    if after in words["after_up"] or (after in words["percent_up"] and quantity.unit == "percent"):
        return "up"
    if after in words["after_down"]:
        return "down"
    return {"higher": "up", "hoger": "up", "lower": "down", "lager": "down"}.get(line.word(quantity.end + 1))  # type: ignore[return-value]


def _until(line: Line, quantity: Quantity) -> None:
    until = line.word(quantity.lead - 1) in line.grammar.words["qualifiers"]["until"]
    if until and quantity.qualifier is None and quantity.role != "to":
        quantity.qualifier, quantity.lead = "at_most", quantity.lead - 1


def _direction(line: Line, quantity: Quantity, changes: list[Change]) -> Direction | None:
    if quantity.partner and quantity.role in ("from", "to") and quantity.value != quantity.partner.value:
        grows = (quantity.value < quantity.partner.value) == (quantity.role == "from")
        return "up" if grows else "down"
    if quantity.shape == "multiple":
        return "up" if quantity.value > 1 else "down"
    after, (start, end) = _direction_after(line, quantity), line.span(quantity)
    directed = [c for c in changes if c.direction]
    nearest = min(directed, key=lambda c: max(c.start - end, start - c.end), default=None)
    return after or (nearest.direction if nearest else "up" if quantity.unit == "x" else None)


def _coordinate(line: Line, found: Sequence[Quantity]) -> None:
    """ "zakte Nvidia 3,5% en Palantir 10%": the second shares the verb of the first."""
    joining = (",", *line.grammar.words["links"]["and"], *line.grammar.words["links"]["against"])
    for a, b in pairwise(found):
        gap = line.words[a.end : b.lead]
        joined = len(gap) <= JOINED and any(w in joining for w in gap) and not line.is_of(b.end)
        if joined and a.role == "by" and b.role == "level" and a.unit == b.unit == "percent":
            b.role, b.direction = a.role, a.direction
