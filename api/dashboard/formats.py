"""Numbers, amounts, dates and periods as the reader writes them, from CLDR by Babel."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit

from api.dashboard.texts import Texts

MINUS = "\u2212"
DASH = "\u2013"
NOTHING = "\u2014"
MONEY_COMPACT_FROM = 10_000
COMPACT_FROM = 1_000_000
QUARTER = re.compile(r"(\d{4})-Q([1-4])")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
MONTH = re.compile(r"(\d{4})-(\d{2})")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
POWER = ((1e9, "power-gigawatt"), (1e6, "power-megawatt"), (1e3, "power-kilowatt"), (1, "power-watt"))


class Formats:
    """The formats of one reader's language. `None` is written as a dash, never as zero."""

    def __init__(self, texts: Texts) -> None:
        self.t = texts
        self.locale = texts.locale

    def number(self, value: float | None, pattern: str | None = None) -> str:
        return NOTHING if value is None else self._minus(format_decimal(value, pattern, locale=self.locale))

    def signed(self, value: float | None, digits: int = 2) -> str:
        """`+0.12`, `−0.03`; a value that rounds to nothing has no sign."""
        if value is None:
            return NOTHING
        zeros = "0." + "0" * digits if digits else "0"
        pattern = zeros if round(value, digits) == 0 else f"+{zeros};-{zeros}"
        return self.number(round(value, digits) + 0.0, pattern)

    def percent(self, fraction: float | None, *, sign: bool = False) -> str:
        """A fraction as whole percents."""
        if fraction is None:
            return NOTHING
        return self._minus(format_percent(fraction, "+0%;-0%" if sign else None, locale=self.locale))

    def money(self, value: float, currency: str) -> str:
        """An amount in the reader's short form: `US$97.3B`, `US$ 97,3 mld.`."""
        if abs(value) < MONEY_COMPACT_FROM:
            return self._minus(format_currency(value, currency, locale=self.locale))
        return self._minus(format_compact_currency(value, currency, locale=self.locale, fraction_digits=1))

    def quantity(self, value: float, unit: str | None, noun: str | None = None) -> str:
        """A figure's value with its unit (see docs/codebook.md for the units)."""
        if unit == "W":
            size, name = next(((size, name) for size, name in POWER if abs(value) >= size), POWER[-1])
            return format_unit(round(value / size, 2), name, length="short", locale=self.locale)
        if unit and unit.isupper():
            return self.money(value, unit)
        written = self._short(value)
        if unit in {"percent", "percentage_point", "basis_point", "x"}:
            return self.t(f"unit.{unit}", value=written)
        return f"{written} {noun}" if noun else written

    def day(self, moment: date | datetime | None) -> str:
        return NOTHING if moment is None else format_date(moment, "d MMMM y", locale=self.locale)

    def short_day(self, moment: date | datetime | None) -> str:
        return NOTHING if moment is None else format_date(moment, "d MMM y", locale=self.locale)

    def moment(self, moment: datetime | None) -> str:
        """A moment in UTC, to the minute."""
        if moment is None:
            return NOTHING
        return self.t("moment", when=format_datetime(moment, "d MMM y HH:mm", locale=self.locale))

    def month(self, moment: date) -> str:
        return format_date(moment, "LLL", locale=self.locale)

    def period(self, period: str | None) -> str:
        """A period of a series or a figure in words: `Q3 2025`, `november 2025`, `2013–2025`, `tot 2030`."""
        if not period:
            return NOTHING
        start, slash, end = period.partition("/")
        if not slash:
            return self._plain_period(period)
        if start == "..":
            return self.t("period.until", end=self._plain_period(end))
        if end == "..":
            return self.t("period.since", start=self._plain_period(start))
        return f"{self._plain_period(start)}{DASH}{self._plain_period(end)}"

    def every(self, items: list[str]) -> str:
        """`Amazon, Alphabet and Meta`."""
        return format_list(items, locale=self.locale)

    def _plain_period(self, period: str) -> str:
        if found := QUARTER.fullmatch(period):
            return format_date(date(int(found[1]), int(found[2]) * 3, 1), "QQQ y", locale=self.locale)
        if found := WEEK.fullmatch(period):
            return self.t("period.week", year=found[1], week=str(int(found[2])))
        if found := MONTH.fullmatch(period):
            return format_date(date(int(found[1]), int(found[2]), 1), "LLLL y", locale=self.locale)
        return self.day(date.fromisoformat(period)) if DAY.fullmatch(period) else period

    def _short(self, value: float) -> str:
        if abs(value) < COMPACT_FROM:
            return self.number(value, "#,##0.##")
        return self._minus(format_compact_decimal(value, format_type="long", locale=self.locale, fraction_digits=1))

    def _minus(self, written: str) -> str:
        return written.replace("-", MINUS)
