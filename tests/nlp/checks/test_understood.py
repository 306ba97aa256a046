"""Only a sentence in which every word is known may be called wrong."""

from datetime import date

import pytest

from nlp.checks.passage import Passage
from nlp.checks.understood import has_strangers, is_understood
from nlp.checks.wording import wording
from tests.nlp.checks.marked import read

SUM = "[$90 billion|90e9 USD capex @Meta]"


@pytest.mark.parametrize(
    ("marked", "understood"),
    [
        (f"Meta's capital expenditure was {SUM} in 2025.", True),
        (f"In 2025 the company spent {SUM} on property and equipment.", True),
        (f"Meta’s capital expenditure reached {SUM}, which Brussels regrets.", True),
        (f"Meta's capital expenditure on warehouses was {SUM} in 2025.", False),
        (f"Meta guaranteed {SUM} of capital expenditure in 2025.", False),
        (f"That Meta spent {SUM} on property and equipment is a fable.", False),
    ],
)
def test_every_word_of_the_part_must_be_known(marked: str, understood: bool) -> None:
    figures, sentences = read(marked, "en")
    passage = Passage.of(figures, sentences, wording("en"), date(2026, 3, 1))
    assert is_understood(passage, passage.rows[0][0]) is understood


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Meta works with Harlow Grid.", True),
        ("Meta spent more in March than Amazon.", False),
        ("De zaak groeit.", False),
    ],
)
def test_names_that_nobody_knows_are_seen(text: str, strange: bool) -> None:
    figures, sentences = read(text, "en")
    assert has_strangers(Passage.of(figures, sentences, wording("en"), date(2026, 3, 1)), 0) is strange
