import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from models.errors import QueryError
from models.filters import Filters
from models.stance_capex import band, lead_lag, stance_capex

values = st.lists(st.none() | st.floats(-1, 1), max_size=30)


def test_the_group_is_empty_until_all_have_filed(session: Session) -> None:
    both = stance_capex(session, Filters())
    assert both.companies == ["AMZN", "GOOGL", "META", "MSFT"]
    points = {point.quarter: point for point in both.points}
    assert round((points["2025-Q3"].capex or 0) / 1e6) == 97_271
    assert round((points["2025-Q3"].capex_growth or 0), 3) == round(97_271 / 58_862 - 1, 3)
    assert points["2026-Q2"].capex is not None
    with_oracle = stance_capex(session, Filters(), ["ORCL", "AMZN"])
    assert with_oracle.companies == ["AMZN", "ORCL"]
    assert with_oracle.points[-1].capex is not None
    assert with_oracle.points[-1].quarter == "2026-Q2"


def test_the_axis_starts_with_the_news_or_where_asked(session: Session) -> None:
    assert stance_capex(session, Filters()).points[0].quarter == "2024-Q1"
    asked = stance_capex(session, Filters(since=date(2020, 2, 1), until=date(2025, 5, 1)))
    quarters = [point.quarter for point in asked.points]
    assert (quarters[0], quarters[-1], len(quarters)) == ("2020-Q1", "2025-Q2", 22)
    assert asked.points[0].net_stance is None
    assert asked.points[0].capex is not None
    assert stance_capex(session, Filters(since=date.min)).points[0].quarter == "2015-Q2"
    assert stance_capex(session, Filters(until=date.min)).points == []


def test_without_news_and_facts_it_is_empty(empty: Session) -> None:
    both = stance_capex(empty, Filters())
    assert both.points == []
    assert all(lag.correlation is None for lag in both.lead_lag)
    assert both.warning


def test_an_unknown_company_is_refused(session: Session) -> None:
    with pytest.raises(QueryError):
        stance_capex(session, Filters(), ["Philips"])


def test_a_lag_is_found_where_it_was_put() -> None:
    chance = random.Random(3)
    mood = [chance.uniform(-1, 1) for _ in range(30)]
    later = [0.0, *mood[:-1]]  # capex follows one quarter later
    found = {lag.lag: lag for lag in lead_lag(mood, later)}
    assert found[1].correlation == pytest.approx(1.0)
    assert all(abs(lag.correlation or 0) < 0.8 for lag in found.values() if lag.lag != 1)
    assert sorted(found) == [-2, -1, 0, 1, 2]


@given(values, values)
def test_lead_and_lag_keep_their_promises(stance: list[float | None], capex: list[float | None]) -> None:
    length = min(len(stance), len(capex))
    for lag in lead_lag(stance[:length], capex[:length]):
        if lag.quarters < 8:
            assert lag.correlation is lag.lower is lag.upper is None
        if lag.correlation is not None:
            assert lag.lower is not None
            assert lag.upper is not None
            assert -1 <= lag.lower <= lag.correlation + 1e-9
            assert lag.correlation - 1e-9 <= lag.upper <= 1


def test_a_band_for_five_lags_is_wider_than_for_one() -> None:
    one, five = band(0.3, 15, 1), band(0.3, 15, 5)
    assert five[0] < one[0] < 0.3 < one[1] < five[1]
    assert one == pytest.approx((-0.2508, 0.7041), abs=1e-4)  # tanh(atanh(0.3) ± 1.96 / √12)


def test_a_series_that_never_changes_has_no_correlation() -> None:
    assert all(lag.correlation is None for lag in lead_lag([0.5] * 20, [float(n) for n in range(20)]))
