"""Updates from a real server on loopback: what comes is kept, and what fails leaves what was there."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from crawler.filers import Concept, Filer
from crawler.http import Fetcher
from crawler.official import Official
from crawler.public_series import SeriesEntry, Title
from crawler.refresh import Refresh, Refreshed
from models.public_series import values
from models.tables import CapexRow
from tests.crawler.filings import ASSETS, FILER, PATH, PPE, entry, file, year
from tests.crawler.site import ROOT, Reply, Site

MIRROR = f"{ROOT}/copy/"
CONCEPT = "/copy" + PATH.format(tag=PPE)
LOANS = "/copy/fred.stlouisfed.org/graph/fredgraph.csv?id=LOANS"
SERIES = SeriesEntry(
    id="loans", title=Title(en="Loans", nl="Leningen"), unit="dollars", frequency="W", kind="fred",
    url="https://fred.stlouisfed.org/graph/fredgraph.csv?id=LOANS", source="FRED", licence="public domain",
)  # fmt: skip
CSV = "observation_date,LOANS\n2026-06-17,100\n2026-06-24,101\n"
TODAY = date(2026, 7, 1)
BOTH = Filer(ticker="EXMP", name="Example Corp.", cik=99, concept=[Concept(tag=PPE), Concept(tag=ASSETS)])


class Updates:
    """Updates of one company and one series from the site of the tests."""

    def __init__(self, engine: Engine, fetcher: Fetcher) -> None:
        self.engine, self._fetcher = engine, fetcher

    def __call__(self, filer: Filer = FILER, today: date = TODAY, *, accept_fewer: bool = False) -> list[Refreshed]:
        job = Refresh(self.engine, Official(self._fetcher, MIRROR), today, accept_fewer)
        return list(job.all([filer], [SERIES]))

    def capex(self) -> list[dict[str, Any]]:
        with Session(self.engine) as session:
            rows = session.exec(select(CapexRow).order_by(col(CapexRow.start), col(CapexRow.filed)))
            return [row.model_dump() for row in rows]

    def kept(self) -> list[Any]:
        """All that is stored."""
        with Session(self.engine) as session:
            return [*self.capex(), *values(session, SERIES.id)]


@pytest.fixture
def update(engine: Engine, fetcher: Fetcher, site: Site) -> Updates:
    site.put(CONCEPT, file(*year(2025, (10, 20, 30, 40))), content_type="application/json")
    site.put(LOANS, CSV, content_type="text/csv")
    return Updates(engine, fetcher)


def test_a_good_update_is_kept_and_the_next_changes_nothing(update: Updates) -> None:
    assert update() == [Refreshed("capex", "EXMP", 4, 4), Refreshed("series", "loans", 2, 2)]
    kept = update.kept()
    assert len(kept) == 6
    assert update(today=date(2026, 7, 9)) == [Refreshed("capex", "EXMP", 4, 0), Refreshed("series", "loans", 2, 0)]
    assert update.kept() == kept


def test_who_asks_says_how_to_be_reached(update: Updates, site: Site) -> None:
    update()
    assert site.paths() == [CONCEPT, LOANS]
    assert all("test@zeepbel.example" in headers["user-agent"] for _, headers in site.asked)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"", 403), r"status 403.*ZEEPBEL_CONTACT"),
        (Reply(b"", 500), "status 500"),
        (Reply(file(*year(2025, (10, 20, 30, 41)))[:-30]), "not a companyconcept file"),
        (Reply(b"<html>Undeclared automated tool</html>"), "not a companyconcept file"),
        (Reply(file(*year(2025, (10, 20, 30, 40))[:3])), r"less than there was: 1 of 4 .* 2025-10-01 to 2025-12-31"),
        (Reply(file(cik=98)), "not asked for"),
        (Reply(b"", 404), "less than there was: 4 of 4"),
    ],
)
def test_a_company_that_fails_keeps_what_it_had(update: Updates, site: Site, reply: Reply, reason: str) -> None:
    update()
    kept = update.kept()
    site.replies[CONCEPT] = reply
    company, series = update()
    assert company.error is not None
    assert company == Refreshed("capex", "EXMP", error=company.error)
    assert re.search(reason, company.error)
    assert series.error is None
    assert update.kept() == kept


def test_an_answer_that_breaks_off_is_none(update: Updates, site: Site) -> None:
    update()
    kept = update.kept()
    start = file(*year(2025, (10, 20, 30, 41)))[:100]
    site.replies[CONCEPT] = Reply(lambda: iter([start]), headers={"Content-Length": "5000"})
    assert "connection failed" in str(update()[0].error)
    assert update.kept() == kept


def test_who_is_busy_is_not_asked_again(update: Updates, site: Site) -> None:
    site.replies[CONCEPT] = Reply(b"", 429, {"Retry-After": "600"})
    job = Refresh(update.engine, Official(update._fetcher, MIRROR), TODAY)
    first, second, series = job.all([FILER, FILER.model_copy(update={"ticker": "OTHR", "cik": 98})], [SERIES])
    assert "come back later, in 600 seconds" in str(first.error)
    assert "not asked" in str(second.error)
    assert series.changed == 2
    assert site.paths() == [CONCEPT, LOANS]


def test_a_concept_that_was_never_used_is_no_failure(update: Updates, site: Site) -> None:
    assert update(BOTH)[0] == Refreshed("capex", "EXMP", 4, 4)
    del site.replies[CONCEPT]
    site.put("/copy" + PATH.format(tag=ASSETS), file(*year(2025, (10, 20, 30, 40)), tag=ASSETS))
    assert update(BOTH)[0] == Refreshed("capex", "EXMP", 4, 0)


def test_a_company_is_taken_with_all_its_concepts_or_not_at_all(update: Updates, site: Site) -> None:
    site.put("/copy" + PATH.format(tag=ASSETS), b"", status=500)
    assert update(BOTH)[0].error
    assert len(update.kept()) == 2


def test_a_company_without_any_data_has_none(update: Updates, site: Site) -> None:
    del site.replies[CONCEPT]
    assert update()[0] == Refreshed("capex", "EXMP", 0, 0)


def test_a_restated_quarter_comes_beside_the_old_one(update: Updates, site: Site) -> None:
    update()
    restated = entry("2025-01-01", "2025-03-31", 9, "2026-04-30")
    site.put(CONCEPT, file(*year(2025, (10, 20, 30, 40)), restated))
    assert update()[0] == Refreshed("capex", "EXMP", 5, 1)
    first = update.capex()[:2]
    assert [(row["value"], row["filed"]) for row in first] == [(10e6, date(2025, 4, 30)), (9e6, date(2026, 4, 30))]


def test_a_quarter_that_lacks_a_leg_is_left_out(update: Updates, site: Site) -> None:
    entries = year(2025, (10, 20, 30, 40))
    site.put(CONCEPT, file(entries[0], entries[2], entries[3]))
    update()
    assert [row["quarter"] for row in update.capex()] == ["2025-Q1", "2025-Q4"]


def test_less_is_taken_when_that_is_asked_for_and_nothing_is_removed(update: Updates, site: Site) -> None:
    update()
    site.put(CONCEPT, file(*year(2025, (10, 20, 30, 40))[:3], entry("2026-01-01", "2026-03-31", 50, "2026-04-30")))
    assert update()[0].error
    assert update(accept_fewer=True)[0] == Refreshed("capex", "EXMP", 4, 1)
    assert len(update.kept()) == 7


def test_a_revised_value_of_a_series_comes_beside_the_old_one(update: Updates, site: Site) -> None:
    update()
    site.put(LOANS, CSV.replace("101", "99") + "2026-07-01,102\n")
    assert update(today=date(2026, 7, 9))[1] == Refreshed("series", "loans", 3, 2)
    with Session(update.engine) as session:
        assert [value.value for value in values(session, "loans", TODAY)] == [100, 101]
        assert [value.value for value in values(session, "loans")] == [100, 99, 102]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (CSV[:36], "less than there was: 1 of 2 .* 2026-06-24"),
        (CSV + "2026-07-08,103\n", "2026-07-08, which has not come"),
        ("<html>", "not a CSV"),
    ],
)
def test_a_series_that_fails_keeps_what_it_had(update: Updates, site: Site, body: str, reason: str) -> None:
    update()
    kept = update.kept()
    site.put(LOANS, body)
    assert re.search(reason, str(update()[1].error))
    assert update.kept() == kept
