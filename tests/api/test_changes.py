"""Changes as clients, readers and terminals get them, over weeks whose mood changes where it is known."""

import csv
import io
import json
from collections.abc import Iterator
from math import fsum, isclose
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from api.cli import app
from models.capex import bundled, load
from models.database import open_database
from tests.api.conftest import serving
from tests.api.dashboard.test_routes import read, words
from tests.databases import at_home, database_url
from tests.weeks import fill

FOUND = [("unusual", "2025-W28"), ("turning_point", "2025-W17")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("weeks")
    engine = open_database(database_url(made))
    with Session(engine) as session:
        fill(session)
        load(session, bundled())
        session.commit()
    engine.dispose()
    return made


@pytest.fixture(scope="module")
def weeks(folder: Path) -> Iterator[httpx.Client]:
    with serving(folder) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_changes_over_http_add_up(weeks: httpx.Client) -> None:
    answer = weeks.get("/v1/changes?freq=week").json()
    assert [(one["kind"], one["period"]) for one in answer["data"]] == FOUND
    assert answer["meta"]["coverage"] == {"periods": 30, "valued": 30}
    assert answer["meta"]["panel"] is None
    for one in answer["data"]:
        assert isclose(fsum(source["contribution"] for source in one["sources"]), one["difference"], abs_tol=1e-9)
        assert one["stories"]
        assert one["sentences"]


def test_changes_as_csv_have_what_moved_them_as_json(weeks: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(weeks.get("/v1/changes.csv?freq=week").text)))
    assert [(row["kind"], row["period"]) for row in rows] == FOUND
    assert json.loads(rows[0]["stories"])[0]["published"].startswith("2025-07-0")


def test_the_fixed_panel_names_its_sources(weeks: httpx.Client) -> None:
    fixed = weeks.get("/v1/stance?freq=week&panel=fixed").json()
    assert fixed["meta"]["panel"] == list("abcde")
    assert fixed["data"] == weeks.get("/v1/stance?freq=week").json()["data"]
    assert "Fixed panel" in fixed["meta"]["method"]
    assert weeks.get("/v1/stance?panel=closed").status_code == 422


def test_known_breaks_are_told_where_both_sides_are_shown(weeks: httpx.Client) -> None:
    def told(query: str) -> list[tuple[str, str]]:
        return [(one["ticker"], one["quarter"]) for one in weeks.get(f"/v1/capex?{query}").json()["meta"]["breaks"]]

    assert told("") == [("AMZN", "2017-Q1"), ("META", "2023-Q1"), ("NVDA", "2019-Q3")]
    assert told("company=AMZN&company=MSFT") == [("AMZN", "2017-Q1")]
    assert told("from=2024-01-01") == []


@pytest.mark.parametrize(("lang", "text"), [("en", "Turning point: week 17"), ("nl", "Omslag: week 17")])
def test_the_chart_marks_changes_and_lists_them_for_who_does_not_see_it(
    weeks: httpx.Client, lang: str, text: str
) -> None:
    page = read(weeks, "/?freq=week", lang)
    for name in ("wide", "narrow"):
        assert len(page.xpath(f"//*[contains(@class, 'chart-{name}')]//*[@class='mark']")) == 2
    links = page.xpath("//section[@class='changes-list']//a")
    assert text in links[1].text_content()
    behind = read(weeks, links[1].get("href"), lang)
    assert text in words(behind, "//article[@id='2025-W17']/h2")
    assert behind.xpath("//article[@id='2025-W17']//ol[@class='movers']//a[starts-with(@href, '/articles/')]")
    assert behind.xpath("//article[@id='2025-W17']//blockquote")


def test_a_page_without_changes_says_what_it_takes(client: httpx.Client) -> None:
    page = read(client, "/changes?freq=day")
    assert "No change stands out" in words(page, "//section[@class='empty']")


def test_the_front_page_names_the_panel_or_says_why_there_is_none(weeks: httpx.Client, client: httpx.Client) -> None:
    assert "a, b, c, d and e" in words(read(weeks, "/?freq=week&panel=fixed"), "//p[@class='notice']")
    none = words(read(client, "/?freq=day&panel=fixed"), "//p[@class='notice']")
    assert "a series takes 3" in none


def test_changes_and_the_panel_in_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, folder)
    found = json.loads(CliRunner().invoke(app, ["changes", "--json"]).stdout)
    assert [(one["kind"], one["period"]) for one in found["changes"]] == FOUND
    trend = CliRunner().invoke(app, ["trend", "--freq", "week", "--panel", "fixed", "--json"]).stdout
    assert json.loads(trend)["panel"] == list("abcde")
