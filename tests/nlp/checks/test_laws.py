"""Laws: whoever writes what the filings or the sums give is never accused, and gross errors are seen."""

from datetime import date, timedelta

from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from models.capex import bundled
from models.records import CapexFact
from nlp.checks.check import check_figures
from nlp.checks.series import companies
from nlp.figures import read_figures
from nlp.sentences import split

FACTS = bundled()
ONCE = [f for f in FACTS if f.ticker in ("AMZN", "GOOGL", "META") and f.start > "2017" and not f.filed]  # not restated
ORDINALS = {"nl": ["eerste", "tweede", "derde", "vierde"], "en": ["first", "second", "third", "fourth"]}
LEVELS = {
    "nl": "{who} gaf in het {part} kwartaal van {year} {value} miljard dollar uit aan kapitaalgoederen.",
    "en": "Capital expenditure at {who} came to ${value} billion in the {part} quarter of {year}.",
}
CHANGES = {
    "nl": "De begroting ging van {old} naar {new} miljoen euro, een stijging van {change} procent.",
    "en": "The budget went from €{old}m to €{new}m, an increase of {change}%.",
}
SUMS = {
    "nl": "Er ging {0} miljoen naar grond, {1} miljoen naar beton, {2} miljoen naar kabels, samen {3} miljoen euro.",
    "en": "It costs €{0}m for land, €{1}m for concrete and €{2}m for cables, €{3}m in all.",
}
langs = st.sampled_from(["nl", "en"])


def verdicts(text: str, lang: str, published: str, unit: str) -> set[str]:
    """The verdicts on the last figure of a unit."""
    sentences = split(text, lang)
    figures = check_figures(read_figures(sentences, lang, published), sentences, lang, published, FACTS)
    return {c.verdict for c in [f for f in figures if f.unit == unit][-1].checks}


def level(fact: CapexFact, lang: str, factor: float) -> set[str]:
    year, part = fact.quarter.split("-Q")
    published = (date.fromisoformat(fact.end) + timedelta(days=75)).isoformat()
    text = LEVELS[lang].format(
        who=companies()[fact.ticker].name, part=ORDINALS[lang][int(part) - 1], year=year,
        value=format_decimal(fact.value * factor / 1e9, format="0.0##", locale=lang),
    )  # fmt: skip
    return verdicts(text, lang, published, "USD")


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(FACTS), langs)
def test_what_the_filing_says_is_never_refuted(fact: CapexFact, lang: str) -> None:
    assert "inconsistent" not in level(fact, lang, 1)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(ONCE), langs)
def test_twice_or_a_thousandth_of_it_is_seen(fact: CapexFact, lang: str) -> None:
    assert level(fact, lang, 1) == {"consistent"}
    assert level(fact, lang, 2.5) == level(fact, lang, 0.4) == {"inconsistent"}


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 900), st.integers(2, 900), langs)
def test_a_right_percentage_holds_and_a_wrong_one_does_not(old: int, rise: int, lang: str) -> None:
    change = round(100 * rise / old)
    if not 1 < change < 500:
        return
    text = CHANGES[lang].format(old=old, new=old + rise, change=change)
    assert verdicts(text, lang, "2025-06-01", "percent") == {"consistent"}
    wrong = CHANGES[lang].format(old=old, new=old + rise, change=2 * change + 40)
    assert verdicts(wrong, lang, "2025-06-01", "percent") == {"inconsistent"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(2, 900), min_size=3, max_size=3), langs)
def test_a_right_sum_holds_and_a_wrong_one_does_not(parts: list[int], lang: str) -> None:
    right = SUMS[lang].format(*parts, sum(parts))
    assert verdicts(right, lang, "2025-06-01", "EUR") == {"consistent"}
    wrong = SUMS[lang].format(*parts, 2 * sum(parts))
    assert verdicts(wrong, lang, "2025-06-01", "EUR") == {"inconsistent"}
