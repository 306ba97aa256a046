from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.formats import Formats
from api.dashboard.texts import texts

NL, EN = Formats(texts("nl")), Formats(texts("en"))


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (0.124, "+0,12", "+0.12"),
        (-0.5, "−0,50", "−0.50"),
        (-0.001, "0,00", "0.00"),
        (0.0, "0,00", "0.00"),
        (None, "—", "—"),
    ],
)
def test_signed_numbers(value: float | None, nl: str, en: str) -> None:
    assert (NL.signed(value), EN.signed(value)) == (nl, en)


@given(st.floats(-1, 1))
def test_no_hyphen_stands_for_a_minus_and_zero_has_no_sign(value: float) -> None:
    written = EN.signed(value)
    assert "-" not in written
    assert (written[0] in "+−") == (round(value, 2) != 0)


@pytest.mark.parametrize(
    ("value", "unit", "noun", "nl", "en"),
    [
        (97.3e9, "USD", None, "US$ 97,3 mld.", "US$97.3B"),
        (12.5, "EUR", None, "€ 12,50", "€12.50"),
        (81.3, "percent", None, "81,3%", "81.3%"),
        (2.5, "percentage_point", None, "2,5 procentpunt", "2.5 pp"),
        (1.7, "x", None, "1,7×", "1.7×"),
        (3.2e9, "W", None, "3,2 GW", "3.2 GW"),
        (150e6, "W", None, "150 MW", "150 MW"),
        (1250, "count", "banen", "1.250 banen", "1,250 banen"),
        (2.3e9, None, None, "2,3 miljard", "2.3 billion"),
    ],
)
def test_quantities_have_the_readers_units(value: float, unit: str | None, noun: str | None, nl: str, en: str) -> None:
    plain = (NL.quantity(value, unit, noun), EN.quantity(value, unit, noun))
    assert tuple(text.replace("\xa0", " ") for text in plain) == (nl, en)


@pytest.mark.parametrize(
    ("period", "nl", "en"),
    [
        ("2025", "2025", "2025"),
        ("2025-Q3", "K3 2025", "Q3 2025"),
        ("2025-06", "juni 2025", "June 2025"),
        ("2025-W07", "week 7 van 2025", "week 7, 2025"),
        ("2025-06-01", "1 juni 2025", "1 June 2025"),
        ("2013/2025", "2013–2025", "2013–2025"),
        ("../2030", "tot en met 2030", "up to 2030"),
        ("2026-Q1/..", "vanaf K1 2026", "from Q1 2026"),
        (None, "—", "—"),
        ("2025-13-45 or so", "2025-13-45 or so", "2025-13-45 or so"),
    ],
)
def test_periods_in_words(period: str | None, nl: str, en: str) -> None:
    assert (NL.period(period), EN.period(period)) == (nl, en)


def test_dates_and_moments() -> None:
    assert NL.day(date(2025, 3, 9)) == "9 maart 2025"
    assert EN.moment(datetime(2025, 3, 9, 14, 5, tzinfo=UTC)) == "9 Mar 2025 14:05 UTC"
    assert EN.moment(None) == NL.day(None) == "—"


def test_shares_and_lists() -> None:
    assert (EN.percent(0.314), EN.percent(-0.25, sign=True), EN.percent(None)) == ("31%", "−25%", "—")
    assert (NL.every(["Amazon", "Meta", "Oracle"]), EN.every(["Amazon", "Meta"])) == (
        "Amazon, Meta en Oracle",
        "Amazon and Meta",
    )
