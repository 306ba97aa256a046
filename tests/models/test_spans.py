import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.spans import months, overlap

periods = st.sampled_from(
    [
        "2025",
        "2025-Q3",
        "2025-H2",
        "2025-08",
        "2025-08-14",
        "2025-06/2025-08",
        "../2030",
        "2024/..",
        "2026-Q1",
        "soon",
        "",
    ]
)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2025", "2025-Q3", True),
        ("2025-Q2", "2025-06/2025-08", True),
        ("2025-Q2", "2025-Q3", False),
        ("2025-08-14", "2025-08", True),
        ("2025-H1", "2025-S1", True),
        ("2025-H1", "2025-07", False),
        ("../2030", "2026", True),
        ("../2030", "2031", False),
        ("2024/..", "2023-12", False),
        (None, "2025", True),
        ("soon", "2025", False),
        ("2026/2024", "2025", False),
    ],
)
def test_periods_that_share_a_month(one: str | None, other: str | None, together: bool) -> None:
    assert overlap(one, other) is together


@given(periods, periods)
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert overlap(one, other) is overlap(other, one)
    assert overlap(one, one) is (months(one) is not None)
