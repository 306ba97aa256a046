from datetime import date

import pytest

from api.dashboard.charts.overview import NARROW, WIDE, overview
from tests.api.dashboard.charts.test_capex import POINTS
from tests.api.dashboard.charts.test_stance import series


def test_stance_and_capex_share_one_axis() -> None:
    points = series([0.1] * 52)
    chart = overview("wide", WIDE, points, POINTS, ["A", "B"])
    boxes = {hit.row: hit.box for hit in chart.hits}
    weeks = [boxes[f"stance-{p.period}"] for p in points if date(2025, 4, 1) <= p.start <= date(2025, 6, 30)]
    quarter = boxes["capex-2025-Q2"]
    assert weeks[0].x < quarter.x < quarter.x + quarter.width < weeks[-1].x + weeks[-1].width
    assert boxes["stance-0"].x == WIDE.left


def test_every_drawing_points_to_the_same_rows() -> None:
    points = series([0.1] * 10)
    wide, narrow = (overview(name, layout, points, POINTS, ["A"]) for name, layout in (("w", WIDE), ("n", NARROW)))
    assert [hit.row for hit in wide.hits] == [hit.row for hit in narrow.hits]
    assert all(0 <= hit.box.x <= NARROW.width for hit in narrow.hits)


def test_a_short_axis_is_labelled_by_month_and_a_long_one_by_year() -> None:
    short = overview("wide", WIDE, series([0.1] * 10), [], [])
    long = overview("wide", WIDE, series([0.1] * 150), [], [])
    assert short.by_month
    assert [tick.day.year for tick in long.ticks] == [2025, 2026, 2027]
    assert not long.by_month


def test_without_articles_the_axis_is_that_of_capex() -> None:
    assert overview("wide", WIDE, [], POINTS, ["A"]).stance.line == ""
    with pytest.raises(ValueError, match="empty"):
        overview("wide", WIDE, [], [], [])
