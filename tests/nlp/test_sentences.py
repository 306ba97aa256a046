"""Sentences: cut where a reader would, and always at true offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.sentences import split


def texts(text: str, lang: str = "nl") -> list[str]:
    return [s.text for s in split(text, lang)]


@given(st.text(max_size=300), st.sampled_from(["nl", "en", "de"]))
def test_offsets_hold_and_sentences_do_not_overlap(text: str, lang: str) -> None:
    at = 0
    for sentence in split(text, lang):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= at
        at = sentence.end


@given(
    st.lists(st.sampled_from(["Nvidia groeit. ", "De omzet steeg 3,5%!\n", "Why?\n\n", "“Ja.” Zei hij. "]), max_size=8)
)
def test_no_letter_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("De omzet was 3,5 mrd. in 2025. Dat viel mee.", "nl", ["De omzet was 3,5 mrd. in 2025.", "Dat viel mee."]),
        ("Spending hit $3.5 billion. Dr. Hale shrugged.", "en", ["Spending hit $3.5 billion.", "Dr. Hale shrugged."]),
        ("Kop zonder punt\nEerste zin. Tweede zin.", "nl", ["Kop zonder punt", "Eerste zin.", "Tweede zin."]),
        ("Een.\n\n,\n\n***\n\nTwee.", "nl", ["Een.", "Twee."]),
        ("“We wachten af,” zei zij. Daarna stilte.", "nl", ["“We wachten af,” zei zij.", "Daarna stilte."]),
        ("", "en", []),
        (" \n\t ", "en", []),
    ],
)
def test_cut_as_a_reader_would(text: str, lang: str, expected: list[str]) -> None:
    assert texts(text, lang) == expected
