"""What neighbouring quantities lend each other: ranges, from-to pairs, and a scale or unit that is written once."""

from functools import lru_cache

from nlp.figures.grammar import Grammar, Phrases
from nlp.figures.quantity import Line, Quantity

MOST_TIMES = 1000  # a scale is not shared between amounts further apart than this


def link(line: Line, found: list[Quantity]) -> list[Quantity]:
    """The quantities with ranges made one, pairs marked, scales and units shared. In order of place."""
    merged = _ranges(line, found)
    _pairs(line, merged)
    _lists(line, merged)
    return merged


def _ranges(line: Line, found: list[Quantity]) -> list[Quantity]:
    merged: list[Quantity] = []
    for quantity in found:
        if merged and _is_range(line, merged[-1], quantity):
            _merge(merged[-1], quantity)
        else:
            merged.append(quantity)
    return merged


def _is_range(line: Line, a: Quantity, b: Quantity) -> bool:
    if a.shape != "number" or b.shape != "number" or a.value_to is not None or not 0 < b.start - a.end <= 3:
        return False
    if a.unit and b.unit and a.unit != b.unit or a.bare and b.bare and (_year(line, a) or _year(line, b)):
        return False
    separator = line.words[a.end : b.start]
    if not _separates(line, a, b, tuple(separator)):
        return False
    low, high = a.value, b.value
    if a.scale == 1 and b.scale > 1 and (a.unit is None or a.is_money) and low * b.scale < high:
        low *= b.scale
    return low < high


def _separates(line: Line, a: Quantity, b: Quantity, separator: tuple[str, ...]) -> bool:
    kind = separators(line.grammar).at(separator, 0)
    if kind is None or kind[0] != len(separator):
        return False
    if kind[1] == "and":
        return a.between
    if kind[1] == "or":
        return a.bare and not b.bare
    if separator[0] in ("-", "–", "—", "~"):
        return line.touches(b.start) or line.tokens[a.end].spaced
    if a.preposition == "from":
        return bool(stretches(line))
    return not (a.unit and b.unit and _after_change(line, a)) or a.between


def _after_change(line: Line, quantity: Quantity) -> bool:
    before = line.lower[: line.tokens[quantity.lead].start].rstrip()
    return any(
        m.end() == len(before) or not before[m.end() :].strip(" ,") for p in changes(line.grammar) for m in p.finditer(before[-30:] and before, max(0, len(before) - 30))
    ) or quantity.preposition == "by"


def _merge(a: Quantity, b: Quantity) -> None:
    """Make `a` the range from it to `b`."""
    if a.scale == 1 and b.scale > 1 and a.value * b.scale < b.value:
        a.value, a.scale = a.value * b.scale, b.scale
    a.value_to, a.unit, a.scale = b.value, a.unit or b.unit, max(a.scale, b.scale)
    if b.unit == "W" and a.value < b.value / MOST_TIMES:
        a.value *= _watts(b)
    a.end, a.qualifier = b.end, "range"


def _watts(b: Quantity) -> float:
    return next((f for f in (1e12, 1e9, 1e6, 1e3) if b.value >= f), 1.0)


def _year(line: Line, quantity: Quantity) -> bool:
    text = line.tokens[quantity.start].text
    return quantity.scale == 1 and len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100


def _pairs(line: Line, found: list[Quantity]) -> None:
    """Mark "from … to …" in neighbours and let them share."""
    for a, b in zip(found, found[1:], strict=False):
        if a.preposition == "from" and b.preposition == "to" and _compatible(a, b) and not _year(line, a) and not _year(line, b):
            a.role, b.role = "from", "to"
            a.partner, b.partner = b, a
            _share(a, b)
            _share(b, a)


def _compatible(a: Quantity, b: Quantity) -> bool:
    return a.unit is None or b.unit is None or a.unit == b.unit


def _lists(line: Line, found: list[Quantity]) -> None:
    """ "3 en 5 procent": a bare number takes the unit of the next in its list."""
    for a, b in reversed(list(zip(found, found[1:], strict=False))):
        gap = line.words[a.end : b.lead]
        joined = gap and all(w in (",", "and", "en", "or", "of", "respectievelijk", "respectively") for w in gap)
        if a.bare and joined and not b.bare and not _year(line, a) and a.shape == b.shape == "number" and b.digits == a.digits:
            _share(a, b)
            a.partner = b


def _share(a: Quantity, b: Quantity) -> None:
    """Give `a` what it lacks: the scale of `b` when it has none of its own, and its unit."""
    if a.unit is None and a.scale == 1 and b.scale > 1 and a.value * b.scale <= b.value * MOST_TIMES and a.shape == "number":
        a.value, a.scale = a.value * b.scale, b.scale
    if a.unit is None and b.unit is not None:
        a.unit = b.unit
        if b.unit == "W":
            a.value *= _watts(b)
        if b.unit == "count":
            a.noun = b.noun


@lru_cache(maxsize=4)
def separators(grammar: Grammar) -> Phrases[str]:
    """What stands between the ends of a range, with its kind: to, and, or."""
    return grammar.marked(grammar.words["ranges"])


def stretches(line: Line) -> bool:
    """A word such as "ranging" makes of "from … to …" a range."""
    return line.grammar.pattern("roles", "stretch").search(line.lower) is not None


def changes(grammar: Grammar):
    """Patterns of words of change: up, down, either."""
    return [grammar.pattern("roles", key) for key in ("up", "down", "shift")]
