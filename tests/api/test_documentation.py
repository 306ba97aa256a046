"""docs/api.md says what the server does."""

import re
from pathlib import Path

import httpx
import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_path_is_documented(client: httpx.Client) -> None:
    paths = set(client.get("/openapi.json").json()["paths"])
    written = set(re.findall(r"^\| `(?:GET|POST) (\S+)`", PAGE, re.MULTILINE))
    assert written == {path for path in paths if not path.endswith(".csv")}


@pytest.mark.parametrize(
    "name",
    [
        "articles",
        "stance",
        "changes",
        "capex",
        "stance-capex",
        "figures",
        "claims",
        "guidance",
        "sources",
        "indicators",
        "indicators/capex.MSFT.quarter",
    ],
)
def test_meta_and_coverage_are_documented(client: httpx.Client, name: str) -> None:
    meta = client.get(f"/v1/{name}").json()["meta"]
    assert all(f"`{key}`" in PAGE for key in (*meta, *meta["coverage"]))


def test_every_parameter_is_documented_or_explains_itself(client: httpx.Client) -> None:
    for operations in client.get("/openapi.json").json()["paths"].values():
        for parameter in operations.get("get", {}).get("parameters", []):
            assert f"`{parameter['name']}" in PAGE or parameter.get("description"), parameter["name"]
