import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.snippets import LONGEST, snippet

TEXT = (
    " ".join(f"woord{n}" for n in range(100))
    + " De zeepbellen van de beleggers knappen. "
    + "En toen niets meer. " * 20
)


@pytest.mark.parametrize(
    "typed", ["zeepbel", '"zeepbellen van"', "belegg*", "tekst:knappen", "zeepbel belegger olifant"]
)
def test_it_shows_what_was_found(typed: str) -> None:
    shown = snippet(typed, TEXT, "nl")
    assert shown
    assert "zeepbellen van de beleggers" in shown
    assert shown.startswith("…woord")
    assert shown.endswith("…")
    assert len(shown.split()) <= LONGEST


@pytest.mark.parametrize("typed", ["olifant", "titel:zeepbel", "", "?"])
def test_without_a_match_in_the_text_there_is_none(typed: str) -> None:
    assert snippet(typed, TEXT, "nl") is None
    assert snippet("zeepbel", None, "nl") is None


def test_it_prefers_the_place_with_most_of_the_words() -> None:
    text = "Een zeepbel. " + "Niets. " * 60 + "De zeepbel en de schuld. " + "Niets. " * 60
    assert "schuld" in (snippet("zeepbel schuld", text, "nl") or "")


@given(st.text(max_size=200), st.text(max_size=20))
def test_it_is_always_a_piece_of_the_text(text: str, typed: str) -> None:
    shown = snippet(typed, text, "en")
    if shown is not None:
        assert shown.strip("…") in " ".join(text.split())
