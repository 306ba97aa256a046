"""Reported capital expenditure by company and calendar quarter, every vintage, as far as it was known on a day.

A quarter is counted as 4 * year + its place from 0, so that windows are plain ranges.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import product

from models.records import CapexFact
from nlp.checks.tolerance import Span

_QUARTER = re.compile(r"(\d{4})-?Q([1-4])$")
_SOONEST = 18  # days after the end of a quarter in which no company has ever reported
_RELEASE = 5  # days that the press release may come before the filing
_DEFAULT_LAG = 60
_MOST = 256  # sums of vintages that are compared


@dataclass(frozen=True)
class Company:
    """What is particular to one company: calendar, delay of filing and how other measures may differ."""

    ticker: str
    names: tuple[str, ...]
    year_end: int = 3
    lag: int = _DEFAULT_LAG
    above: tuple[tuple[int, float], ...] = ((9999, 0.25),)
    below: float = 0.1
    astride: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    def headroom(self, year: int) -> float:
        """How much more than the cash line the company's own measure may be in a year, as a share."""
        return next((share for until, share in self.above if year <= until), 0.0)


@lru_cache(maxsize=1)
def companies() -> dict[str, Company]:
    """The companies of `nlp/data/companies.toml` by ticker."""
    rows = tomllib.loads(files("nlp.data").joinpath("companies.toml").read_text(encoding="utf-8"))
    return {
        ticker: Company(ticker, **{**r, "names": tuple(r["names"]), "above": tuple(map(tuple, r["above"]))})
        for ticker, r in rows.items()
    }


class Series:
    """The facts that may be known on the day of publication, which is from `since` to `until` (none: unknown)."""

    def __init__(self, facts: Iterable[CapexFact], since: date | None, until: date | None) -> None:
        self._all = facts
        self._since = since or date.min
        self._until = until or date.max

    @cached_property
    def _facts(self) -> dict[tuple[str, int], list[CapexFact]]:
        """The facts of each company and quarter; put together when first asked for, as most articles never do."""
        known: dict[tuple[str, int], list[CapexFact]] = {}
        for fact in self._all:
            found = _QUARTER.match(fact.quarter)
            if found and _known_from(fact.ticker, fact.end, fact.filed)[0] <= self._until:
                known.setdefault((fact.ticker, 4 * int(found[1]) + int(found[2]) - 1), []).append(fact)
        return known

    def company(self, name: str) -> Company | None:
        """The company of a name, where the series has it."""
        wanted = name.casefold()
        held = {ticker for ticker, _ in self._facts}
        return next(
            (c for c in companies().values() if c.ticker in held and wanted in {n.casefold() for n in c.names}), None
        )

    def values(self, tickers: Sequence[str], windows: Sequence[Sequence[int]]) -> list[float]:
        """The sums over companies and their quarters, one for each vintage; empty where a quarter is not known."""
        cells = [(t, q) for t, quarters in zip(tickers, windows, strict=True) for q in quarters]
        if not cells or any(cell not in self._facts for cell in cells):
            return []
        choices = [sorted({f.value for f in self._facts[cell]}) for cell in cells]
        sums = {0.0}
        for choice in choices:
            sums = {a + b for a, b in product(sums, choice)}
            if len(sums) > _MOST:
                sums = {min(sums), max(sums)}
        return sorted(sums)

    def bounds(self, firms: Sequence[Company], windows: Sequence[Sequence[int]]) -> Span | None:
        """From the least to the most that the companies' own measures may give; none where a quarter is not known."""
        low = high = 0.0
        for firm, quarters in zip(firms, windows, strict=True):
            for q in quarters:
                values = [f.value for f in self._facts.get((firm.ticker, q), [])]
                if not values:
                    return None
                low += min(values) * (1 - firm.below)
                high += max(values) * (1 + firm.headroom(q // 4))
        return Span(low, high)

    def facts(self, tickers: Sequence[str], windows: Sequence[Sequence[int]]) -> list[CapexFact]:
        """The facts behind the sums, the vintage that was filed last of each."""
        cells = [(t, q) for t, quarters in zip(tickers, windows, strict=True) for q in quarters]
        return [max(self._facts[c], key=lambda f: f.filed or "") for c in cells if c in self._facts]

    def sure(self, tickers: Sequence[str], windows: Sequence[Sequence[int]]) -> bool:
        """Whether all of it had been filed for certain."""
        return all(
            any(_known_from(f.ticker, f.end, f.filed)[1] <= self._since for f in self._facts.get((t, q), []))
            for t, quarters in zip(tickers, windows, strict=True)
            for q in quarters
        )

    def latest(self, tickers: Sequence[str]) -> int | None:
        """The last quarter that is known of all the companies."""
        ends = [max((q for t, q in self._facts if t == ticker), default=None) for ticker in tickers]
        known = [q for q in ends if q is not None]
        return min(known) if known and len(known) == len(ends) else None


@lru_cache(maxsize=4096)
def _known_from(ticker: str, end: str, filed: str | None) -> tuple[date, date]:
    """The first day on which a fact may be known, and the day from which it is for certain."""
    if filed:
        day = date.fromisoformat(filed[:10])
        return day - timedelta(days=_RELEASE), day
    company, day = companies().get(ticker), date.fromisoformat(end[:10])
    lag = company.lag if company else _DEFAULT_LAG
    return day + timedelta(days=_SOONEST), day + timedelta(days=lag)
