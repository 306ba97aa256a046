"""A small table of reported capital expenditure for tests, invented round numbers in billions of dollars."""

from models.records import CapexFact

ENDS = {"Q1": ("01-01", "03-31"), "Q2": ("04-01", "06-30"), "Q3": ("07-01", "09-30"), "Q4": ("10-01", "12-31")}


def fact(ticker: str, quarter: str, billions: float, filed: str | None = None) -> CapexFact:
    """The capital expenditure of a company in a calendar quarter ("2025-Q3")."""
    year, part = quarter.split("-")
    start, end = ENDS[part]
    return CapexFact(
        ticker=ticker, company=ticker, quarter=quarter, start=f"{year}-{start}", end=f"{year}-{end}",
        value=billions * 1e9, concept="Purchases", form="10-Q", grade="reported", filed=filed, source="invented",
    )  # fmt: skip


def years(ticker: str, first: int, *quarters: float) -> list[CapexFact]:
    """Consecutive quarters from the first of a year."""
    return [fact(ticker, f"{first + i // 4}-Q{i % 4 + 1}", value) for i, value in enumerate(quarters)]
