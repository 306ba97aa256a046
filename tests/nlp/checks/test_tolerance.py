"""What a stated number allows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import Figure, Qualifier
from nlp.checks.tolerance import claim, combine, exact, judge, operand, precision, total

QUALIFIERS: list[Qualifier | None] = [None, "approx", "almost", "over", "under", "at_least", "at_most"]


def figure(text: str, value: float, unit: str | None = "USD", qualifier: Qualifier | None = None) -> Figure:
    return Figure(text=text, start=0, end=len(text), sentence=0, value=value, unit=unit, qualifier=qualifier)


@pytest.mark.parametrize(
    ("text", "value", "unit", "lang", "expected"),
    [
        ("91,4 mld", 91.4e9, "USD", "nl", (1e8, 3)),
        ("zo'n 40 miljard", 40e9, "USD", "nl", (1e10, 1)),
        ("1.025 miljard", 1025e9, "EUR", "nl", (1e9, 4)),
        ("$1,250m", 1.25e9, "USD", "en", (1e7, 3)),
        ("1,200 projects", 1200, "count", "en", (1, 4)),
        ("9.5 times", 9.5, "x", "en", (0.1, 2)),
        ("verdubbeld", 2, "x", "nl", (1, 1)),
        ("anderhalf miljard", 1.5e9, "EUR", "nl", (1e8, 2)),
    ],
)
def test_precision_follows_the_digits_as_written(
    text: str, value: float, unit: str, lang: str, expected: tuple[float, int]
) -> None:
    step, digits = precision(figure(text, value, unit), lang)
    assert (step, digits) == (pytest.approx(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "actual", "verdict"),
    [
        ("35,1 miljard", 35.1e9, None, 35.095e9, "consistent"),
        ("35,1 miljard", 35.1e9, None, 35.3e9, "unverifiable"),
        ("35,1 miljard", 35.1e9, None, 39e9, "inconsistent"),
        ("bijna 100 miljard", 100e9, "almost", 97.27e9, "consistent"),
        ("bijna 100 miljard", 100e9, "almost", 101e9, "unverifiable"),
        ("bijna 100 miljard", 100e9, "almost", 60e9, "inconsistent"),
        ("ruim 100 miljard", 100e9, "over", 97.27e9, "unverifiable"),
        ("ruim 24 miljard", 24e9, "over", 23.953e9, "unverifiable"),
        ("ruim 24 miljard", 24e9, "over", 24.4e9, "consistent"),
        ("ruim 24 miljard", 24e9, "over", 40e9, "unverifiable"),  # true, if oddly put
        ("ruim 24 miljoen", 24e6, "over", 24e9, "inconsistent"),
        ("zo'n 40 miljard", 40e9, "approx", 37e9, "consistent"),
        ("minstens 10 miljard", 10e9, "at_least", 11e9, "consistent"),
        ("hooguit 10 miljard", 10e9, "at_most", 12e9, "inconsistent"),
    ],
)
def test_verdict_follows_the_qualifier(
    text: str, value: float, qualifier: Qualifier | None, actual: float, verdict: str
) -> None:
    assert judge([claim(figure(text, value, "USD", qualifier), "nl")], exact(actual)) == verdict


def test_a_range_holds_inside_its_ends() -> None:
    between = Figure(text="1 tot 1,5", start=0, end=9, sentence=0, value=1e9, value_to=1.5e9, qualifier="range")
    assert judge([claim(between, "nl")], exact(1.2e9)) == "consistent"
    assert judge([claim(between, "nl")], exact(3e9)) == "inconsistent"


values = st.floats(1e-3, 1e13)


@settings(deadline=None)
@given(values, st.sampled_from(QUALIFIERS), st.sampled_from(["USD", "percent", "x", "count", None]))
def test_where_a_number_holds_it_also_may_hold(value: float, qualifier: Qualifier | None, unit: str | None) -> None:
    for text in ("", f"{value:.3g}"):
        for stated in (claim(figure(text, value, unit, qualifier), "en"), operand(figure(text, value, unit), "en")):
            assert stated.wide.low <= stated.tight.low <= value <= stated.tight.high <= stated.wide.high


@settings(deadline=None)
@given(values, values, st.sampled_from(QUALIFIERS))
def test_a_claim_about_itself_is_never_refuted(value: float, factor: float, qualifier: Qualifier | None) -> None:
    stated = claim(figure("", value, "USD", qualifier), "nl")
    assert judge([stated], exact(value)) == "consistent"
    assert judge([stated.map(lambda x: x * factor)], exact(value * factor)) == "consistent"


@settings(deadline=None)
@given(st.lists(values, min_size=1, max_size=5))
def test_sums_and_combinations_keep_the_value_inside(numbers: list[float]) -> None:
    stated = [operand(figure("", n), "en") for n in numbers]
    for made in (total(stated), combine(lambda a, b: a / b, stated[0], stated[-1])):
        assert made.wide.low <= made.tight.low <= made.value * (1 + 1e-9)
        assert made.value * (1 - 1e-9) <= made.tight.high <= made.wide.high
