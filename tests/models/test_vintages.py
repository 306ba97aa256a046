from datetime import UTC, date, datetime, timedelta
from math import isclose

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, col, delete, select, update

from models.capex import bundled, load
from models.errors import QueryError
from models.filters import Filters
from models.indicators import FREQUENCIES, LANGUAGES, catalogue, indicator
from models.published import current
from models.purge import purge_source
from models.series import stance_series
from models.tables import CapexRow, IndicatorRow, Score, Source
from models.vintages import every_vintage, publish, publish_now, values
from tests.builders import add_source
from tests.models.test_series import add_scored

FIRST, SECOND, THIRD = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 9)
MARCH = datetime(2025, 3, 5, 12, tzinfo=UTC)
NET = "net-stance.all.month"


def fill(session: Session, net: float = 0.5) -> list[Source]:
    """Three outlets with four stories each in one month."""
    sources = [add_source(session, f"Source {number}", "nl") for number in range(3)]
    for source in sources:
        for day in range(4):
            add_scored(session, source, MARCH + timedelta(days=day), net)
    session.flush()
    return sources


def net(session: Session, as_of: date | None = None) -> list[float | None]:
    return [point.value for point in values(session, [NET], as_of)]


def test_every_stance_indicator_is_the_series_of_the_method(session: Session) -> None:
    now = current(session)
    for lang in LANGUAGES:
        for freq in FREQUENCIES:
            series = stance_series(session, Filters(lang=() if lang == "all" else (lang,)), freq)
            assert {start for name, start in now if name == f"net-stance.{lang}.{freq}"} == {
                p.start for p in series.points
            }
            for point in series.points:
                net, hype, caution = (
                    now[f"{m}.{lang}.{freq}", point.start] for m in ("net-stance", "hype-share", "caution-share")
                )
                assert (net.articles, net.stories, net.sources) == (point.articles, point.stories, point.sources)
                for found, expected in [
                    (net.value, point.net_stance), (net.lower, point.lower), (net.upper, point.upper),
                    (hype.value, point.hype_share), (caution.value, point.caution_share),
                ]:  # fmt: skip
                    assert (found is None) == (expected is None)
                    assert found is None or expected is None or isclose(found, expected, abs_tol=1e-12)
    assert any(value.value is not None for value in now.values())


def test_the_group_is_the_sum_of_four_filings_or_nothing(session: Session) -> None:
    now = current(session)
    parts = [now[f"capex.{ticker}.quarter", date(2025, 7, 1)] for ticker in ("AMZN", "GOOGL", "META", "MSFT")]
    group = now["capex.big4.quarter", date(2025, 7, 1)]
    assert group.value == sum(part.value or 0 for part in parts)
    assert group.grade == ("derived" if "derived" in {part.grade for part in parts} else "reported")
    assert parts[0].filing
    assert parts[0].articles is None
    session.exec(delete(CapexRow).where(col(CapexRow.ticker) == "META", col(CapexRow.quarter) == "2025-Q3"))
    now = current(session)
    assert ("capex.META.quarter", date(2025, 7, 1)) not in now
    assert now["capex.big4.quarter", date(2025, 7, 1)].value is None


def test_all_indicators_take_a_handful_of_queries(newsroom: Engine) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(newsroom, "before_cursor_execute", note)
    with Session(newsroom) as session:
        current(session)
    event.remove(newsroom, "before_cursor_execute", note)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 4


def test_only_what_changed_is_a_new_vintage(empty: Session) -> None:
    sources = fill(empty)
    assert publish(empty, FIRST) == 18  # two languages, three measures; one month, one quarter, one week
    assert publish(empty, SECOND) == 0
    add_scored(empty, sources[0], MARCH, -1.0)
    empty.flush()
    assert publish(empty, THIRD) == 18
    assert [point.since for point in every_vintage(empty, [NET])] == [FIRST, THIRD]
    assert net(empty, FIRST) == net(empty, SECOND) == net(empty, THIRD - timedelta(days=1)) == [0.5]
    assert net(empty, THIRD) == net(empty)
    assert (net(empty)[0] or 0) < 0.5
    assert net(empty, FIRST - timedelta(days=1)) == []


