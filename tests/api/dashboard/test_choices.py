from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.datastructures import QueryParams

from api.dashboard.choices import FiguresChoice, FrontChoice, TextForm
from models.errors import QueryError
from models.filters import Filters

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
chosen = st.builds(
    FrontChoice,
    q=words,
    source=st.lists(words, max_size=3).map(tuple),
    theme=st.lists(st.sampled_from(["capex", "energy"]), max_size=2, unique=True).map(tuple),
    since=st.none() | st.dates(),
    freq=st.sampled_from(["day", "quarter"]),
    company=st.lists(words, max_size=2).map(tuple),
)


@given(chosen)
def test_an_address_gives_back_what_it_was_made_of(choice: FrontChoice) -> None:
    assert FrontChoice.read(QueryParams(choice.query()[1:])) == choice


@given(chosen)
def test_taking_every_filter_off_leaves_none(choice: FrontChoice) -> None:
    for source in choice.source:
        choice = FrontChoice.read(QueryParams(choice.without("source", source)[1:]))
    for field in ("q", "since", "theme"):
        choice = FrontChoice.read(QueryParams(choice.without(field)[1:]))
    assert choice.filters() == Filters()


def test_empty_values_of_a_form_count_as_not_given() -> None:
    choice = FrontChoice.read(QueryParams("q=&lang=&from=&to=&theme=&stance=hype&unknown=1"))
    assert choice == FrontChoice(stance=("hype",))


def test_a_change_of_filter_starts_at_the_first_page() -> None:
    choice = FrontChoice.read(QueryParams("q=chips&cursor=abc"))
    assert choice.cursor == "abc"
    assert choice.query(sort="oldest") == "?q=chips&sort=oldest"


def test_the_usual_companies_are_no_choice() -> None:
    usual = FrontChoice.read(QueryParams("company=MSFT&company=AMZN&company=GOOGL&company=META"))
    assert usual.company == ()
    assert FrontChoice.read(QueryParams("company=MSFT")).company == ("MSFT",)


@pytest.mark.parametrize("query", ["from=yesterday", "theme=weather", "freq=year", "sort=best", "q=" + "a" * 301])
def test_what_a_field_cannot_be_is_refused(query: str) -> None:
    with pytest.raises(ValidationError):
        FrontChoice.read(QueryParams(query))


def test_days_in_the_wrong_order_are_refused_in_both_languages() -> None:
    choice = FrontChoice(since=date(2025, 2, 1), until=date(2025, 1, 1))
    with pytest.raises(QueryError) as refused:
        choice.filters()
    assert str(refused.value) != refused.value.dutch


def test_on_the_figures_page_an_organisation_is_what_a_figure_is_about() -> None:
    choice = FiguresChoice.read(QueryParams("org=Meta&lang=nl&metric=capex"))
    assert choice.on_articles() == Filters(lang=("nl",))
    assert choice.hidden("metric", "org") == [("lang", "nl")]


def test_a_text_keeps_one_character_a_line_end() -> None:
    form = TextForm(text="een\r\ntwee\n", title="  ", published="")
    assert (form.text, form.document().title, form.document().published) == ("een\ntwee\n", None, None)
