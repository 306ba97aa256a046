"""Times that a sentence names ("het tweede kwartaal", "by 2030"), resolved against the publication date.

Notation as in SDMX and EDTF: 2025, 2025-Q3, 2025-06, 2013/2025, ../2030, 2019/... Without a date, what is relative
stays None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from nlp.figures.grammar import Grammar

YEAR = r"(?:19|20)\d\d"
QUARTERS, MONTHS = 4, 12


@dataclass(frozen=True)
class Said:
    """A time as it is said: the match of its pattern, the language's `[period]`, the day of publication, and whether
    the sentence speaks of the future."""

    match: re.Match[str]
    words: dict[str, Any]
    today: date | None
    future: bool

    def number(self, group: str = "n") -> int | None:
        """The number in a group, in digits or words."""
        said = self.match[group]
        return int(said) if said.isdecimal() else self.words["numbers"].get(said)

    def year(self) -> int | None:
        """The year that goes with it: "2024", "of last year"; None when none is said or it cannot be resolved."""
        if self.match["y"]:
            return int(self.match["y"])
        if not self.match["rel"] or self.today is None:
            return None
        shifts = {"last_year": -1, "next_year": 1}
        return self.today.year + next((s for k, s in shifts.items() if re.search(self.words[k], self.match["rel"])), 0)


def publication(published: str | None) -> date | None:
    """The day of publication, late in the month or year where only that is known; None when it is no date."""
    match = re.match(rf"({YEAR})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2] or MONTHS), int(match[3] or 28))
    except ValueError:
        return None


def _quarter(said: Said) -> str | None:
    number = QUARTERS if said.match["slot"] else int(said.words["ordinals"][said.match["q"]])
    year = said.year() or _year_of_quarter(number, said)
    return f"{year}-Q{number}" if year else None


def _q(said: Said) -> str | None:
    number = int(said.match["n"])
    year = said.match["y"] or _year_of_quarter(number, said)
    return f"{year}-Q{number}" if year else None


def _year_of_quarter(number: int, said: Said) -> int | None:
    """The year of a quarter named alone: the last that has ended; of the future, the one that runs or comes soon."""
    if said.today is None:
        return None
    ahead = number - (said.today.month + 2) // 3
    return said.today.year if ahead < 0 or (said.future and ahead <= QUARTERS // 2) else said.today.year - 1


def _half(said: Said) -> str | None:
    first, year = said.words["ordinals"][said.match["h"]] == 1, said.year()
    if year is None and said.today:
        ended = first and said.today.month >= MONTHS // 2
        year = said.today.year if ended or said.future else said.today.year - 1
    if year is None:
        return None
    return f"{year}-01/{year}-06" if first else f"{year}-07/{year}-12"


def _first_months(said: Said) -> str | None:
    count, year = said.number(), said.year() or (said.today.year if said.today else None)
    if not year or not count or count > MONTHS:
        return None
    return f"{year}-Q1" if count == MONTHS // QUARTERS else f"{year}-01/{year}-{count:02}"


def _months(said: Said) -> str | None:
    first = said.words["months"][said.match["m"]]
    last = said.words["months"][said.match["to"]] if said.match["to"] else first
    year = said.year()
    if year is None and said.today:
        year = said.today.year if last <= said.today.month or said.future else said.today.year - 1
    if year is None:
        return None
    return f"{year}-{first:02}" + (f"/{year}-{last:02}" if last > first else "")


def _years_ago(said: Said) -> str | None:
    count = said.number()
    return str(said.today.year - count) if said.today and count else None


def _ahead(said: Said) -> str | None:
    count = said.number()
    return f"{said.today.year}/{said.today.year + count}" if said.today and count else None


def _past(said: Said) -> str | None:
    count = said.number()
    if said.future or said.today is None or not count:
        return _ahead(said)
    return f"{said.today.year - count}/{said.today.year}"


def _between(said: Said) -> str | None:
    first, last = said.match["a"], said.match["b"]
    last = last if len(last) == len(first) else first[:2] + last
    return f"{first}/{last}" if first < last else None


def _relative_year(shift: int) -> Callable[[Said], str | None]:
    return lambda said: str(said.today.year + shift) if said.today else None


def _relative_quarter(shift: int) -> Callable[[Said], str | None]:
    def resolve(said: Said) -> str | None:
        if said.today is None:
            return None
        index = said.today.year * QUARTERS + (said.today.month - 1) // 3 + shift
        return f"{index // QUARTERS}-Q{index % QUARTERS + 1}"

    return resolve


def _relative_month(shift: int) -> Callable[[Said], str | None]:
    def resolve(said: Said) -> str | None:
        if said.today is None:
            return None
        index = said.today.year * MONTHS + said.today.month - 1 + shift
        return f"{index // MONTHS}-{index % MONTHS + 1:02}"

    return resolve


RESOLVERS: dict[str, Callable[[Said], str | None]] = {
    "between": _between,
    "span_years": _between,
    "quarter": _quarter,
    "q": _q,
    "half": _half,
    "first_months": _first_months,
    "months": _months,
    "year_ago": _years_ago,
    "until": lambda said: f"../{said.match['y']}",
    "since": lambda said: f"{said.match['y']}/..",
    "within": _ahead,
    "past": _past,
    "this_quarter": _relative_quarter(0),
    "last_quarter": _relative_quarter(-1),
    "next_quarter": _relative_quarter(1),
    "last_month": _relative_month(-1),
    "next_month": _relative_month(1),
    "last_year": _relative_year(-1),
    "next_year": _relative_year(1),
    "this_year": _relative_year(0),
    "year": lambda said: str(said.match["y"]),
    "this_month": _relative_month(0),
}


@lru_cache(maxsize=4)
def period_patterns(grammar: Grammar) -> list[tuple[str, re.Pattern[str]]]:
    """The kinds of time with their patterns, in the order in which they are tried: the more specific first."""
    w: dict[str, Any] = grammar.words["period"]
    year, numbers = rf"(?P<y>{YEAR})", "|".join([*w["numbers"], r"\d+"])
    months = "|".join(sorted(map(re.escape, w["months"]), key=len, reverse=True))
    relative = rf"(?P<rel>{w['this_year']}|{w['last_year']}|{w['next_year']}|(?:the|het) (?:year|jaar))"
    tail = rf"(?:{w['year_link']}(?:{year}\b|{relative}))?"
    month_tail = rf"(?: \d{{1,2}},)?(?:(?:{w['year_link']}| )(?:{year}\b|{relative}))?"
    sources = {
        "between": w["between"],
        "span_years": rf"(?P<a>{YEAR})(?:-|–|/)(?P<b>{YEAR}|\d\d)",
        "quarter": rf"(?:{w['quarter']})\b{tail}",
        "q": rf"q(?P<n>[1-4])\b(?:[ -]?(?:of |van )?{year})?",
        "half": rf"(?:{w['half']})\b{tail}",
        "first_months": w["first_months"].replace("NUMBER", numbers) + tail,
        "months": rf"(?P<m>{months})(?!\w)(?:{w['month_range']}(?P<to>{months})(?!\w))?{month_tail}",
        "until": w["until"] + year,
        "since": w["since"] + year,
        "year": rf"(?<![$€£.,-]){year}(?!%)(?![.,]\d)",
    }
    plain = {kind: f"(?:{w[kind]})" for kind in RESOLVERS if kind not in sources}
    return [(kind, re.compile(rf"(?<!\w){sources.get(kind) or plain[kind]}(?!\w)")) for kind in RESOLVERS]