def test_rescoring_by_another_model_leaves_the_old_vintage_as_it_was(empty: Session) -> None:
    fill(empty)
    publish(empty, FIRST)
    old = [row.model_dump() for row in empty.exec(select(IndicatorRow))]
    empty.exec(update(Score).values(model_version="2", net_stance=-0.5))
    assert publish(empty, SECOND) == 18
    kept = [row.model_dump() for row in empty.exec(select(IndicatorRow).where(IndicatorRow.day == FIRST))]
    assert kept == old
    assert [(p.value, p.model) for p in every_vintage(empty, [NET])] == [(0.5, "m 1"), (-0.5, "m 2")]


def test_the_last_run_of_a_day_is_that_of_the_day(empty: Session) -> None:
    fill(empty)
    publish(empty, FIRST)
    for value in (0.25, -0.25):
        empty.exec(update(Score).values(net_stance=value))
        publish(empty, SECOND)
    assert [point.value for point in every_vintage(empty, [NET])] == [0.5, -0.25]
    empty.exec(update(Score).values(net_stance=0.5))
    publish(empty, SECOND)  # back to what it was at the end of the day before
    assert [point.since for point in every_vintage(empty, [NET])] == [FIRST]


def test_a_value_that_vanished_is_a_vintage_with_nulls(empty: Session) -> None:
    fill(empty)
    publish(empty, FIRST)
    purge_source(empty, "Source 1")
    publish(empty, SECOND)
    for name in ("Source 0", "Source 2"):
        purge_source(empty, name)
    publish(empty, THIRD)
    assert publish(empty, THIRD + timedelta(days=1)) == 0
    seen = [(p.value, p.lower, p.articles, p.sources, p.model) for p in every_vintage(empty, [NET])]
    assert seen == [(0.5, 0.5, 12, 3, "m 1"), (None, None, 8, 2, "m 1"), (None, None, 0, 0, None)]


def test_a_refiled_quarter_is_a_new_vintage(empty: Session) -> None:
    load(empty, bundled())
    publish(empty, FIRST)
    row = empty.exec(select(CapexRow).where(CapexRow.ticker == "MSFT", CapexRow.quarter == "2025-Q3")).one()
    row.value += 1e6
    assert publish(empty, SECOND) == 2
    first, second = (point for point in every_vintage(empty, ["capex.big4.quarter"]) if point.period == "2025-Q3")
    assert (second.value or 0) - (first.value or 0) == 1e6


def test_a_clock_that_went_back_rewrites_nothing(empty: Session) -> None:
    fill(empty)
    publish(empty, SECOND)
    empty.exec(update(Score).values(net_stance=0.25))
    publish(empty, FIRST)
    assert [(p.value, p.since) for p in every_vintage(empty, [NET])] == [(0.25, SECOND)]


def test_sums_in_another_order_are_no_change(empty: Session) -> None:
    fill(empty)
    publish(empty, FIRST)
    empty.exec(update(IndicatorRow).values(value=IndicatorRow.value + 1e-12))
    assert publish(empty, SECOND) == 0


def test_it_can_be_published_by_itself(empty: Session) -> None:
    fill(empty)
    empty.commit()
    engine = empty.get_bind()
    assert isinstance(engine, Engine)
    assert publish_now(engine) == 18
    assert publish_now(engine) == 18  # the same values are those of the day
    points = values(empty, ["net-stance.all.week", NET])
    assert [point.period for point in points] == ["2025-W10", "2025-03"]
    assert values(empty, [NET], until=date(2025, 2, 28)) == values(empty, [NET], since=date(2025, 4, 1)) == []
    assert len(values(empty, [NET], since=date(2025, 3, 31), until=date(2025, 3, 31))) == 1


def test_the_catalogue_says_everything_in_both_languages() -> None:
    for name, one in catalogue().items():
        english, dutch = one.entry("en"), one.entry("nl")
        assert english.id == dutch.id == name
        assert english.method.split()[-1].isdigit()
        for field in ("title", "definition", "sources", "licence"):
            assert getattr(english, field) != getattr(dutch, field), (name, field)
    assert {"net-stance.all.month", "capex.MSFT.quarter", "capex.big4.quarter"} <= set(catalogue())
    with pytest.raises(QueryError, match="no indicator 'mood'"):
        indicator("mood")
