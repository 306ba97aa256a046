"""Reading companyconcept files."""

import json
from datetime import date
from typing import Any

import pytest

from crawler import edgar, filers
from crawler.filers import Concept, Filer
from models.errors import SettingsError, Unusable
from models.records import CapexFact
from tests.crawler.filings import ASSETS, FILER, PPE, entry, file, year


def facts(*files: tuple[Concept, bytes]) -> list[CapexFact]:
    filer = Filer(ticker="EXMP", name="Example Corp.", cik=99, concept=[concept for concept, _ in files])
    return edgar.facts(filer, [a for concept, body in files for a in edgar.read(body, filer, concept, "u")])


def of(*entries: dict[str, Any]) -> list[CapexFact]:
    return facts((Concept(tag=PPE), file(*entries)))


def test_a_fact_says_all_of_its_filing() -> None:
    first = of(*year(2025, (10, 20, 30, 40)))[1]
    assert first == CapexFact(
        ticker="EXMP", company="Example Corp.", quarter="2025-Q2", start="2025-04-01", end="2025-06-30", value=20e6,
        concept=PPE, form="10-Q year-to-date difference", grade="derived", filed="2025-07-30",
        source="SEC companyfacts CIK0000000099, filing 0000000099-25-073000",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "quarter"),
    [
        ("2025-01-27", "2025-04-27", "2025-Q1"), ("2026-03-01", "2026-05-31", "2026-Q2"),
        ("2026-06-01", "2026-08-31", "2026-Q3"), ("2025-09-28", "2025-12-27", "2025-Q4"),
    ],
)  # fmt: skip
def test_a_quarter_is_called_by_its_middle(start: str, end: str, quarter: str) -> None:
    (fact,) = of(entry(start, end, 5, "2026-09-30", fy=2031, fp="FY", frame="CY2031"))
    assert fact.quarter == quarter


def test_only_reports_and_their_amendments_count() -> None:
    forms = ("8-K", "10-Q/A", "10-K/A", "S-1", "10-Q")
    entries = [entry("2025-01-01", "2025-03-31", n, f"2025-0{n}-01", form) for n, form in enumerate(forms, 4)]
    assert [fact.value / 1e6 for fact in of(*entries)] == [5, 6, 8]


def test_entries_for_a_moment_and_in_other_units_are_left_out() -> None:
    moment = {k: v for k, v in entry("2025-01-01", "2025-03-31", 5, "2025-04-30").items() if k != "start"}
    assert of(moment) == []
    assert facts((Concept(tag=PPE), file(entry("2025-01-01", "2025-03-31", 5, "2025-04-30"), unit="EUR"))) == []


def test_a_switch_of_label_joins_the_legs_of_both() -> None:
    before, after = year(2025, (10, 20, 30, 40))[:2], year(2025, (10, 20, 30, 40))[2:]
    made = facts((Concept(tag=PPE), file(*before)), (Concept(tag=ASSETS, note="wider"), file(*after, tag=ASSETS)))
    assert [(fact.value / 1e6, fact.concept, fact.note) for fact in made] == [
        (10, PPE, None), (20, PPE, None), (30, ASSETS, "wider"), (40, ASSETS, "wider"),
    ]  # fmt: skip


def test_a_switch_of_meaning_keeps_the_legs_apart() -> None:
    net = Concept(tag=PPE, until=date(2024, 12, 31), note="net")
    gross = Concept(tag=ASSETS, since=date(2025, 1, 1))
    whole = [*year(2024, (1, 2, 3, 4)), *year(2025, (10, 20, 30, 40))]
    made = facts((net, file(*whole)), (gross, file(*year(2024, (5, 5, 5, 5))[3:], *whole[5:], tag=ASSETS)))
    assert [(fact.quarter, fact.value / 1e6, fact.note) for fact in made] == [
        ("2024-Q1", 1, "net"), ("2024-Q2", 2, "net"), ("2024-Q3", 3, "net"), ("2024-Q4", 4, "net"),
        ("2025-Q3", 30, None), ("2025-Q4", 40, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>blocked</html>", b"[]", file(*year(2025, (1, 2, 3, 4)))[:-40], file(cik=98), file(tag=ASSETS),
        file(entry("2025-01-01", "2025-03-31", 5, "2025-04-30", val=None)),
        file(entry("2025-01-01", "2025-03-31", 5, "2025-04-30") | {"end": "someday"}),
        file(entry("2025-01-01", "2025-03-31", 5, "2025-04-30", accn="7")),
        json.dumps({"cik": 99, "tag": PPE}).encode(),
        file(entry("2025-01-01", "2025-03-31", 5, "2025-04-30", val=float("inf"))),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_whole(body: bytes) -> None:
    with pytest.raises(Unusable):
        edgar.read(body, FILER, FILER.concept[0], "https://data.sec.gov/x")


def test_the_companies_that_come_with_zeepbel() -> None:
    known = {filer.ticker: filer for filer in filers.bundled()}
    assert {"AMZN", "GOOGL", "META", "MSFT"} <= known.keys()
    assert known["AMZN"].source == "SEC companyfacts CIK0001018724"


def test_mistakes_in_the_list_are_named() -> None:
    from crawler.entries import parse

    wrong = "[[filer]]\nticker='A'\nname='A'\ncik=1\nconcept=[{tag='X'}]\n" * 2 + "[[filer]]\nticker='B'\n"
    with pytest.raises(SettingsError, match=r"entry 3: name Field required.*ticker 'A' is used twice"):
        parse(wrong, "filer", Filer, key="ticker", name="x")
    for text in ("[[other]]", "filer = 1", "= 3"):
        with pytest.raises(SettingsError, match=r"^x "):
            parse(text, "filer", Filer, key="ticker", name="x")
