from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.charts.axes import TimeScale
from api.dashboard.charts.capex import LABEL_APART, capex_panel, quarters, spread
from models.answers import CapexPoint

AXIS = TimeScale(date(2025, 1, 1), date(2025, 12, 31), 0, 400)


def point(ticker: str, quarter: int, billions: float) -> CapexPoint:
    return CapexPoint(
        ticker=ticker,
        company=ticker,
        quarter=f"2025-Q{quarter}",
        start=date(2025, 1, 1),
        end=date(2025, 3, 31),
        value=billions * 1e9,
        grade="reported",
        form="10-Q",
        concept="x",
        filed=None,
        source="",
        note=None,
    )


POINTS = [
    point("A", 1, 10),
    point("B", 1, 30),
    point("A", 2, 20),
    point("B", 2, 40),
    point("A", 3, 30),
    point("C", 1, 900),
]


def test_a_quarter_that_not_all_have_filed_is_marked() -> None:
    panel = capex_panel(POINTS, ["A", "B"], AXIS, 0, 100)
    assert [(column.filed, column.whole) for column in panel.columns] == [(2, True), (2, True), (1, False), (0, False)]
    assert panel.columns[3].segments == []


def test_segments_stand_on_each_other_and_add_up() -> None:
    first = capex_panel(POINTS, ["A", "B"], AXIS, 0, 80).columns[0]
    lower, upper = first.segments
    assert (lower.ticker, upper.ticker) == ("A", "B")
    assert upper.y + upper.height == lower.y
    assert lower.y + lower.height == 80
    assert first.total == 40


def test_labels_stand_at_the_last_whole_column() -> None:
    panel = capex_panel(POINTS, ["A", "B"], AXIS, 0, 100)
    second = panel.columns[1]
    assert [(label.ticker, label.at) for label in panel.labels] == [(s.ticker, s.label_y) for s in second.segments]
    assert capex_panel([], ["A"], AXIS, 0, 100).labels == []


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8).map(lambda heights: sorted(heights, reverse=True)))
def test_labels_never_overlap(heights: list[float]) -> None:
    moved = spread(heights, 0, 200)
    assert all(low - high >= LABEL_APART - 0.11 for low, high in pairwise(moved))
    assert min(moved) >= 0


def test_quarters_of_an_axis_are_whole() -> None:
    found = quarters(date(2024, 11, 5), date(2025, 4, 1))
    assert [quarter.name for quarter in found] == ["2024-Q4", "2025-Q1", "2025-Q2"]
    assert (found[0].start, found[0].end) == (date(2024, 10, 1), date(2024, 12, 31))
