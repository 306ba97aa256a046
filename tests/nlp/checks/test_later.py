"""What filings after the publication say: about plans, forecasts and numbers that were early."""

from datetime import date
from typing import Any

import pytest

from models.records import Figure
from nlp.checks.later import later
from tests.nlp.checks.facts import fact

YEAR = [
    fact("META", "2025-Q1", 12, "2025-05-01"), fact("META", "2025-Q2", 17, "2025-07-31"),
    fact("META", "2025-Q3", 19, "2025-10-30"), fact("META", "2025-Q4", 22, "2026-01-29"),
]  # fmt: skip
PLANNED = date(2025, 1, 30)


def figure(value: float, **more: Any) -> Figure:
    fields = {
        "unit": "USD", "metric": "capex", "subjects": ["Meta"], "period": "2025", "modality": "planned",
        "text": f"${value / 1e9:g} billion", **more,
    }  # fmt: skip
    return Figure(start=0, end=5, sentence=0, value=value, **fields)


def outcomes(given: Figure, published: date = PLANNED, sentence: str = "", facts: Any = YEAR) -> list[tuple[str, str]]:
    return [(answer.known, answer.outcome) for answer in later(given, sentence, "en", published, facts)]


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(70e9, "met"), (60e9, "above"), (90e9, "below"), (75e9, "unverifiable")],
)
def test_a_plan_is_answered_when_its_last_quarter_is_filed(value: float, outcome: str) -> None:
    assert outcomes(figure(value)) == [("2026-01-29", outcome)]


def test_the_answer_is_told_in_both_languages_with_the_filings() -> None:
    (answer,) = later(figure(60e9), "", "nl", PLANNED, YEAR)
    assert answer.explanation["en"] == (
        "Meta spent $70 billion on property and equipment in 2025, by the filings that came later; "
        "“$60 billion” was exceeded."
    )
    assert "gaf volgens latere" in answer.explanation["nl"]
    assert [e.period for e in answer.evidence if e.kind == "filing"] == [f.quarter for f in YEAR]


def test_a_range_that_holds_the_result_is_met() -> None:
    assert outcomes(figure(66e9, value_to=72e9, qualifier="range"))[-1][1] == "met"


def test_an_early_number_holds_or_is_left_alone() -> None:
    early = date(2026, 1, 10)
    assert outcomes(figure(70e9, modality="reported"), early) == [("2026-01-29", "consistent")]
    assert outcomes(figure(40e9, modality="reported"), early) == []


def test_what_was_filed_before_has_no_later_answer() -> None:
    assert outcomes(figure(70e9), date(2026, 2, 1)) == []


def test_a_restatement_is_a_second_answer() -> None:
    restated = [*YEAR, fact("META", "2025-Q4", 42, "2026-04-30")]
    assert outcomes(figure(90e9), facts=restated) == [("2026-01-29", "below"), ("2026-04-30", "met")]


def test_a_restatement_that_changes_nothing_is_not_told() -> None:
    assert outcomes(figure(70e9), facts=[*YEAR, fact("META", "2025-Q4", 22, "2026-04-30")]) == [("2026-01-29", "met")]


def test_where_fiscal_and_calendar_year_differ_nothing_is_said_unless_the_text_says_which() -> None:
    quarters = [
        fact("MSFT", f"{2024 + i // 4}-Q{i % 4 + 1}", value, f"{2025 + i // 4}-0{i % 4 + 1}-15")
        for i, value in enumerate([10, 10, 40, 40, 40, 40, 5, 5])
    ]
    plan = figure(160e9, subjects=["Microsoft"])
    assert outcomes(plan, facts=quarters) == []
    assert outcomes(plan, sentence="In fiscal 2025 it plans $160 billion.", facts=quarters)[0][1] == "met"


@pytest.mark.parametrize(
    "other",
    [{"metric": "revenue"}, {"unit": "EUR"}, {"role": "by"}, {"denied": True}, {"subjects": ["OpenAI"]},
     {"subjects": []}, {"period": None}, {"period": "../2025"}, {"value": -1.0}],
)  # fmt: skip
def test_other_figures_have_no_answer(other: dict[str, Any]) -> None:
    given = figure(70e9).model_copy(update=other)
    assert outcomes(given) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Meta plans to spend {} on data centers in Ohio in 2025.",
        "Meta plans to spend an additional {} in 2025.",
        "Meta had earlier planned capital spending of {} in 2025.",
        "Meta will not spend {} on capital projects in 2025.",
        "Of its budget for 2025, Meta puts {} on chips.",
        "Meta and Blue Owl plan capital spending of {} in 2025.",
    ],
)
def test_a_part_or_a_former_plan_is_not_held_against_the_whole(sentence: str) -> None:
    given = figure(60e9)
    start = sentence.index("{}")
    placed = given.model_copy(update={"start": start, "end": start + len(given.text)})
    assert outcomes(placed, sentence=sentence.format(given.text)) == []


def test_a_plain_plan_in_its_sentence_is_answered() -> None:
    sentence = "Meta expects capital expenditure of $60 billion in 2025."
    placed = figure(60e9).model_copy(update={"start": 36, "end": 47})
    assert outcomes(placed, sentence=sentence) == [("2026-01-29", "above")]


@pytest.mark.parametrize(
    ("qualifier", "value", "outcome"),
    [("over", 50e9, "met"), ("at_least", 50e9, "met"), ("under", 100e9, "met"), ("at_most", 100e9, "met"),
     ("over", 90e9, "below"), ("at_most", 50e9, "above")],
)  # fmt: skip
def test_an_open_side_is_met_however_far(qualifier: str, value: float, outcome: str) -> None:
    assert outcomes(figure(value, qualifier=qualifier))[-1][1] == outcome


def test_nothing_is_known_before_it_is_filed() -> None:
    both = [*YEAR, *(fact("AMZN", f.quarter, 20, None) for f in YEAR)]
    ((known, outcome),) = outcomes(figure(150e9, subjects=["Amazon", "Meta"]), facts=both)
    assert (known, outcome) == ("2026-02-04", "met")


def test_of_two_amounts_of_one_year_none_is_held_against_it() -> None:
    plan, quarter = figure(85e9), figure(22.4e9)
    sentence = "Meta raised its planned spending for this year to $85 billion, after a quarter of $22.4 billion."
    assert later(quarter, sentence, "en", PLANNED, YEAR, [plan]) == []
    assert later(plan, sentence, "en", PLANNED, YEAR, [quarter]) == []
    assert later(plan, sentence, "en", PLANNED, YEAR, [figure(9e9, subjects=["Oracle"])]) != []


def test_a_company_that_is_not_followed_does_not_get_in_the_way() -> None:
    assert outcomes(figure(70e9), facts=[*YEAR, fact("XYZ", "2025-Q4", 5, None)]) == [("2026-01-29", "met")]
