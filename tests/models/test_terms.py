import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.terms import Term, terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zeepbel", [Term(("zeepbel",))]),
        ("AI-boom NU", [Term(("ai", "boom")), Term(("nu",))]),
        ('"kan knappen" koers*', [Term(("kan", "knappen"), exact=True), Term(("koers",), prefix=True)]),
        ('"nooit gesloten', [Term(("nooit", "gesloten"), exact=True)]),
        ("titel:zeepbel TEXT:boom", [Term(("zeepbel",), field="title"), Term(("boom",), field="text")]),
        ('title:"een kop"', [Term(("een", "kop"), exact=True, field="title")]),
        ("auteur:jansen", [Term(("auteur", "jansen"))]),
        ("isn't", [Term(("isn", "t"))]),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, meant: list[Term]) -> None:
    assert terms(typed) == meant


@pytest.mark.parametrize("typed", ["", "  ", "?!", '""', "***", '"*"', "- –", "_"])
def test_without_a_word_there_is_no_term(typed: str) -> None:
    assert terms(typed) == []


@given(st.text(max_size=60))
def test_terms_hold_letters_and_digits_alone(typed: str) -> None:
    assert all(word.isalnum() for term in terms(typed) for word in term.words)
