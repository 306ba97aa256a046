"""The time of an amount: its own, counted back from another, or that of the sentences before in its paragraph."""

from datetime import date

import pytest

from nlp.checks.passage import Passage
from nlp.checks.when import When, spell, when
from nlp.checks.wording import wording
from tests.nlp.checks.marked import read

NEW, OLD = "[35.7 billion|35.7e9 USD =2026-Q1 capex @Alphabet]", "[17.2 billion|17.2e9 USD capex @Alphabet]"
FIRST = f"In the first quarter of 2026 Alphabet's capital spending was {NEW}"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{FIRST}, against {OLD} a year earlier.", When("2025-Q1", counted=True)),
        (f"{FIRST}. In the same quarter of 2024 it was {OLD}.", When("2024-Q1", own=False, counted=True)),
        (f"{FIRST}. A quarter earlier it was {OLD}.", When("2025-Q4", own=False, counted=True)),
        (f"{FIRST}. Two years earlier it was {OLD}.", When("2024-Q1", own=False, counted=True)),
        (f"{FIRST}. Its outlay was {OLD}.", When("2026-Q1", own=False)),
        (f"{FIRST}. Over the full year its outlay was {OLD}.", None),
        (f"{FIRST}. In May its outlay was {OLD}.", None),
        (f"{FIRST}.\n\nIts outlay was {OLD}.", None),
        (f"{FIRST} and in the fourth quarter of 2025 [27.9 billion|27.9e9 USD capex]. Its outlay was {OLD}.", None),
        (f"{FIRST}. It spent {OLD}, more than a year earlier.", When("2026-Q1", own=False)),
    ],
)
def test_when(marked: str, expected: When | None) -> None:
    figures, sentences = read(marked, "en")
    passage = Passage.of(figures, sentences, wording("en"), date(2026, 6, 1))
    last = max((c for row in passage.rows.values() for c in row), key=lambda c: (c.figure.sentence, c.figure.start))
    assert when(passage, last, {}) == expected


@pytest.mark.parametrize(
    ("quarters", "name"), [([8102], "2025-Q3"), ([8100, 8101, 8102, 8103], "2025"), ([8101, 8102], "2025-Q2/2025-Q3")]
)
def test_a_run_of_quarters_is_spelt_as_a_period(quarters: list[int], name: str) -> None:
    assert spell(quarters) == name
