"""`zeepbel capex update` against a mirror on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from api.cli import app
from crawler import filers, public_series
from models.capex import bundled, load
from models.database import open_database, session
from models.public_series import values
from models.tables import CapexRow, FigureRow
from tests.api.test_lookback import plan
from tests.crawler.filings import PPE, entry, file
from tests.crawler.site import Site, serving
from tests.crawler.test_public_series import CSV, message
from tests.databases import database_url, home_of

META = f"/data.sec.gov/api/xbrl/companyconcept/CIK0001326801/us-gaap/{PPE}.json"
QUARTER = entry("2026-07-01", "2026-09-30", 31_000, "2026-10-29", "10-Q", accn="0001326801-26-000099")


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str, **settings: str) -> Result:
        given = home_of(tmp_path) | {f"ZEEPBEL_{name.upper()}": value for name, value in settings.items()}
        return CliRunner(env={"COLUMNS": "200"}).invoke(app, ["capex", *arguments], env=given)

    return command


def path(url: str) -> str:
    return "/" + url.removeprefix("https://")


def fill(site: Site) -> None:
    """Meta's own vintages of the bundled table with a new quarter, and both series."""
    known = [fact for fact in bundled() if ", filing 0001326801" in fact.source]
    old = [
        entry(fact.start, fact.end, fact.value / 1e6, fact.filed or "", "10-Q", accn=fact.source.rsplit(" ", 1)[1])
        for fact in known
    ]
    site.put(META, file(*old, QUARTER, cik=1326801))
    loans, growth = public_series.bundled()
    site.put(path(loans.url), CSV)
    site.put(path(growth.url), message({"2026-06": 2.9, "2026-07": 3.1}))


def test_an_update_is_kept_told_and_answers_plans(run: Run, tmp_path: Path) -> None:
    engine = open_database(database_url(tmp_path))
    with session(engine) as unit:
        plan(unit)
    with serving() as site:
        fill(site)
        settings = {"contact": "test@zeepbel.example", "mirror": f"http://127.0.0.1:{site.port}"}
        first, second = (run("update", "--json", **settings) for _ in range(2))
        table = run("update", "--only", "META", **settings)
    told = {one["name"]: one for one in json.loads(first.stdout)}
    assert (first.exit_code, second.exit_code, table.exit_code) == (0, 0, 0), first.stderr
    assert told.keys() == {f.ticker for f in filers.bundled()} | {e.id for e in public_series.bundled()}
    assert (told["META"]["found"], told["META"]["error"]) == (9, None)
    assert told["ea-company-loans-growth"]["changed"] == 2
    assert {one["changed"] for one in json.loads(second.stdout)} == {0}
    assert "META" in table.stdout
    assert "test@zeepbel.example" in site.asked[0][1]["user-agent"]
    with Session(engine) as unit:
        rows = unit.exec(select(CapexRow)).all()
        assert len(rows) == len(bundled()) + 1
        assert len(values(unit, "us-nondepository-loans")) == 2
        assert load(unit, bundled()) == 0
        assert unit.exec(select(FigureRow)).one().later[-1]["outcome"] == "met"
    engine.dispose()


def test_what_fails_is_told_and_sets_the_exit_code(run: Run) -> None:
    with serving() as site:
        fill(site)
        site.put(META, "", status=403)
        done = run("update", contact="test@zeepbel.example", mirror=f"http://127.0.0.1:{site.port}")
    assert done.exit_code == 1
    assert "META: " in done.stderr
    assert "403" in done.stderr
    assert "us-nondepository-loans" in done.stdout


def test_without_a_contact_it_says_what_to_do(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from api.cli import main; main()", "capex", "update"]
    home = {name: value for name, value in os.environ.items() if not name.startswith("ZEEPBEL_")} | {
        "ZEEPBEL_HOME": str(tmp_path)
    }
    done = subprocess.run(program, capture_output=True, text=True, check=False, env=home)
    assert done.returncode == 1
    assert "ZEEPBEL_CONTACT" in done.stderr


@pytest.mark.parametrize("arguments", [("update", "--only", "NOKIA"), ("update", "now"), ("renew",)])
def test_a_wrong_call_is_told_apart(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
