from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.charts.axes import TimeScale
from api.dashboard.charts.stance import coverage_bars, stance_panel
from models.answers import StancePoint

START = date(2025, 1, 1)


def series(values: list[float | None], half: float = 0.1) -> list[StancePoint]:
    """A week a value."""
    return [
        StancePoint(
            period=str(number),
            start=START + timedelta(7 * number),
            end=START + timedelta(7 * number + 6),
            net_stance=value,
            lower=None if value is None else max(-1, value - half),
            upper=None if value is None else min(1, value + half),
            hype_share=None,
            caution_share=None,
            articles=number,
            stories=number,
            sources=3,
        )
        for number, value in enumerate(values)
    ]


def axis(points: list[StancePoint]) -> TimeScale:
    return TimeScale(points[0].start, points[-1].end, 0, 700)


def test_a_null_is_a_gap_never_zero() -> None:
    points = series([0.1, 0.2, None, None, -0.1, -0.2, None, 0.3])
    panel = stance_panel(points, axis(points), 0, 100)
    assert panel.line.count("M") == 2
    assert [(gap.x, gap.width) for gap in panel.gaps] == [(175, 175), (525, 87.5)]
    assert len(panel.dots) == 5
    assert all(dot.y != panel.zero for dot in panel.dots)


def test_a_period_between_gaps_still_shows() -> None:
    points = series([None, 0.2, None])
    panel = stance_panel(points, axis(points), 0, 100)
    assert panel.line == ""
    assert len(panel.dots) == 1
    assert "H" in panel.band


def test_dots_have_the_side_of_their_value() -> None:
    points = series([0.4, -0.4])
    assert [dot.stance for dot in stance_panel(points, axis(points), 0, 100).dots] == ["hype", "caution"]


def test_many_periods_have_a_line_without_dots() -> None:
    points = series([0.1] * 100)
    assert stance_panel(points, axis(points), 0, 100).dots == []


@given(st.lists(st.none() | st.floats(-1, 1), min_size=1, max_size=30))
def test_the_axis_holds_all_and_is_symmetrical(values: list[float | None]) -> None:
    points = series(values)
    panel = stance_panel(points, axis(points), 20, 120)
    assert panel.zero == 70
    assert all(20 <= dot.y <= 120 for dot in panel.dots)
    assert [tick for tick, _ in panel.ticks] == [panel.bound, panel.bound / 2, 0, -panel.bound / 2, -panel.bound]


def test_coverage_is_drawn_from_the_bottom_to_the_most() -> None:
    points = series([0.1, 0.1, None, 0.1])
    bars = coverage_bars(points, axis(points), 10, 40)
    assert [bar.height for bar in bars] == [10, 20, 30]
    assert all(bar.y + bar.height == 40 for bar in bars)
    assert coverage_bars(series([None])[:1], axis(points), 10, 40) == []
