"""The catalogue and the series over HTTP."""

import csv
import io

import httpx
import pandas as pd
import pytest

NET = "/v1/indicators/net-stance.all.quarter"


def test_the_catalogue_lists_every_series(client: httpx.Client) -> None:
    english, dutch = (client.get(f"/v1/indicators?hl={hl}").json() for hl in ("en", "nl"))
    assert [entry["id"] for entry in english["data"]] == [entry["id"] for entry in dutch["data"]]
    assert english["meta"]["total"] == len(english["data"]) == 27 + 9
    first = english["data"][0]
    assert first["title"] == "Net stance, Dutch and English articles, per ISO week"
    assert "Open panel" in first["definition"]
    assert dutch["data"][0]["title"] == "Nettostemming, Nederlandse en Engelse artikelen, per ISO-week"
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/indicators.csv").text)))
    assert [row["id"] for row in rows] == [entry["id"] for entry in english["data"]]


def test_every_indicator_of_the_catalogue_answers(client: httpx.Client) -> None:
    for entry in client.get("/v1/indicators").json()["data"]:
        answer = client.get(f"/v1/indicators/{entry['id']}").json()
        assert answer["meta"]["indicator"] == entry
        assert answer["meta"]["total"] == len(answer["data"]) > 0
        assert {point["indicator"] for point in answer["data"]} == {entry["id"]}


def test_its_values_are_those_of_the_series(client: httpx.Client) -> None:
    series = client.get("/v1/stance?freq=quarter").json()["data"]
    points = client.get("/v1/indicators/net-stance.all.quarter").json()["data"]
    assert [point["period"] for point in points] == [point["period"] for point in series]
    assert all(point["value"] is not None for point in points)
    for point, other in zip(points, series, strict=True):
        for field, name in (("value", "net_stance"), ("lower", "lower"), ("articles", "articles")):
            assert point[field] == pytest.approx(other[name])


def test_csv_and_parquet_hold_the_same(client: httpx.Client) -> None:
    points = client.get(NET).json()["data"]
    sheet = client.get(f"{NET}.csv")
    assert 'filename="zeepbel-net-stance.all.quarter.csv"' in sheet.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(sheet.text)))
    parquet = client.get(f"{NET}.parquet")
    assert parquet.headers["content-type"] == "application/vnd.apache.parquet"
    frame = pd.read_parquet(io.BytesIO(parquet.content))
    assert [row["period"] for row in rows] == list(frame["period"]) == [point["period"] for point in points]
    assert list(frame.columns) == list(rows[0]) == list(points[0])
    assert list(frame["value"].dropna()) == [point["value"] for point in points if point["value"] is not None]


def test_values_are_as_known_at_the_end_of_a_day(client: httpx.Client) -> None:
    now = client.get(NET).json()
    assert now["meta"]["as_of"] is None
    assert client.get(f"{NET}?as_of=2026-01-05").json()["data"] == now["data"]
    before = client.get(f"{NET}?as_of=2026-01-04").json()
    assert (before["data"], before["meta"]["as_of"]) == ([], "2026-01-04")
    assert before["meta"]["coverage"] == {"first": None, "last": None, "empty": 0}


def test_days_keep_the_periods_that_they_touch(client: httpx.Client) -> None:
    asked = "from=2025-02-15&to=2025-04-01"
    points = client.get(f"{NET}?{asked}").json()["data"]
    assert [point["period"] for point in points] == ["2025-Q1", "2025-Q2"]
    assert client.get(f"{NET}.csv?from=2025-02-15&to=2025-01-01").status_code == 400


@pytest.mark.parametrize("ending", ["", ".csv", ".parquet", ".sdmx.csv"])
def test_an_unknown_indicator_is_not_found(client: httpx.Client, ending: str) -> None:
    assert client.get(f"/v1/indicators/mood.all.quarter{ending}").status_code == 404
