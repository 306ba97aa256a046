"""One amount in two currencies against the year's exchange rates (yearly lows and highs from the ECB)."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from models.records import Check, Evidence
from nlp.checks import explain
from nlp.checks.passage import Cited, Finding, Passage
from nlp.checks.tolerance import Span, Stated, claim, combine, judge, operand

SOURCE = "European Central Bank, euro foreign exchange reference rates"
_BRACKET = re.compile(r"\s*\(\s*[^)\d]{0,25}$")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_BEYOND = 0.04  # outside the band of the year by so much, no day's rate explains an amount


def conversions(passage: Passage) -> Iterator[Finding]:
    """Checks of an amount that follows the same amount in another currency: "$35bn (€30bn)"."""
    for sentence in sorted(passage.rows):
        for first, second in pairwise(passage.row(sentence)):
            check = _check(passage, first, second)
            if check:
                yield second, check


def _check(passage: Passage, first: Cited, second: Cited) -> Check | None:
    if not (first.is_money and second.is_money) or first.figure.unit == second.figure.unit:
        return None
    gap = passage.between(first, second)
    if first.figure.denied or not (_BRACKET.fullmatch(gap) or _converts(passage, first, second)):
        return None
    year = passage.published.year if passage.published else None
    band = _band(str(first.figure.unit), str(second.figure.unit), year)
    if band is None or year is None:
        return None
    lang = passage.lang
    actual = combine(lambda a, r: a * r, operand(first.figure, lang), band)
    verdict = judge([claim(second.figure, lang)], actual)
    if verdict == "inconsistent" and not _is_certain(passage, first, second, year):
        return None
    unit = second.figure.unit
    edges = (explain.money(passage.reader, first.figure.value * end, unit) for end in (band.tight.low, band.tight.high))
    sentence = explain.explain(
        passage.reader, verdict, "currency", second.figure, year=str(year), currency=str(first.figure.unit),
        other=str(unit), low=explain.number(passage.reader, band.tight.low, digits=2),
        high=explain.number(passage.reader, band.tight.high, digits=2),
        amount=explain.money(passage.reader, first.figure.value, first.figure.unit), actual=" – ".join(edges),
    )  # fmt: skip
    evidence = [
        Evidence(kind="figure", text=first.figure.text, value=first.figure.value, unit=first.figure.unit),
        Evidence(kind="formula", text=sentence.split(";")[0], period=str(year), source=SOURCE),
    ]
    return Check(kind="arithmetic", verdict=verdict, explanation=sentence, evidence=evidence)


def _is_certain(passage: Passage, first: Cited, second: Cited, year: int) -> bool:
    """Whether the second amount can be nothing but the first at the rates of that year or the one before."""
    gap, text = passage.between(first, second).strip(" ("), passage.text(first)
    if passage.wording.has("then", text) or any(int(y) != year for y in _YEARS.findall(text)):
        return False
    if gap and not passage.wording.has("converted", gap) and not passage.wording.has("roughly", gap):
        return False
    before = _band(str(first.figure.unit), str(second.figure.unit), year - 1)
    if before is None:
        return True
    last = combine(lambda a, r: a * r, operand(first.figure, passage.lang), before)
    return judge([claim(second.figure, passage.lang)], last) == "inconsistent"


def _converts(passage: Passage, first: Cited, second: Cited) -> bool:
    clause = passage.clause(second, since=first.figure.end)
    return passage.wording.has("converted", clause) and passage.wording.is_light(clause)


def _band(one: str, other: str, year: int | None) -> Stated | None:
    """How much of `other` one unit of `one` was worth in a year, and the band outside which no rate is thinkable."""
    rates = dollars()
    mine, theirs = rates.get((year, one)), rates.get((year, other))
    if mine is None or theirs is None:
        return None
    low, high = mine.low / theirs.high, mine.high / theirs.low
    return Stated((low + high) / 2, Span(low, high), Span(low * (1 - _BEYOND), high * (1 + _BEYOND)))


@lru_cache(maxsize=1)
def dollars() -> dict[tuple[int | None, str], Span]:
    """Lowest and highest worth of a currency in US dollars, by year and ISO code; the dollar itself is 1."""
    with files("nlp.data").joinpath("exchange-rates.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    rates: dict[tuple[int | None, str], Span] = {
        (int(r["year"]), r["currency"]): Span(float(r["low"]), float(r["high"])) for r in rows
    }
    return rates | {(year, "USD"): Span(1.0, 1.0) for year, _ in rates}
