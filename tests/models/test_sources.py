from sqlmodel import Session

from models.sources import register
from tests.builders import EN, NL, add_source


def test_the_register_counts_what_each_source_contributes(session: Session) -> None:
    states = {state.name: state for state in register(session)}
    assert list(states) == sorted((*NL, *EN))
    grid = states["Grid Weekly"]
    assert (grid.articles, grid.whole, grid.partial, grid.opted_out, grid.unusable, grid.rejected) == (
        19,
        17,
        0,
        1,
        1,
        1,
    )
    assert states["Beurspost"].partial == 1


def test_a_source_without_articles_is_there(empty: Session) -> None:
    add_source(empty, "Nieuw", "nl", paywall=True, last_error="403: weigert")
    (state,) = register(empty)
    assert (state.articles, state.paywall, state.last_error) == (0, True, "403: weigert")
