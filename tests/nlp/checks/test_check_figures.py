"""The checks as a whole, on figures that are marked by hand."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import CapexFact, Check, Figure
from nlp.checks.check import check_figures
from nlp.sentences import Sentence
from tests.nlp.checks.facts import fact, years
from tests.nlp.checks.marked import read

FOUR = "capex @Amazon @Alphabet @Meta @Microsoft"
GROUP = (
    "De kwartaaluitgaven van deze vier bedrijven zijn in twee jaar gestegen van "
    f"[zo'n 40 miljard|4e10 USD approx from {FOUR}] naar [bijna 100 miljard dollar|1e11 USD almost to {FOUR}]. "
    f"Dat is een toename van [ruim 150 procent|150 percent over by up {FOUR}]."
)
TABLE = [f for t in ("AMZN", "GOOGL", "META", "MSFT") for f in years(t, 2023, *[9.5] * 8, *[24.0] * 3)]


def check(
    marked: str, lang: str = "nl", published: str | None = "2025-11-20", capex: list[CapexFact] | None = None
) -> dict[str, dict[str, Check]]:
    """The checks by text of the figure and kind."""
    figures, sentences = read(marked, lang)
    checked = check_figures(figures, sentences, lang, published, TABLE if capex is None else capex)
    return {f.text: {c.kind: c for c in f.checks} for f in checked}


def test_a_change_and_its_amounts_hold_by_arithmetic_and_by_the_filings() -> None:
    got = check(GROUP)
    assert {t: {k: c.verdict for k, c in checks.items()} for t, checks in got.items()} == {
        "zo'n 40 miljard": {"arithmetic": "consistent", "reported": "consistent"},
        "bijna 100 miljard dollar": {"arithmetic": "consistent", "reported": "consistent"},
        "ruim 150 procent": {"arithmetic": "consistent"},
    }
    told = got["ruim 150 procent"]["arithmetic"].explanation
    assert told == "Van $ 40 miljard naar $ 100 miljard is +150%; ‘ruim 150 procent’ klopt."


def test_evidence_names_each_filing_with_source_and_grade() -> None:
    evidence = check(GROUP)["bijna 100 miljard dollar"]["reported"].evidence
    filings = [e for e in evidence if e.kind == "filing"]
    assert [(e.company, e.period, e.value) for e in filings] == [
        (t, "2025-Q3", 24e9) for t in ("AMZN", "GOOGL", "META", "MSFT")
    ]
    assert all(e.source == "invented" and e.grade == "reported" and e.unit == "USD" for e in filings)
    assert evidence[-1].kind == "formula"


def test_the_explanation_is_in_the_language_of_the_article() -> None:
    got = check("Costs went from [£1.5bn|1.5e9 GBP from] to [£3bn|3e9 GBP to] and have [tripled|3 x by up].", "en")
    assert got["tripled"]["arithmetic"].explanation == (
        "From £1.5 billion to £3 billion is 2 times as much; “tripled” does not hold."
    )


def test_figures_come_back_as_copies_in_their_order() -> None:
    figures, sentences = read(GROUP, "nl")
    checked = check_figures(figures, sentences, "nl", "2025-11-20", TABLE)
    assert [f.text for f in checked] == [f.text for f in figures]
    assert all(not f.checks for f in figures)
    assert check_figures([], [], "nl", None, TABLE) == []


def test_another_language_is_not_checked() -> None:
    figures, sentences = read(GROUP, "nl")
    assert all(not f.checks for f in check_figures(figures, sentences, "de", "2025-11-20", TABLE))


LEVEL = "De kapitaaluitgaven van Alphabet waren in het derde kwartaal van 2025 [{0}|{1} USD =2025-Q3 capex @Alphabet]."


@pytest.mark.parametrize(
    ("text", "value", "published", "verdict"),
    [
        ("24 miljard dollar", "24e9", "2025-11-20", "consistent"),
        ("24 miljard dollar", "24e9", "2025-10-25", "consistent"),  # the release may have come before the filing
        ("24 miljard dollar", "24e9", "2025-10-05", "unverifiable"),  # nobody had reported
        ("48 miljard dollar", "48e9", "2025-11-20", "inconsistent"),
        ("48 miljard dollar", "48e9", "2025-10-25", "unverifiable"),  # not for certain filed
        ("48 miljard dollar", "48e9", None, "unverifiable"),
        ("24,6 miljard dollar", "24.6e9", "2025-11-20", "unverifiable"),  # too near to reject
    ],
)
def test_a_claim_is_held_against_what_was_known_that_day(
    text: str, value: str, published: str | None, verdict: str
) -> None:
    assert check(LEVEL.format(text, value), published=published)[text]["reported"].verdict == verdict


def test_every_vintage_counts() -> None:
    table = [fact("GOOGL", "2025-Q3", 24.0, "2025-10-30"), fact("GOOGL", "2025-Q3", 22.0, "2026-10-30")]
    claim = LEVEL.format("22 miljard dollar", "22e9")
    assert check(claim, capex=table, published="2025-11-20")["22 miljard dollar"]["reported"].verdict != "consistent"
    assert check(claim, capex=table, published="2026-11-20")["22 miljard dollar"]["reported"].verdict == "consistent"
    first = LEVEL.format("24 miljard dollar", "24e9")
    assert check(first, capex=table, published="2026-11-20")["24 miljard dollar"]["reported"].verdict == "consistent"


def test_another_fiscal_year_is_a_doubt_and_no_accusation() -> None:
    table = years("MSFT", 2024, 10, 10, 20, 20, 20, 20, 40, 40)
    claim = "De kapitaaluitgaven van Microsoft waren in 2025 [{0} miljard dollar|{0}e9 USD =2025 capex @Microsoft]."
    calendar = check(claim.format(120), published="2026-03-01", capex=table)["120 miljard dollar"]["reported"]
    fiscal = check(claim.format(80), published="2026-03-01", capex=table)["80 miljard dollar"]["reported"]
    assert calendar.verdict == "consistent"
    assert fiscal.verdict == "unverifiable"
    assert "boekjaar of kalenderjaar" in fiscal.explanation


@pytest.mark.parametrize("word", ["denied", "planned", "forecast"])
def test_what_the_text_does_not_assert_gets_no_verdict(word: str) -> None:
    claim = f"De kapitaaluitgaven van Alphabet waren in 2025-Q3 [48 miljard|48e9 USD =2025-Q3 capex {word} @Alphabet]."
    assert check(claim)["48 miljard"] == {}


def test_a_group_with_an_unlisted_member_gets_no_verdict() -> None:
    claim = "De kapitaaluitgaven van Alphabet en Kwelder samen: [9 miljard|9e9 USD =2025-Q3 capex @Alphabet @Kwelder]."
    assert check(claim)["9 miljard"] == {}


WORDS = st.text(st.characters(codec="utf-8"), max_size=80)
PERIODS = st.sampled_from(
    [None, "", "2025", "2025-Q3", "2025-13", "../2030", "2020/..", "0000", "2025-01/2025-06", "x"]
)


@st.composite
def odd_figures(draw: st.DrawFn) -> Figure:
    numbers = st.floats(allow_nan=True, allow_infinity=True)
    return Figure(
        text=draw(WORDS), start=draw(st.integers(0, 90)), end=draw(st.integers(0, 90)),
        sentence=draw(st.integers(-1, 3)), value=draw(numbers), value_to=draw(st.none() | numbers),
        unit=draw(st.sampled_from([None, "USD", "EUR", "percent", "x", "count", "W", "basis_point", "??"])),
        qualifier=draw(st.sampled_from([None, "almost", "over", "approx", "range"])),
        role=draw(st.sampled_from(["from", "to", "by", "level"])), period=draw(PERIODS),
        metric="capex", subjects=draw(st.lists(st.sampled_from(["Alphabet", "Meta", "Kwelder"]), max_size=3)),
    )  # fmt: skip


@settings(deadline=None)
@given(st.lists(odd_figures(), max_size=6), st.lists(WORDS, max_size=3), PERIODS)
def test_odd_input_never_raises(figures: list[Figure], texts: list[str], published: str | None) -> None:
    sentences = [Sentence(t, 0, len(t)) for t in texts]
    for lang in ("nl", "en"):
        checked = check_figures(figures, sentences, lang, published, TABLE)
        json.dumps([[c.model_dump() for c in f.checks] for f in checked])


def test_a_reader_of_the_other_language_gets_the_same_verdicts_in_it() -> None:
    figures, sentences = read(GROUP, "nl")
    dutch, english = (check_figures(figures, sentences, "nl", "2025-11-20", TABLE, reader) for reader in (None, "en"))
    assert [[(c.kind, c.verdict) for c in f.checks] for f in dutch] == [
        [(c.kind, c.verdict) for c in f.checks] for f in english
    ]
    told = {f.text: f.checks[0].explanation for f in english}
    assert told["ruim 150 procent"].startswith("From $40 billion to $100 billion is +150%; “ruim 150 procent” holds.")
