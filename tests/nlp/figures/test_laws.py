"""Laws of reading: what CLDR prints is read back, offsets cut the text, reading depends on nothing it should not."""

import sys
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_percent,
    get_currency_name,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import Figure
from nlp.figures import read_figures
from nlp.figures.grammar import grammar
from nlp.sentences import Sentence, split

LANGS = st.sampled_from(["nl", "en"])
UNREADABLE = {"XCG"}  # CLDR prints "Cg.5", which is an abbreviation to any tokeniser
CURRENCIES = st.sampled_from(sorted({unit.name for unit in grammar("en").codes.values()} - UNREADABLE))
AMOUNTS = st.integers(-(10**14), 10**14).filter(bool).map(lambda hundredths: Decimal(hundredths) / 100)
ROUND = st.builds(lambda digits, zeros: Decimal(digits).scaleb(zeros), st.integers(1, 999), st.integers(0, 12))
FRAMES = {
    "nl": ["Het was {}.", "De omzet bedroeg {} in 2024", "{} dus, zei hij.", "Dat is veel ({})."],
    "en": ["It was {}.", "Revenue came to {} in 2024", "{} then, he said.", "That is a lot ({})."],
}


def read(lang: str, *texts: str) -> list[Figure]:
    return read_figures([Sentence(t, 0, len(t)) for t in texts], lang, "2025-11-10")


def check_read_back(lang: str, printed: str, value: Decimal, unit: str) -> None:
    """The amount is the only figure of each frame, and its own text alone is read as the same."""
    for frame in FRAMES[lang]:
        (figure,) = read(lang, frame.format(printed))
        assert figure.value == pytest.approx(float(value), rel=1e-9), frame
        assert figure.unit == unit, frame
        (again,) = read(lang, figure.text)
        assert (again.value, again.unit) == (figure.value, figure.unit)
        assert again.text == figure.text.rstrip(".")  # that of "mln." ends the text that is only this


@settings(max_examples=60, deadline=None)
@given(LANGS, CURRENCIES, AMOUNTS, st.sampled_from(["standard", "name"]))
def test_money_that_cldr_prints_is_read_back(lang: str, currency: str, amount: Decimal, style: Any) -> None:
    printed = format_currency(amount, currency, locale=lang, format_type=style, decimal_quantization=False)
    check_read_back(lang, printed, amount, currency)


@settings(max_examples=60, deadline=None)
@given(LANGS, CURRENCIES, ROUND, st.sampled_from([1, -1]), st.booleans())
def test_compact_money_that_cldr_prints_is_read_back(
    lang: str, currency: str, amount: Decimal, sign: int, long: bool
) -> None:
    """CLDR has a long form ("1,5 miljard") of numbers only; the name of the currency follows."""
    if long:
        number = format_compact_decimal(sign * amount, format_type="long", locale=lang, fraction_digits=3)
        printed = f"{number} {get_currency_name(currency, count=amount, locale=lang)}"
    else:
        printed = format_compact_currency(sign * amount, currency, locale=lang, fraction_digits=3)
    check_read_back(lang, printed, sign * amount, currency)


@settings(max_examples=60, deadline=None)
@given(LANGS, st.integers(-(10**7), 10**7))
def test_percentages_that_cldr_prints_are_read_back(lang: str, hundredths: int) -> None:
    printed = format_percent(Decimal(hundredths) / 10_000, locale=lang, decimal_quantization=False)
    check_read_back(lang, printed, Decimal(hundredths) / 100, "percent")


WORDS = (
    "3 € $ % - – , . ( ) 1.5 1,5 ½ miljard billion mrd k tot to van from en and een half the kwart third of van zo'n "
    "tussen between bijna verdubbeld tens Meta 2025 Q3 eerste kwartaal GW keer times won dollar euro's US$ x op de in "
    "’ İ ß ² ٣ \u00a0 \u202f \u200b 🙂 procent jaar no geen percentage c T users MWh USD Rs 500"
)
PIECES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25)
TEXTS = st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join))


@settings(max_examples=100, deadline=None)
@given(LANGS, st.lists(TEXTS, max_size=4).map("\n".join))
def test_offsets_cut_the_article(lang: str, text: str) -> None:
    sentences = split(text, lang)
    figures = read_figures(sentences, lang, "2025-11-10")
    for figure in figures:
        start = sentences[figure.sentence].start
        assert text[start + figure.start : start + figure.end] == figure.text != ""
    assert read_figures(sentences, lang, "2025-11-10") == figures


@settings(max_examples=100, deadline=None)
@given(LANGS, TEXTS, TEXTS)
def test_a_sentence_that_says_nothing_changes_nothing(lang: str, text: str, later: str) -> None:
    alone = read(lang, text)
    idle = {"nl": "Het regende.", "en": "It rained."}[lang]
    assert [f.model_copy(update={"sentence": 0}) for f in read(lang, idle, text)] == alone
    assert [f for f in read(lang, text, later) if f.sentence == 0] == alone


HOSTILE = {
    "digits": "1", "signs": "$", "commas": "1,", "points": "1.", "mixed": "1,1.", "dashes": "1-", "scales": "miljard ",
    "ranges": "tussen 1 en ", "changes": "from 1 to ", "brackets": "($1 ", "words": "een ", "more words": "one ",
    "years": "in 2024 5% ", "slashes": "1/", "halves": "half a ", "letters": "A.", "quotes": "“A. ", "apostrophes": "'",
    "names": "Meta, ", "compounds": "w-", "narrow": "1\u202f", "of": "3 van de ", "capitals": "Aa said ",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_work_grows_with_the_length_only(lang: str, piece: str) -> None:
    """Counted in calls, which do not depend on the machine: eight times the text takes about eight times as many."""
    text = piece * (800 // len(piece))
    calls(lang, text)
    assert calls(lang, text * 8) < 12 * calls(lang, text)


def calls(lang: str, text: str) -> int:
    """How many calls cutting and reading a text takes."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read_figures(split(text, lang), lang, "2025-11-10")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "$" * 50_000, "miljard " * 20_000, "' " * 50_000, "“A. " * 50_000, "A! " * 60_000]
)
def test_a_hostile_text_comes_to_an_end(text: str) -> None:
    for lang in ("nl", "en"):
        sentences = split(text, lang)
        assert all(text[s.start : s.end] == s.text for s in sentences)
        read_figures(sentences, lang, None)
