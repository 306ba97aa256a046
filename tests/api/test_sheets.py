import csv
import io
import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sheets import cell

COLLECTIONS = ["articles", "figures", "claims", "stance", "capex", "stance-capex", "sources", "indicators"]


def read(client: httpx.Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_sheet_has_every_row_and_column(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/v1/{name}").json()
    rows = read(client, f"/v1/{name}.csv")
    assert len(rows) == answer["meta"]["total"] > 0
    assert list(rows[0]) == list(answer["data"][0])
    assert f'filename="zeepbel-{name}.csv"' in client.get(f"/v1/{name}.csv").headers["content-disposition"]


@pytest.mark.parametrize(
    "filters", ["lang=nl&theme=energy&sort=oldest", "q=zeepbel&sort=relevance", "stance=hype", "source=none"]
)
def test_the_filters_are_those_of_the_list(client: httpx.Client, filters: str) -> None:
    listed = client.get(f"/v1/articles?{filters}&limit=100").json()
    rows = read(client, f"/v1/articles.csv?{filters}")
    assert [int(row["id"]) for row in rows] == [hit["id"] for hit in listed["data"]]


def test_cells_hold_what_the_list_holds(client: httpx.Client) -> None:
    (row,) = read(client, "/v1/figures.csv?verdict=inconsistent")
    (figure,) = client.get("/v1/figures?verdict=inconsistent").json()["data"]
    assert json.loads(row["checks"]) == figure["checks"]
    assert float(row["value"]) == figure["value"]
    assert (row["subjects"], row["planted"], row["denied"], row["noun"]) == ("Microsoft", "true", "false", "")


@pytest.mark.parametrize("text", ["=1+1", "+31 20", "-5%", "@cmd", "\t=1", "\r=1"])
def test_text_is_never_calculated(text: str) -> None:
    assert cell(text) == "'" + text
    assert cell([text, "b"]) == "'" + text + "; b"


@given(st.text())
def test_other_text_stays_as_it_is(text: str) -> None:
    written = cell(text)
    assert written.removeprefix("'") == text.removeprefix("'") or written == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("value", "written"), [(-0.3, -0.3), (None, None), (True, "true"), ([], ""), (12, 12)])
def test_numbers_stay_numbers(value: object, written: object) -> None:
    assert cell(value) == written
