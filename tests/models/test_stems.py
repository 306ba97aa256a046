import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stems import every_stem, stem, stems
from models.terms import words


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("nl", ("investering", "investeringen", "investeren")),
        ("nl", ("datacenter", "datacenters")),
        ("en", ("company", "companies")),
        ("en", ("invest", "investing", "investments")),
        ("en", ("bubble", "bubbles")),
    ],
)
def test_the_forms_of_a_word_share_a_stem(lang: str, forms: tuple[str, ...]) -> None:
    assert len({stem(lang, form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("typed", "written"),
    [("zeepbel", "zeepbellen"), ("zeepbellen", "zeepbel"), ("locaties", "locatie"), ("koppen", "kop")],
)
def test_one_and_many_are_found_together(typed: str, written: str) -> None:
    assert stem("nl", written) in every_stem([typed])


def test_a_text_keeps_the_order_of_its_words() -> None:
    assert stems("en", "Companies, investing!") == "compani invest"
    assert stems("de", "Die Firmen") == "die firmen"
    assert stems(None, None) == ""


@given(st.lists(st.sampled_from(["de", "investeringen", "bubbles", "companies", "X1"]), min_size=1, max_size=4))
def test_what_is_typed_as_a_text_has_it_is_found(run: list[str]) -> None:
    for lang in ("nl", "en", "de", None):
        assert stems(lang, " ".join(run)) in every_stem(words(" ".join(run)))
