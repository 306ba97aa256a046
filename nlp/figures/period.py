"""The time a figure is about, from the words of its sentence and the date of publication; SDMX and EDTF notation."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from nlp.figures.clauses import distance
from nlp.figures.grammar import Grammar
from nlp.figures.quantity import Line, Quantity

YEAR = r"(?:19|20)\d\d"


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


def publication(published: str | None) -> date | None:
    """The day of publication; the end of the month or year where only that is known; None when it is no date."""
    match = re.match(rf"({YEAR})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 12), int(match[3] or 28)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def times(line: Line, published: str | None) -> list[Time]:
    """The times that a sentence names and that can be resolved, in order of place, not overlapping."""
    today, found = publication(published), []
    future = line.grammar.pattern("modality", "forecast").search(line.lower) is not None
    taken = [False] * (len(line.lower) + 1)
    for kind, pattern in period_patterns(line.grammar):
        for match in pattern.finditer(line.lower):
            if match.end() == match.start() or any(taken[match.start() : match.end()]):
                continue
            period = RESOLVERS[kind](match, line.grammar.words["period"], today, future)
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            before = line.lower[: match.start()].rstrip()
            compared = COMPARED.search(before) is not None or kind == "year_ago" or kind == "since" and RECORD.search(before) is not None
            compared = compared or kind == "months" and ATTRIBUTE.search(before) is not None
            beside = kind == "months" and any(t.period and "Q" in t.period for t in found)
            found.append(Time(period, match.start(), match.end(), kind == "past", compared, beside))
    return sorted(found, key=lambda t: t.start)


ATTRIBUTE = re.compile(r"\b(?:its|their|his|her|the|zijn|haar|hun)$")  # "its March valuation"
RECORD = re.compile(r"(?:unseen|not seen|highest|lowest|largest|biggest|first time|most|worst|best|hoogste|laagste|grootste|niet meer|eerste keer)\b.{0,30}$")


COMPARED = re.compile(r"(?:\bthan|\bdan|\bals|vergeleken met|compared (?:with|to)|\bversus|\bfrom|\bover|hoger dan in|\bin dezelfde periode van|dan in|than in|ten opzichte van|that of|\bop)(?: in| het| de| the| dat van| die van)?$")


def set_period(line: Line, quantity: Quantity, found: list[Time], others: list[Quantity]) -> str | None:
    """The period of one figure: the nearest time named, unless another figure lies between them."""
    span = line.span(quantity)
    cuts = line.boundaries
    best, least = None, float(FAR)
    for time in found:
        if any(o is not quantity and o.unit == "x" and 0 <= time.start - line.span(o)[1] <= CLOSE for o in others):
            continue  # "the double of last year": what the multiple compares with
        if time.span and quantity.role in ("from", "to") or time.compared and (quantity.unit == "x" or not _right_after(line, span, time)):
            continue
        between = sum(1 for o in others if o is not quantity and _between(line, o, span, time))
        away = distance(cuts, span, (time.start, time.end)) + 100 * time.beside + 60 * between * (2 if time.start > span[1] else 1)
        owner = next((o for o in others if 0 <= time.start - line.span(o)[1] <= CLOSE), None)
        away += OWNED * (owner is not None and owner is not quantity)
        if time.start <= OPENING:
            away = min(away, FAR - 1)
        if away < least:
            best, least = time.period, away
    return best


FAR = 240  # characters, with the cost of clauses, beyond which a time is not a figure's
OPENING = 25  # a time that opens the sentence holds for all of it
CLOSE = 8  # "230 miljard in 2024": the time belongs to the figure just before it
OWNED = 90


def _right_after(line: Line, span: tuple[int, int], time: Time) -> bool:
    return 0 <= time.start - span[1] <= 12 and not re.search(r"\b(?:dan|than|meer|more|hoger|higher|lager|lower|keer|times|as|als|from)\b", line.lower[span[1] : time.start])


def _between(line: Line, other: Quantity, span: tuple[int, int], time: Time) -> bool:
    at = line.tokens[other.start].start
    return span[1] <= at < time.start or time.end <= at < span[0]


def _quarter(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    number = 4 if match["slot"] else int(words["ordinals"][match["q"]])
    year = _year_of(match["y"] or match["rel"], words, today)
    if year is None and today:
        year = today.year
        ended = date(year, number * 3, 28)
        current = (today.month + 2) // 3 == number
        if ended > today and not (current and future):
            year -= 0 if future and number > (today.month + 2) // 3 and number - (today.month + 2) // 3 <= 2 else 1
    return f"{year}-Q{number}" if year else None


def _q(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    year = match["y"] or (today and str(today.year if int(match["n"]) * 3 <= today.month or future else today.year - 1))
    return f"{year}-Q{match['n']}" if year else None


def _half(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    first = words["ordinals"][match["h"]] == 1
    year = _year_of(match["y"] or match["rel"], words, today)
    if year is None and today:
        year = today.year if first and today.month >= 6 or future else today.year - (not first or today.month < 6)
    return (f"{year}-01/{year}-06" if first else f"{year}-07/{year}-12") if year else None


def _first_months(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    count = _number(match["n"], words)
    year = _year_of(match["y"] or match["rel"], words, today) or (today.year if today else None)
    if not year or not count or not 1 <= count <= 12:
        return None
    return f"{year}-Q1" if count == 3 else f"{year}-01/{year}-{count:02}"


def _year_of(said: str | None, words: dict[str, Any], today: date | None) -> int | None:
    if not said:
        return None
    if said[:4].isdecimal():
        return int(said[:4])
    if today is None:
        return None
    for key, shift in (("this_year", 0), ("last_year", -1), ("next_year", 1)):
        if re.search(words[key], said):
            return today.year + shift
    return today.year


def _number(said: str, words: dict[str, Any]) -> int | None:
    return int(said) if said.isdecimal() else words["numbers"].get(said)


def _relative_year(shift: int):
    def resolve(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
        return str(today.year + shift) if today else None

    return resolve


def _relative_quarter(shift: int):
    def resolve(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
        if today is None:
            return None
        index = today.year * 4 + (today.month - 1) // 3 + shift
        return f"{index // 4}-Q{index % 4 + 1}"

    return resolve


def _relative_month(shift: int):
    def resolve(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
        if today is None:
            return None
        index = today.year * 12 + today.month - 1 + shift
        return f"{index // 12}-{index % 12 + 1:02}"

    return resolve


def _years_ago(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    count = _number(match["n"], words)
    return str(today.year - count) if today and count else None


def _within(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    count = _number(match["n"], words)
    return f"{today.year}/{today.year + count}" if today and count else None


def _past(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    count = _number(match["n"], words)
    if today is None or not count:
        return None
    return f"{today.year}/{today.year + count}" if future else f"{today.year - count}/{today.year}"


def _between_years(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    return f"{match['a']}/{match['b']}" if match["a"] < match["b"] else None


def _span_years(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    end = match["b"] if len(match["b"]) == 4 else match["a"][:2] + match["b"]
    return f"{match['a']}/{end}" if match["a"] < end else None


def _until(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    return f"../{match['y']}"


def _since(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    return f"{match['y']}/.."


def _plain_year(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    return match["y"]


def _months(match: re.Match[str], words: dict[str, Any], today: date | None, future: bool) -> str | None:
    first, last = words["months"][match["m"]], words["months"][match["to"]] if match["to"] else None
    year = _year_of(match["y"] or match["rel"], words, today)
    if year is None:
        if today is None:
            return None
        late = last or first
        year = today.year if late <= today.month or future else today.year - 1
    if last and last > first:
        return f"{year}-{first:02}/{year}-{last:02}"
    return f"{year}-{first:02}"


RESOLVERS = {
    "between": _between_years, "span_years": _span_years, "quarter": _quarter, "q": _q, "half": _half, "first_months": _first_months,
    "months": _months, "year_ago": _years_ago, "within": _within, "past": _past, "until": _until, "since": _since,
    "this_quarter": _relative_quarter(0), "last_quarter": _relative_quarter(-1), "next_quarter": _relative_quarter(1),
    "last_month": _relative_month(-1), "next_month": _relative_month(1),
    "last_year": _relative_year(-1), "next_year": _relative_year(1), "this_year": _relative_year(0),
    "year": _plain_year, "this_month": _relative_month(0),
}  # fmt: skip


@lru_cache(maxsize=4)
def period_patterns(grammar: Grammar) -> list[tuple[str, re.Pattern[str]]]:
    """Kinds of time with their patterns, the more specific first."""
    w: dict[str, Any] = grammar.words["period"]
    year, months = rf"(?P<y>{YEAR})", "|".join(sorted(map(re.escape, w["months"]), key=len, reverse=True))
    relative = rf"(?P<rel>{w['this_year']}|{w['last_year']}|{w['next_year']}|(?:the|het) (?:year|jaar))"
    tail = rf"(?:{w['year_link']}(?:{year}\b|{relative}))?"
    numbers = "|".join([*w["numbers"], r"\d+"])
    sources = {
        "between": w["between"], "span_years": rf"\b(?P<a>{YEAR})(?:-|–|/)(?P<b>{YEAR}|\d\d)\b",
        "quarter": rf"(?:{w['quarter']})\b{tail}", "q": rf"\bq(?P<n>[1-4])\b(?:[ -]?(?:of |van )?(?P<y>{YEAR}))?", "half": rf"(?:{w['half']})\b{tail}",
        "first_months": rf"\b{w['first_months'].replace('NUMBER', numbers)}{tail}",
        "months": rf"(?<!\w)(?P<m>{months})(?!\w)(?:{w['month_range']}(?P<to>{months})(?!\w))?(?: \d{{1,2}},)?{tail.replace(w['year_link'], '(?:' + w['year_link'] + '| )')}",
        "year_ago": rf"\b{w['year_ago']}", "until": rf"{w['until']}{year}\b", "since": rf"{w['since']}{year}\b", "within": rf"\b{w['within']}", "past": rf"\b{w['past']}",
        "this_quarter": rf"(?:{w['this_quarter']})\b", "last_quarter": rf"{w['last_quarter']}\b", "next_quarter": rf"{w['next_quarter']}\b",
        "last_month": w["last_month"], "next_month": w["next_month"],
        "last_year": rf"\b(?:{w['last_year']})", "next_year": rf"\b(?:{w['next_year']})", "this_year": rf"\b(?:{w['this_year']})",
        "year": rf"(?<![\w$€£.,-]){year}(?![\w%])(?!(?:\.|,)\d)", "this_month": rf"(?:{w['this_month']})",
    }  # fmt: skip
    return [(kind, re.compile(source)) for kind, source in sources.items()]
