"""Periods that a sentence names and the ends of a change."""

from datetime import date

import pytest

from nlp.checks.mentioned import base_and_new
from nlp.checks.passage import Passage
from nlp.checks.wording import wording
from tests.nlp.checks.marked import read

P = "[20%|20 percent by up]"


@pytest.mark.parametrize(
    ("lang", "marked", "ends"),
    [
        ("en", f"It grew by {P} in 2025.", (None, "2025")),
        (
            "en",
            f"In the third quarter of 2025 it was {P} higher than in the same period of 2024.",
            ("2024-Q3", "2025-Q3"),
        ),
        ("en", f"It grew {P} between the first quarter of 2024 and the third quarter of 2025.", ("2024-Q1", "2025-Q3")),
        ("en", f"In Q4 2025 it was {P} higher than in the same period a year earlier.", (None, "2025-Q4")),
        ("nl", f"Tussen 2023 en 2025 steeg het met {P}.", ("2023", "2025")),
        ("nl", f"In 2025 was het 98. Dat was {P} meer dan in 2024.", ("2024", "2025")),
        ("nl", f"In 2025 was het 98. Elders steeg het met {P}.", (None, None)),
        ("en", f"It was {P} higher than in 2024.", (None, None)),
    ],
)
def test_both_ends(lang: str, marked: str, ends: tuple[str | None, str | None]) -> None:
    figures, sentences = read(marked, lang)
    passage = Passage.of(figures, sentences, wording(lang), date(2026, 3, 1))
    cited = next(c for row in passage.rows.values() for c in row)
    assert base_and_new(passage, cited) == ends
