"""`zeepbel export` as a user runs it, and a series repeated from what it gives."""

import csv
import io
import json
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from math import isclose, sqrt
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest
from scipy.stats import t
from sqlmodel import Session
from typer.main import get_command
from typer.testing import CliRunner

from api.cli import app
from api.exports.datasets import DATASETS
from models.database import open_database
from models.tables import Story
from models.vintages import publish
from tests.builders import FIRST_SEEN, add_source
from tests.databases import at_home, database_url
from tests.models.test_series import add_scored


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, home)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["export", *arguments], env={"COLUMNS": "500"})


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def monthly(articles: list[dict[str, str]]) -> dict[str, tuple[float, float, float]]:
    """The index as docs/method.md has it under "From an export", with nothing but the file."""
    carriers, copies = defaultdict(set), Counter[tuple[str, str]]()
    for article in articles:
        if article["story"]:
            carriers[article["story"]].add(article["source"])
            copies[article["story"], article["source"]] += 1
    sums: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    stories = defaultdict(set)
    for article in articles:
        if not article["published"] or article["relevant"] != "true" or not article["net_stance"]:
            continue
        story, source, month = article["story"], article["source"], article["published"][:7]
        weight = float(article["relevance"])
        if story:
            weight /= len(carriers[story]) * copies[story, source]
        sums[month][source][0] += weight * float(article["net_stance"])
        sums[month][source][1] += weight
        stories[month].add(story or f"article {article['id']}")
    return {
        month: _interval([net / weight for net, weight in by_source.values()])
        for month, by_source in sums.items()
        if len(by_source) >= 3 and len(stories[month]) >= 10
    }


def _interval(means: list[float]) -> tuple[float, float, float]:
    half = float(t.ppf(0.975, len(means) - 1)) * stdev(means) / sqrt(len(means))
    return fmean(means), max(-1.0, fmean(means) - half), min(1.0, fmean(means) + half)


def newsroom_of_chance(folder: Path) -> None:
    """Four months of five outlets: copies within and between them, off the subject, undated, unread."""
    chance, engine = random.Random(5), open_database(database_url(folder))
    with Session(engine) as session:
        sources = [add_source(session, f"Source {number}", "nl") for number in range(5)]
        stories = [Story(first_seen=FIRST_SEEN) for _ in range(30)]
        session.add_all(stories)
        session.flush()
        for _ in range(400):
            published = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(120 * 24))
            add_scored(
                session, chance.choice(sources), published if chance.random() < 0.95 else None,
                chance.uniform(-1, 1) if chance.random() < 0.95 else None,
                chance.choice(stories).id if chance.random() < 0.4 else None,
                relevance=chance.random(), relevant=chance.random() < 0.8,
            )  # fmt: skip
        publish(session, FIRST_SEEN.date())
        session.commit()
    engine.dispose()


def test_the_monthly_series_can_be_repeated_from_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom_of_chance(tmp_path)
    at_home(monkeypatch, tmp_path)
    articles, published = tmp_path / "articles.csv", tmp_path / "indicators.csv"
    assert run("articles", "--output", str(articles)).exit_code == 0
    assert run("indicators", "--indicator", "net-stance.all.month", "--output", str(published)).exit_code == 0
    repeated = monthly(rows(articles.read_text(encoding="utf-8")))
    values = {row["period"]: row for row in rows(published.read_text(encoding="utf-8")) if row["value"]}
    assert repeated.keys() == values.keys()
    assert len(repeated) == 4
    for month, found in repeated.items():
        for value, name in zip(found, ("value", "lower", "upper"), strict=True):
            assert isclose(value, float(values[month][name]), rel_tol=0, abs_tol=1e-9), (month, name)


def test_the_filters_are_those_of_the_api(tmp_path: Path) -> None:
    dutch = rows(run("articles", "--lang", "nl", "--from", "2025-01-01", "--sort", "oldest").stdout)
    assert {row["lang"] for row in dutch} == {"nl"}
    assert [row["published"] for row in dutch if row["published"]] == sorted(
        row["published"] for row in dutch if row["published"]
    )
    wrong = rows(run("figures", "--verdict", "inconsistent", "--org", "Microsoft").stdout)
    assert {row["subjects"] for row in wrong} == {"Microsoft"}
    assert {row["ticker"] for row in rows(run("capex", "--company", "Microsoft").stdout)} == {"MSFT"}
    assert run("indicators", "--as-of", "2025-12-31").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sources", "--metric", "capex"), "sources has no filter --metric."),
        (("indicators", "--as-of", "May"), "--as-of: Must be a day, such as 2025-11-01."),
        (("articles", "stance"), "Give one dataset, or --package FOLDER for several."),
        (("articles", "--format", "sdmx-csv"), "sdmx-csv is for indicators and vintages."),
        (("sources", "--package", "x", "--metric", "capex"), "None of the datasets has a filter --metric."),
        (("sources", "--hl", "de"), "--hl"),
    ],
)
def test_a_wrong_call_is_told(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_files_come_in_every_format(tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "parquet", "sdmx-csv"):
        assert run("vintages", "--format", form, "--output", str(tmp_path / form)).exit_code == 0
    counts = [len(rows((tmp_path / form).read_text(encoding="utf-8"))) for form in ("csv", "sdmx-csv")]
    lines = (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()
    assert {len(lines), pq.read_table(tmp_path / "parquet").num_rows, *counts} == {len(lines)}
    assert json.loads(lines[0])["indicator"] == "net-stance.all.week"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "jsonl", "parquet", "sdmx-csv"]


def test_a_package_takes_each_filter_where_it_is_known(tmp_path: Path) -> None:
    result = run(
        "articles", "capex", "--package", str(tmp_path / "p"), "--lang", "nl", "--from", "2025-01-01", "--hl", "nl"
    )
    assert result.exit_code == 0, result.output
    package = json.loads((tmp_path / "p" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["filters"] for resource in package["resources"]] == [
        {"lang": ["nl"], "from": "2025-01-01"}, {"from": "2025-01-01"},
    ]  # fmt: skip
    assert package["resources"][0]["title"] == "Artikelen"


def test_every_filter_of_every_dataset_is_an_option() -> None:
    options = {name for param in get_command(app).commands["export"].params for name in param.opts}  # type: ignore[attr-defined]
    filters = {"--" + name.replace("_", "-") for dataset in DATASETS.values() for name in dataset.filters()}
    assert filters <= options


def test_the_panel_and_the_mode_are_those_of_the_api(client: httpx.Client) -> None:
    fixed = {"freq": "quarter", "panel": "fixed"}
    assert run("stance", "--freq", "quarter", "--panel", "fixed").stdout == client.get(
        "/v1/stance.csv", params=fixed
    ).text.replace("\r\n", "\n")
    asked = {"q": "schulden", "mode": "hybrid"}
    assert rows(run("articles", "--q", "schulden", "--mode", "hybrid").stdout) == rows(
        client.get("/v1/articles.csv", params=asked).text
    )
    assert "words" in run("stance", "--mode", "hybrid").stderr
