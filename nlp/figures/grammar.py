"""The words of a language, made ready for matching: `nlp/languages/<lang>.toml`, and currencies from CLDR (Babel)."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from babel.core import Locale, get_global
from babel.numbers import get_currency_name

from nlp.figures.tokens import tokenise

T = TypeVar("T")
SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "元": "CNY", "₺": "TRY", "₽": "RUB",
    "₪": "ILS", "us$": "USD", "a$": "AUD", "au$": "AUD", "aud$": "AUD", "c$": "CAD", "ca$": "CAD", "cad$": "CAD",
    "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "sg$": "SGD", "nz$": "NZD", "r$": "BRL", "mx$": "MXN", "mex$": "MXN",
    "u$": "USD", "rmb": "CNY", "cn¥": "CNY", "chf": "CHF", "kč": "CZK", "zł": "PLN", "ƒ": "NLG",
    "₡": "CRC", "₦": "NGN", "₫": "VND", "₭": "LAK", "₮": "MNT", "₱": "PHP", "₲": "PYG", "₴": "UAH", "₵": "GHS",
    "₸": "KZT", "₼": "AZN", "₾": "GEL", "฿": "THB", "៛": "KHR", "৳": "BDT",
}  # fmt: skip
PRESS = {
    "Rmb": "CNY", "SKr": "SEK", "NKr": "NOK", "DKr": "DKK", "SFr": "CHF", "Rs": "INR", "Rp": "IDR", "RM": "MYR",
}  # fmt: skip  # what newspapers write for a code, in these letters
LEADING = {"euro": "EUR", "dollar": "USD"}  # names that also stand before an amount: "euro 3,5 mrd"
NO_CURRENCY = {"XXX"}  # ISO 4217's code for none
CODES_THAT_ARE_WORDS = {"ALL", "TOP", "CUP", "MOP", "PEN", "BOB", "TRY", "MAD", "GEL", "SOS", "RON", "ANG", "BAM"}


class Phrases(Generic[T]):
    """Word sequences and what they mean. The longest that fits wins; cost does not grow with their number."""

    def __init__(self, meanings: Mapping[tuple[str, ...], T]) -> None:
        self._meanings = dict(meanings)
        self._longest = max(map(len, meanings), default=0)

    def __contains__(self, words: tuple[str, ...]) -> bool:
        return words in self._meanings

    def at(self, words: Sequence[str], start: int) -> tuple[int, T] | None:
        """The meaning of the longest phrase that starts there, and the index after it."""
        for end in range(min(len(words), start + self._longest), start, -1):
            meaning = self._meanings.get(tuple(words[start:end]))
            if meaning is not None:
                return end, meaning
        return None

    def before(self, words: Sequence[str], end: int) -> tuple[int, T] | None:
        """The meaning of the longest phrase that ends before `end`, and the index of its first word."""
        for start in range(max(0, end - self._longest), end):
            meaning = self._meanings.get(tuple(words[start:end]))
            if meaning is not None:
                return start, meaning
        return None


@dataclass(frozen=True)
class Unit:
    """A unit after or before a number: its name in a figure and what one of it is worth in that unit."""

    name: str
    factor: float = 1.0


class Grammar:
    """One language's words for figures. `words[section]` is the file as it is written."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        source = files("nlp") / "languages" / f"{lang}.toml"
        self.words: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))

    def phrases(self, meanings: Mapping[str, T], more: Mapping[tuple[str, ...], T] | None = None) -> Phrases[T]:
        """Phrases from written ones, cut into tokens as the text is; `more` are cut already."""
        cut: dict[tuple[str, ...], T] = {}
        for tail in ("", " x"):  # a last full stop is parted at the end of a text only: "ca." there, "ca. 5" here
            keys = tokenise([phrase + tail for phrase in meanings], self.lang)
            for key, value in zip(keys, meanings.values(), strict=True):
                cut[tuple(t.lower for t in (key[:-1] if tail else key))] = value
        return Phrases(cut | dict(more or {}))

    def listed(self, phrases: Iterable[str]) -> Phrases[bool]:
        """Phrases that mean nothing but themselves."""
        return self.phrases(dict.fromkeys(phrases, True))

    def marked(self, table: Mapping[str, Iterable[str]]) -> Phrases[str]:
        """Phrases that mean the name of the list they stand in."""
        return self.phrases({phrase: name for name, phrases in table.items() for phrase in phrases})

    @cached_property
    def scales(self) -> dict[str, float]:
        """million, miljard, bn …"""
        return {str(k): float(v) for k, v in self.words["scales"].items()}

    @cached_property
    def units(self) -> Phrases[Unit]:
        """Everything that may stand after a number: currencies, percent, points, multiples, power."""
        table = {word: Unit(code) for code, word in _cldr(self.lang)}
        table |= {word: Unit(code) for code, words in self.words["currencies"].items() for word in words}
        named = {name: words for name, words in self.words["units"].items() if name != "percent_named"}
        table |= {word: Unit(name) for name, words in named.items() for word in words}
        table |= {word: Unit("W", float(watts)) for word, watts in self.words["power"].items()}
        table |= {word: Unit("cent", 0.01) for word in self.words["minor"]["cents"]}
        table |= {word: Unit("GBP", 0.01) for word in self.words["minor"]["pence"]}
        return self.phrases(table, self._symbols)

    @cached_property
    def signs(self) -> Phrases[Unit]:
        """Currency signs that may stand before a number, in one token ("US$") or two ("us", "$")."""
        return Phrases(self._symbols)

    @cached_property
    def _symbols(self) -> dict[tuple[str, ...], Unit]:
        """The signs that CLDR prints in this language and those of `SYMBOLS`; "US$" is one token or two."""
        printed = {s.lower(): c for c, s in Locale(self.lang).currency_symbols.items() if c in _codes() and len(s) > 1}
        table = {s: c for s, c in printed.items() if s.upper() != c} | SYMBOLS
        whole = {tuple(symbol.split()): Unit(code) for symbol, code in table.items()}
        parted = {(s[:-1], s[-1]): Unit(code) for s, code in table.items() if s[1:] and not s[-1].isalnum()}
        return whole | parted

    @cached_property
    def codes(self) -> dict[str, Unit]:
        """ISO 4217 codes as they are written, in capitals, also with an M for million ("MEUR")."""
        plain = {code: Unit(code) for code in _codes()} | {short: Unit(code) for short, code in PRESS.items()}
        return plain | {
            f"M{code}": Unit(code, 1e6) for code in ("USD", "EUR", "GBP", "AUD", "CAD", "CHF", "SEK", "NOK", "DKK")
        }

    @lru_cache(maxsize=256)  # noqa: B019  # there is one grammar a language, and it lives as long as the process
    def pattern(self, section: str, key: str) -> re.Pattern[str]:
        """One pattern for a list of regular expressions, matched at word starts in lower-cased text."""
        written = self.words[section][key]
        return compile_list([written] if isinstance(written, str) else written)


def compile_list(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of them at the start of a word; none finds nothing."""
    joined = "|".join(f"(?:{e})" for e in expressions)
    return re.compile(rf"(?<![^\W_])(?:{joined})" if joined else r"(?!)")


def _codes() -> set[str]:
    """The codes of currencies that are, or were since 1999, legal tender somewhere."""
    used = {row[0] for rows in get_global("territory_currencies").values() for row in rows if row[2] is None}
    return used - CODES_THAT_ARE_WORDS - NO_CURRENCY


def _cldr(lang: str) -> list[tuple[str, str]]:
    """(code, full name) of the currencies in use, in singular and plural."""
    return [(c, get_currency_name(c, count=n, locale=lang)) for c in sorted(_codes()) for n in (1, 2)]


@lru_cache(maxsize=4)
def grammar(lang: str) -> Grammar:
    """The grammar of `nl` or `en`."""
    return Grammar(lang)
