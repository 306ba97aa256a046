"""The time that a figure is about: which of the times that its sentence names is its own."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.figures.clauses import distance
from nlp.figures.grammar import Grammar
from nlp.figures.quantity import Line, Quantity
from nlp.figures.times import RESOLVERS, Said, period_patterns, publication

# distances in characters, see `clauses.distance`
FAR = 240  # beyond it a time is not a figure's
OPENING = 25  # a time that opens the sentence holds for all of it
CLOSE = 8  # "230 miljard in 2024": the time belongs to the figure just before it
AFTER = 12  # "346 billion of a year earlier"
OWNED, PASSED, MONTH = (
    90,
    60,
    100,
)  # what it costs that a time is another figure's, lies beyond one, only dates a quarter


@dataclass(frozen=True)
class Time:
    """A time named in a sentence, None where it cannot be resolved. `span`: the stretch of a change; `compared`: what
    something is compared with; `beside`: a month beside a quarter ("the quarter that ended in July")."""

    period: str | None
    start: int
    end: int
    span: bool = False
    compared: bool = False
    beside: bool = False


def times(line: Line, published: str | None) -> list[Time]:
    """The times that a sentence names, in order of place, not overlapping."""
    future = line.grammar.pattern("modality", "forecast").search(line.lower) is not None
    words, today, found = line.grammar.words["period"], publication(published), list[Time]()
    taken = [False] * len(line.lower)
    for kind, pattern in period_patterns(line.grammar):
        for match in pattern.finditer(line.lower):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            period = RESOLVERS[kind](Said(match, words, today, future))
            beside = kind == "months" and any(t.period and "Q" in t.period for t in found)
            compared = _is_compared(line, kind, match.start())
            found.append(Time(period, match.start(), match.end(), kind == "past", compared, beside))
    return _joined(line, sorted(found, key=lambda t: t.start))


def _is_compared(line: Line, kind: str, start: int) -> bool:
    """Whether something is compared with a time: "than in 2024", "highest since 2008", "its March valuation"."""
    before = line.lower[:start].rstrip()
    ending = _endings(line.grammar)
    if kind == "year_ago" or (kind == "months" and ending["attribute"].search(before)):
        return True
    return ending["compared"].search(before) is not None or (
        kind == "since" and ending["record"].search(before) is not None
    )


@lru_cache(maxsize=4)
def _endings(grammar: Grammar) -> dict[str, re.Pattern[str]]:
    """What stands right before a time: of comparison, of a record, of an attribute, of the beginning of a stretch."""
    words = grammar.words["period"]
    return {key: re.compile(rf"(?<!\w)(?:{words[key]})$") for key in ("compared", "record", "attribute", "stretch")}


def _joined(line: Line, found: list[Time]) -> list[Time]:
    """Make one of "between the third quarter of 2024 and the third quarter of 2025"."""
    merged: list[Time] = []
    for time in found:
        last = merged[-1] if merged else None
        if last and last.period and time.period and _is_stretch(line, last, time):
            merged[-1] = replace(last, period=f"{last.period}/{time.period}", end=time.end, compared=False)
        else:
            merged.append(time)
    return merged


def _is_stretch(line: Line, a: Time, b: Time) -> bool:
    joined = line.grammar.pattern("period", "joined").fullmatch(line.lower[a.end : b.start].strip())
    if "/" in f"{a.period}{b.period}" or not joined:
        return False
    return _endings(line.grammar)["stretch"].search(line.lower[: a.start].rstrip()) is not None


def set_periods(line: Line, found: Sequence[Quantity], named: Sequence[Time]) -> list[str | None]:
    """The period of each figure: the time named nearest to it that may be its own; None where there is none."""
    starts = [line.tokens[q.start].start for q in found]
    owned = [(time, [q for q in found if _follows(line, q, time)]) for time in named]
    return [_period(line, quantity, owned, starts) for quantity in found]


def _period(
    line: Line, quantity: Quantity, owned: Sequence[tuple[Time, list[Quantity]]], starts: Sequence[int]
) -> str | None:
    """`owned`: each time with the figures that it follows right after; `starts`: where the figures stand."""
    own = [(time, owners) for time, owners in owned if _may_be_of(line, quantity, time, owners)]
    away = [_away(line, quantity, time, owners, starts) for time, owners in own]
    nearest = min(range(len(own)), key=away.__getitem__, default=None)
    return own[nearest][0].period if nearest is not None and away[nearest] < FAR else None


def _may_be_of(line: Line, quantity: Quantity, time: Time, owners: Sequence[Quantity]) -> bool:
    if time.span and quantity.role in ("from", "to"):
        return False
    if time.compared and (quantity.unit == "x" or not _adjoins(line, line.span(quantity), time)):
        return False
    # "the double of last year": what the multiple compares with
    return not any(o is not quantity and o.unit == "x" for o in owners)


def _adjoins(line: Line, span: tuple[int, int], time: Time) -> bool:
    """ "two years ago 25 employees", "346 billion of a year earlier", but not "12% higher than a year earlier"."""
    if 0 <= span[0] - time.end <= 1:
        return True
    return 0 <= time.start - span[1] <= AFTER and not line.grammar.pattern("period", "comparing").search(
        line.lower, span[1], time.start
    )


def _follows(line: Line, quantity: Quantity, time: Time) -> bool:
    return 0 <= time.start - line.span(quantity)[1] <= CLOSE


def _away(line: Line, quantity: Quantity, time: Time, owners: Sequence[Quantity], starts: Sequence[int]) -> int:
    span = line.span(quantity)
    passed = _inside(starts, span[1], time.start) + _inside(starts, time.end, span[0])
    later = time.start > span[1]
    away = distance(line.boundaries, span, (time.start, time.end)) + MONTH * time.beside
    away += PASSED * passed * (2 if later else 1)
    if later and any(span[1] <= at < time.start for at, _ in line.breaks):
        away += OWNED
    if owners and owners[0] is not quantity:
        away += OWNED
    return min(away, FAR - 1) if time.start <= OPENING else away


def _inside(starts: Sequence[int], start: int, end: int) -> int:
    """How many figures stand between two places."""
    return max(0, bisect_left(starts, end) - bisect_left(starts, start))
