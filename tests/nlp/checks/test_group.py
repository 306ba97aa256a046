"""The share of one company in what several spent."""

import pytest

from models.records import Check
from nlp.checks.check import check_figures
from tests.nlp.checks.facts import years
from tests.nlp.checks.marked import read

TABLE = [f for t, v in (("AMZN", 40), ("GOOGL", 30), ("META", 11), ("MSFT", 20)) for f in years(t, 2024, *[v] * 8)]
WHOLE = "[101 miljard dollar|101e9 USD =2025-Q3 capex @Amazon @Alphabet @Meta @Microsoft]"
SPENT = (
    f"In het derde kwartaal van 2025 gaven Amazon, Alphabet, Meta en Microsoft samen {WHOLE} uit aan kapitaalgoederen."
)


def share(rest: str) -> list[Check]:
    figures, sentences = read(f"{SPENT} {rest}", "nl")
    return check_figures(figures, sentences, "nl", "2025-12-20", TABLE)[1].checks


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ("[40 procent|40 percent capex @Amazon] daarvan kwam van Amazon.", "consistent"),
        ("[De helft|50 percent capex @Meta] daarvan kwam van Meta.", "inconsistent"),
        ("[De helft|50 percent capex @Meta] daarvan bestelde Meta bij Nvidia.", None),
        ("[De helft|50 percent capex @Meta] van die stijging kwam van Meta.", None),
        ("[De helft|50 percent capex @Meta] daarvan ging naar chips.", None),
    ],
)
def test_a_share_is_held_against_the_filings(rest: str, verdict: str | None) -> None:
    assert next((c.verdict for c in share(rest) if c.verdict != "unverifiable"), None) == verdict


def test_the_explanation_names_part_whole_and_group() -> None:
    told = share("[De helft|50 percent capex @Meta] daarvan kwam van Meta.")[0].explanation
    assert told == (
        "Van de $ 101 miljard die Amazon, Alphabet, Meta en Microsoft in het derde kwartaal van 2025 volgens de "
        "kasstroomoverzichten bij de SEC uitgaven, kwam $ 11 miljard van Meta, dat is 10,9%; ‘De helft’ klopt niet."
    )
