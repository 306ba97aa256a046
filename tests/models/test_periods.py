from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, literal, select

from models.columns import UtcDateTime
from models.database import open_database
from models.filters import Freq
from models.periods import PeriodStart, end_of, name_of, quarter_start, start_of, starts
from tests.databases import database_url

freqs = st.sampled_from(["day", "week", "month", "quarter"])
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_database(database_url(tmp_path_factory.mktemp("periods")))
    yield opened
    opened.dispose()


@given(days, freqs, st.times())
def test_sql_and_python_agree_on_the_period(engine: Engine, day: date, freq: Freq, time: object) -> None:
    moment = datetime.combine(day, time, UTC)
    with engine.connect() as connection:
        first = connection.execute(select(PeriodStart(literal(moment, UtcDateTime()), freq))).scalar_one()
    assert date.fromisoformat(first) == start_of(day, freq)


@given(days, freqs)
def test_a_period_holds_its_days_and_the_next_one_follows(day: date, freq: Freq) -> None:
    first = start_of(day, freq)
    assert first <= day <= end_of(first, freq)
    following = end_of(first, freq) + timedelta(days=1)
    assert list(starts(first, following, freq)) == [first, following]
    assert name_of(first, freq) != name_of(following, freq)


@given(days)
def test_a_quarter_is_found_by_its_name(day: date) -> None:
    first = start_of(day, "quarter")
    assert quarter_start(name_of(first, "quarter")) == first


@pytest.mark.parametrize(
    ("day", "freq", "name"),
    [
        (date(2024, 12, 30), "week", "2025-W01"),
        (date(2021, 1, 3), "week", "2020-W53"),
        (date(2025, 11, 3), "day", "2025-11-03"),
        (date(2025, 11, 30), "month", "2025-11"),
        (date(2025, 12, 31), "quarter", "2025-Q4"),
    ],
)
def test_names(day: date, freq: Freq, name: str) -> None:
    assert name_of(start_of(day, freq), freq) == name


def test_a_late_evening_elsewhere_is_the_next_day_in_utc(engine: Engine) -> None:
    moment = datetime(2024, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    with engine.connect() as connection:
        first = connection.execute(select(PeriodStart(literal(moment, UtcDateTime()), "day"))).scalar_one()
    assert first == "2025-01-01"
