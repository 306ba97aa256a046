"""Whether a figure is a fact, a forecast, a plan, an estimate or a claim, and whether the text denies it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from models.records import Modality
from nlp.figures.clauses import clause, distance
from nlp.figures.grammar import Grammar
from nlp.figures.quantity import Line, Quantity

ORDER: tuple[Modality, ...] = ("planned", "forecast", "estimated", "claimed")
NEAR = 60  # furthest that a noun such as "forecast" stands from the one figure it claims


def set_modalities(
    line: Line, found: list[Quantity], periods: Sequence[str | None], published: str | None
) -> list[Modality]:
    """The modality of each figure; its period and the publication date tell past from future."""
    spans = [line.span(q) for q in found]
    nearest = _claimed_by_nouns(line, spans)
    modes: list[Modality] = [
        "forecast" if i in nearest else _modality(line, s, periods[i], published) for i, s in enumerate(spans)
    ]
    return [_vague(q, mode) for q, mode in zip(found, modes, strict=True)]


def _vague(quantity: Quantity, mode: Modality) -> Modality:
    """ "Honderden miljarden" is a way of speaking: at most a claim, never a reported fact."""
    return "claimed" if quantity.shape == "vague" and mode == "reported" else mode


def _claimed_by_nouns(line: Line, spans: list[tuple[int, int]]) -> set[int]:
    """The figure that each noun of expectation stands nearest to: "the average forecast of 8 trillion won"."""
    cuts, claimed = line.boundaries, set()
    for match in line.grammar.pattern("modality", "nouns").finditer(line.lower):
        away = [distance(cuts, match.span(), s) * (1 if s[0] >= match.start() else 1.4) for s in spans]
        if min(away) <= NEAR:
            claimed.add(away.index(min(away)))
    return claimed


def _modality(line: Line, span: tuple[int, int], period: str | None, published: str | None) -> Modality:
    future, past = _is_future(period, published), _is_past(period, published)
    narrow = clause(line.breaks, span)
    inside = [n for n in ORDER if _finds(line, n, *narrow)]
    if not inside and not line.grammar.pattern("modality", "done").search(line.lower, *narrow):
        inside = [n for n in ORDER if _finds(line, n, *clause(line.breaks, span, wide=True))]
    if future and "planned" not in inside and _finds(line, "planned", 0, len(line.lower)):
        return "planned"
    for name in inside:
        if not (past and name in ("planned", "forecast")):
            return name
    if future:
        return "forecast"
    return next((n for n in ("claimed",) if _finds(line, n, 0, len(line.lower))), "reported")


def _finds(line: Line, name: Modality, start: int, end: int) -> bool:
    return any(start <= m.start() < end and not _is_month(line, m) for m in line.matches("modality", name))


def _is_month(line: Line, match: re.Match[str]) -> bool:
    """ "The year that ended in May": the month, not the verb."""
    return line.text[match.start() : match.end()] == "May" and match.start() > 0


def _last_year(period: str) -> str:
    return period.rsplit("/", 1)[-1][:4]


def _last_month(period: str) -> str:
    """The month in which a period ends, "2024-09" of "2024-Q3"; a year has its last."""
    year, _, part = period.rsplit("/", 1)[-1].partition("-")
    if part[:1] == "Q" and part[1:].isdecimal():
        return f"{year}-{3 * int(part[1:]):02}"
    return f"{year}-{part[:2] or '12'}"


def _is_future(period: str | None, published: str | None) -> bool:
    return bool(period and published and _last_year(period).isdecimal() and _last_year(period) > published[:4])


def _is_past(period: str | None, published: str | None) -> bool:
    """Whether a period has ended before the month of publication, or the year where only that is known."""
    if not (period and published and _last_year(period).isdecimal()):
        return False
    return _last_year(period) < published[:4] or _last_month(period) < published[:7]


def denied(line: Line, quantity: Quantity) -> bool:
    """Whether the text says that a figure is not so: a negation right before it, or a verb of denial before that."""
    start = line.tokens[quantity.lead].start
    before = line.lower[:start].rstrip()
    if _negation(line.grammar).search(before):
        return not any(before.endswith(w) for w in line.grammar.words["denial"]["unless"])
    found = line.grammar.pattern("denial", "verbs").search(line.lower)
    return found is not None and found.start() < start


@lru_cache(maxsize=4)
def _negation(grammar: Grammar) -> re.Pattern[str]:
    words = grammar.words["denial"]["before"]
    return re.compile(rf"\b(?:{'|'.join(words)})(?: (?:a|an|the|de|een|such))?$")
