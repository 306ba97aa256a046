"""Public series: what was known when."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, delete, select

from models.public_series import keep, values
from models.tables import PublicValue

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
SEEN = date(2026, 8, 3)


def known(session: Session, as_of: date | None = None) -> dict[date, float]:
    return {value.start: value.value for value in values(session, "loans", as_of)}


def test_a_value_is_known_from_the_day_it_was_seen(empty: Session) -> None:
    assert keep(empty, "loans", {JUNE: 2.9}, SEEN) == 1
    assert keep(empty, "loans", {JUNE: 2.8, JULY: 3.1}, SEEN + timedelta(31)) == 2
    assert known(empty, SEEN - timedelta(1)) == {}
    assert known(empty, SEEN) == {JUNE: 2.9}
    assert known(empty) == {JUNE: 2.8, JULY: 3.1}
    assert values(empty, "other") == []


def test_the_same_again_adds_nothing(empty: Session) -> None:
    keep(empty, "loans", {JULY: 3.1, JUNE: 2.9}, SEEN)
    assert keep(empty, "loans", {JUNE: 2.9, JULY: 3.1}, SEEN + timedelta(1)) == 0
    assert [value.vintage for value in values(empty, "loans")] == [SEEN, SEEN]
    assert len(empty.exec(select(PublicValue)).all()) == 2


def test_of_one_day_the_last_value_stays(empty: Session) -> None:
    keep(empty, "loans", {JUNE: 2.9}, SEEN)
    assert keep(empty, "loans", {JUNE: 2.7}, SEEN) == 1
    empty.flush()
    assert known(empty, SEEN) == {JUNE: 2.7}


def test_what_is_not_seen_again_stays(empty: Session) -> None:
    keep(empty, "loans", {JUNE: 2.9, JULY: 3.1}, SEEN)
    keep(empty, "loans", {JULY: 3.0}, SEEN + timedelta(1))
    assert known(empty) == {JUNE: 2.9, JULY: 3.0}


@pytest.mark.parametrize(
    ("series", "start", "value"),
    [
        ("", JUNE, 1.0),
        ("loans", SEEN + timedelta(1), 1.0),
        ("loans", JUNE, float("nan")),
        ("loans", JUNE, float("inf")),
    ],
)
def test_wrong_states_are_impossible(empty: Session, series: str, start: date, value: float) -> None:
    empty.add(PublicValue(series=series, start=start, vintage=SEEN, value=value))
    with pytest.raises(DatabaseError):
        empty.flush()
    empty.rollback()


def updates() -> SearchStrategy[list[dict[date, float]]]:
    starts = st.sampled_from([JUNE, JULY, date(2026, 5, 1)])
    return st.lists(st.dictionaries(starts, st.integers(0, 3).map(float)), max_size=5)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(updates())
def test_it_agrees_with_a_plain_model(empty: Session, seen: list[dict[date, float]]) -> None:
    """As known on a day is every update until then, the later over the earlier."""
    empty.exec(delete(PublicValue))  # what the example before left
    told: dict[date, float] = {}
    expected = []
    for number, update in enumerate(seen):
        keep(empty, "loans", update, SEEN + timedelta(number))
        told |= update
        expected.append(dict(sorted(told.items())))
    assert [known(empty, SEEN + timedelta(number)) for number in range(len(seen))] == expected
    empty.rollback()
