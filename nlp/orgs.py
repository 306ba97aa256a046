"""Organisations that a text names, by canonical name: `nlp/data/organisations.toml`, and names that end like a firm's.

The table is looked up by the first word of a name, so the time taken does not grow with the table.
"""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
NEAR = 160  # characters around an ambiguous name that are searched for what makes it sure
SUFFIXES = (
    "Capital", "Group", "Partners", "Securities", "Ventures", "Holdings", "Technologies", "Semiconductor",
    "Semiconductors", "Robotics", "Bank", "Inc", "Corp", "Ltd", "NV", "BV", "plc", "Management", "Advisors",
    "Associates", "Consulting", "Labs", "Energy", "Investments", "Research", "Analytics", "Networks", "Systems",
    "Data Centers", "Data Centres", "Datacenters",
)  # fmt: skip
NOT_FIRST = (
    "The", "A", "An", "De", "Het", "Een", "In", "At", "For", "And", "But", "While", "As", "New", "Big", "Data",
    "Private", "Venture", "Clean", "AI", "US", "Investment", "Central", "Human", "Green", "Solar", "Wind", "Nuclear",
    "Academic", "Risk", "Wealth", "Asset",
)  # fmt: skip
UNKNOWN = re.compile(
    rf"\b(?!(?:{'|'.join(NOT_FIRST)})\b)(?:[A-Z][\w&-]*[a-z]\w*|[A-Z]{{2,5}})(?: (?:[A-Z][\w-]+|&|of)){{0,2}} "
    rf"(?:{'|'.join(SUFFIXES)})\b(?! (?:of|van)\b)"
)


@dataclass(frozen=True)
class Mention:
    """An organisation where it is named: canonical name, and code-point offsets in the text, end exclusive."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class _Alias:
    name: str
    words: str  # as written
    near: re.Pattern[str] | None


def mentions(text: str) -> list[Mention]:
    """The organisations named in a text, in order of place, not overlapping; "Meta's" and "ASML-topman" count."""
    found, end = [], 0
    table = _table()
    for word in WORD.finditer(text):
        if word.start() < end:
            continue
        for alias in table.get(word.group(), ()):
            stop = word.start() + len(alias.words)
            if (
                text.startswith(alias.words, word.start())
                and not _continues(text, stop)
                and _sure(text, word.start(), stop, alias)
            ):
                found.append(Mention(alias.name, word.start(), stop))
                end = stop
                break
    return _with_unknown(text, found)


def _continues(text: str, stop: int) -> bool:
    return stop < len(text) and (text[stop].isalnum() or text[stop] == "_")


def _sure(text: str, start: int, stop: int, alias: _Alias) -> bool:
    if alias.near is None:
        return True
    around = text[max(0, start - NEAR) : start] + " " + text[stop : stop + NEAR]
    return alias.near.search(around) is not None


def _with_unknown(text: str, known: list[Mention]) -> list[Mention]:
    """Add names that end like a firm's ("Implement Consulting Group") where the table knows none."""
    taken = [(m.start, m.end) for m in known]
    more = [
        Mention(m.group(), m.start(), m.end())
        for m in UNKNOWN.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return sorted(known + more, key=lambda m: m.start) if more else known


@lru_cache(maxsize=1)
def _table() -> dict[str, list[_Alias]]:
    """Names by their first word, the longest first."""
    table: dict[str, list[_Alias]] = defaultdict(list)
    for entry in organisations():
        near = re.compile("|".join(rf"\b{re.escape(w)}" for w in entry["near"])) if "near" in entry else None
        for written in [entry["name"], *entry.get("also", [])]:
            first = WORD.match(written)
            if first:
                sure = " " in written or (written != entry["name"] and written != first.group())
                table[first.group()].append(_Alias(entry["name"], written, None if sure else near))
    for aliases in table.values():
        aliases.sort(key=lambda a: -len(a.words))
    return dict(table)


def kind(name: str) -> str | None:
    """The kind of an organisation by its canonical name: tech, chips, bank, media …; None for one outside the table."""
    return _kinds().get(name)


def ticker(name: str) -> str | None:
    """The ticker of a listed organisation by its canonical name; None for one that is not listed or not known."""
    return _tickers().get(name)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {str(entry["name"]): str(entry["kind"]) for entry in organisations()}


@lru_cache(maxsize=1)
def _tickers() -> dict[str, str]:
    return {str(entry["name"]): str(entry["ticker"]) for entry in organisations() if "ticker" in entry}


def organisations() -> list[dict[str, Any]]:
    """The entries of the table as written: `name`, `kind`, and where they have them `also`, `ticker`, `near`."""
    source = files("nlp") / "data" / "organisations.toml"
    entries: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["organisation"]
    return entries
