from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.charts.travel import BOTTOM, LEFT, RIGHT, TOP, travel
from models.answers import CitedFigure

DAY = datetime(2025, 1, 28, tzinfo=UTC)
values = st.floats(1e-3, 1e13)


def figure(number: int, value: float, value_to: float | None = None) -> CitedFigure:
    return CitedFigure(
        text="x", start=0, end=1, sentence=0, value=value, value_to=value_to, unit="USD", id=number, article=number,
        title="t", source="s", lang="en", published=DAY, verdict=None, sample=False, planted=False, quote=None,
        claim="c",
    )  # fmt: skip


@given(st.lists(st.tuples(values, st.none() | values, st.integers(0, 900)), min_size=1, max_size=8), st.none() | values)
def test_every_sighting_lies_inside_in_order_of_day_and_value(
    seen: list[tuple[float, float | None, int]], actual: float | None
) -> None:
    figures = [figure(i, value, value_to) for i, (value, value_to, _) in enumerate(seen)]
    dates = {i: DAY + timedelta(days=days) for i, (_, _, days) in enumerate(seen)}
    drawn = travel(figures, dates, actual)
    for dot in drawn.dots:
        assert LEFT <= dot.x <= RIGHT
        assert all(TOP <= y <= BOTTOM for y in (dot.y, dot.y_to) if y is not None)
    heights = [dot.y for dot in sorted(drawn.dots, key=lambda dot: dot.figure.value)]
    assert heights == sorted(heights, reverse=True)
    assert 2 <= len(drawn.ticks) <= 8
    assert [value for value, _ in drawn.ticks] == sorted({value for value, _ in drawn.ticks})
    assert (drawn.filed is None) == (actual is None)


def test_one_day_has_room_on_both_sides() -> None:
    drawn = travel([figure(0, 5e9)], {0: DAY}, None)
    assert LEFT + 100 < drawn.dots[0].x < RIGHT - 100
    assert len({day for day, _ in drawn.days}) == len(drawn.days)
