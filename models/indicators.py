"""The catalogue of published series: what each is, in both languages, under an id that never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.capex import bundled
from models.errors import QueryError
from models.filters import Freq
from models.indicator_answers import IndicatorEntry
from models.methods import STANCE_METHOD, ReaderLanguage
from models.stance_capex import DEFAULT_COMPANIES

Measure = Literal["net-stance", "hype-share", "caution-share", "capex"]
Texts = dict[ReaderLanguage, str]

CAPEX_METHOD = "reported-capex 1"
FREQUENCIES: tuple[Freq, ...] = ("week", "month", "quarter")
LANGUAGES = ("all", "nl", "en")
GROUP = "big4"

EVERY: dict[Freq, Texts] = {
    "week": {"en": "per ISO week", "nl": "per ISO-week"},
    "month": {"en": "per month", "nl": "per maand"},
    "quarter": {"en": "per quarter", "nl": "per kwartaal"},
}
ARTICLES: dict[str, Texts] = {
    "all": {"en": "Dutch and English articles", "nl": "Nederlandse en Engelse artikelen"},
    "nl": {"en": "Dutch articles", "nl": "Nederlandse artikelen"},
    "en": {"en": "English articles", "nl": "Engelse artikelen"},
}
PANEL: Texts = {
    "en": (
        "Open panel: every source counts from its first article on, so the set of sources changes over time. "
        "Null under 3 sources or 10 stories; articles without a date are left out."
    ),
    "nl": (
        "Open panel: elke bron telt mee vanaf haar eerste artikel, dus de groep bronnen verandert in de tijd. "
        "Leeg onder 3 bronnen of 10 verhalen; artikelen zonder datum blijven erbuiten."
    ),
}
MEASURES: dict[Measure, tuple[Texts, Texts]] = {
    "net-stance": (
        {"en": "Net stance", "nl": "Nettostemming"},
        {
            "en": (
                "Net stance of the news towards the AI boom, from -1 (all caution) to +1 (all hype): the mean over "
                "sources, with its 95% interval over sources."
            ),
            "nl": (
                "Nettostemming van het nieuws over de AI-hausse, van -1 (enkel voorzichtigheid) tot +1 (enkel hype): "
                "het gemiddelde over bronnen, met het 95%-interval over bronnen."
            ),
        },
    ),
    "hype-share": (
        {"en": "Share of hype", "nl": "Aandeel hype"},
        {
            "en": "Share of sentences that lean to hype, the mean over sources.",
            "nl": "Deel van de zinnen dat naar hype neigt, het gemiddelde over bronnen.",
        },
    ),
    "caution-share": (
        {"en": "Share of caution", "nl": "Aandeel voorzichtigheid"},
        {
            "en": "Share of sentences that lean to caution, the mean over sources.",
            "nl": "Deel van de zinnen dat naar voorzichtigheid neigt, het gemiddelde over bronnen.",
        },
    ),
    "capex": (
        {"en": "Reported capex", "nl": "Gerapporteerde investeringen"},
        {
            "en": "Cash purchases of property and equipment per calendar quarter, as filed; finance leases not in it.",
            "nl": (
                "Contante aankopen van vaste activa per kalenderkwartaal, zoals gerapporteerd; financiële leases "
                "tellen niet mee."
            ),
        },
    ),
}
GROUPED: Texts = {
    "en": f"The sum of {', '.join(DEFAULT_COMPANIES)}; null until all have filed.",
    "nl": f"De som van {', '.join(DEFAULT_COMPANIES)}; leeg tot alle vier hebben gerapporteerd.",
}
UNITS: dict[Measure, str] = {
    "net-stance": "index (-1 to +1)",
    "hype-share": "share (0 to 1)",
    "caution-share": "share (0 to 1)",
    "capex": "USD",
}
NEWS: tuple[Texts, Texts] = (
    {
        "en": "Scores by Zeepbel of the articles of the outlets in /v1/sources.",
        "nl": "Scores van Zeepbel van de artikelen van de bronnen in /v1/sources.",
    },
    {
        "en": "Apache-2.0, as the rest of Zeepbel; the articles belong to their publishers.",
        "nl": "Apache-2.0, zoals de rest van Zeepbel; de artikelen zijn van hun uitgevers.",
    },
)
FILINGS: tuple[Texts, Texts] = (
    {
        "en": "Filings with the U.S. Securities and Exchange Commission (EDGAR).",
        "nl": "Jaarstukken en kwartaalberichten bij de Amerikaanse beurstoezichthouder SEC (EDGAR).",
    },
    {"en": "Facts in the public domain.", "nl": "Feiten in het publieke domein."},
)


@dataclass(frozen=True)
class Indicator:
    """One published series; `scope` is a language or all of them, or for capex a ticker or the group of four."""

    measure: Measure
    scope: str
    freq: Freq

    @property
    def id(self) -> str:
        return f"{self.measure}.{self.scope}.{self.freq}"

    @property
    def method(self) -> str:
        return CAPEX_METHOD if self.measure == "capex" else STANCE_METHOD

    def entry(self, hl: ReaderLanguage = "en") -> IndicatorEntry:
        """The indicator as the catalogue lists it, in the reader's language."""
        name, definition = (texts[hl] for texts in MEASURES[self.measure])
        sources, licence = (texts[hl] for texts in (FILINGS if self.measure == "capex" else NEWS))
        return IndicatorEntry(
            id=self.id,
            title=f"{name}, {_whose(self, hl)}, {EVERY[self.freq][hl]}",
            definition=f"{definition} {_further(self, hl)}".rstrip(),
            measure=self.measure,
            scope=self.scope,
            freq=self.freq,
            unit=UNITS[self.measure],
            method=self.method,
            sources=sources,
            licence=licence,
        )


@cache
def catalogue() -> dict[str, Indicator]:
    """Every published series by its id, in the order of the catalogue."""
    return {indicator.id: indicator for indicator in (*_stance(), *_capex())}


def indicator(name: str) -> Indicator:
    """The indicator with this id. Raises `QueryError` when there is none."""
    if name in catalogue():
        return catalogue()[name]
    raise QueryError(
        f"There is no indicator {name!r}. /v1/indicators lists them.",
        f"Er is geen indicator {name!r}. /v1/indicators noemt ze.",
    )


@cache
def companies() -> dict[str, str]:
    """The companies whose capex is published, name by ticker."""
    return {fact.ticker: fact.company for fact in bundled()}


def _stance() -> Iterator[Indicator]:
    for measure in MEASURES:
        if measure != "capex":
            yield from (Indicator(measure, lang, freq) for lang in LANGUAGES for freq in FREQUENCIES)


def _capex() -> Iterator[Indicator]:
    yield from (Indicator("capex", scope, "quarter") for scope in (GROUP, *sorted(companies())))


def _whose(one: Indicator, hl: ReaderLanguage) -> str:
    if one.measure != "capex":
        return ARTICLES[one.scope][hl]
    return ", ".join(DEFAULT_COMPANIES) if one.scope == GROUP else companies()[one.scope]


def _further(one: Indicator, hl: ReaderLanguage) -> str:
    if one.measure != "capex":
        return PANEL[hl]
    return GROUPED[hl] if one.scope == GROUP else ""
