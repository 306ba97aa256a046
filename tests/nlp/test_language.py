"""Language: the publisher's word first, a detector only with enough text."""

import pytest

from nlp.language import declared, detect, language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De uitgaven aan datacenters stegen opnieuw.", "nl"),
        ("Spending on data centres rose again.", "en"),
        ("Die Ausgaben für Rechenzentren steigen weiter.", "de"),
        ("Les dépenses pour les centres de données augmentent.", "fr"),
    ],
)
def test_detects_with_enough_text(text: str, expected: str) -> None:
    assert detect(text) == expected


@pytest.mark.parametrize("text", ["", "Hello world", "ASML", "12,5% 2025 $3bn", "!!! ???"])
def test_does_not_guess_from_too_little(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("tag", "expected"), [("nl-BE", "nl"), ("EN_us", "en"), ("", None), (None, None), ("english", None)]
)
def test_reads_language_tags(tag: str | None, expected: str | None) -> None:
    assert declared(tag) == expected


def test_a_declared_language_wins() -> None:
    assert language("Spending on data centres rose again.", "nl") == "nl"
