"""Dates as pages and feeds write them: never in the future, day and month never swapped, null rather than a guess.

A time without a zone is kept as its day. Numbers alone, such as 03/04/2025, are read only when they have one
reading, or when the language settles it (Dutch writes the day first).
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from babel.dates import get_month_names

EARLIEST = 1990
ZONES = {"CET": 1, "CEST": 2, "MET": 1, "BST": 1, "WET": 0, "WEST": 1, "UTC": 0, "Z": 0}
ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d|UTC|GMT)?",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|e)?\.?\s+([^\W\d]+)\.?,?\s+(\d{4}))|(?:([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))"
)
NUMBERS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
IN_URL = re.compile(r"/(20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)|[/_-](20\d\d)(\d\d)(\d\d)(?=[/_.-]|$)")
DAY_FIRST = {"nl", "de", "fr"}


def _months() -> dict[str, int]:
    names = {
        name.rstrip("."): number
        for lang in ("en", "nl")
        for width in ("wide", "abbreviated")
        for number, text in get_month_names(width, locale=lang).items()
        for name in (text.lower(), text.lower()[:3])
    }
    return names | {"mrt": 3, "sept": 9}


MONTHS = _months()


def read(text: str, lang: str | None = None) -> datetime | None:
    """The moment that a date in text means, in UTC; midnight when no zone or time is given; null when in doubt."""
    text = " ".join(text.split())[:100]
    for reader in (_iso, _mail, _words):
        if found := reader(text):
            return found
    return _numbers(text, lang)


def in_url(url: str) -> datetime | None:
    """The day that an address holds, year first: `/2025/11/03/`."""
    found = IN_URL.search(url)
    parts = [part for part in found.groups() if part] if found else []
    return _day(*(int(part) for part in parts)) if parts else None


def choose(
    candidates: Iterable[tuple[str, datetime | None]], now: datetime
) -> tuple[datetime, str] | tuple[None, None]:
    """The first candidate (origin, moment) that is not later than `now` and not before the web."""
    for origin, moment in candidates:
        if moment and moment <= now and moment.year >= EARLIEST:
            return moment, origin
    return None, None


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    found = ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    start = _day(int(year), int(month), int(day))
    if start is None or hour is None or zone is None:
        return start
    try:
        local = start.replace(hour=int(hour), minute=int(minute), second=min(int(second or 0), 59), tzinfo=_zone(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return start


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-offset if digits[0] == "-" else offset)


def _mail(text: str) -> datetime | None:
    """The form of e-mail and RSS: `Mon, 03 Nov 2025 10:00:00 +0100`."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            zone = ZONES.get(text.rpartition(" ")[2].upper())
            if zone is None:
                return _day(moment.year, moment.month, moment.day)
            moment = moment.replace(tzinfo=timezone(timedelta(hours=zone)))
        return moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _words(text: str) -> datetime | None:
    for found in WORDS.finditer(text):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if number := MONTHS.get(month.lower()):
            return _day(int(year), number, int(day))
    return None


def _numbers(text: str, lang: str | None) -> datetime | None:
    found = NUMBERS.search(text)
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    months = range(1, 13)
    if first == second or (first not in months and second in months) or lang in DAY_FIRST:
        return _day(year, second, first)
    return _day(year, first, second) if second not in months else None
