"""The answers are those of `models`, in the one envelope."""

from datetime import date

import httpx
import pytest

META = {"definition", "method", "total", "next", "coverage"}


@pytest.mark.parametrize(
    "path",
    [
        "articles",
        "articles/1",
        "stance",
        "changes",
        "capex",
        "stance-capex",
        "figures",
        "claims",
        "guidance",
        "sources",
    ],
)
def test_one_envelope_in_two_languages(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/v1/{path}").json()
    dutch = client.get(f"/v1/{path}?hl=nl").json()
    assert set(answer) == {"data", "meta"}
    assert set(answer["meta"]) >= META
    assert answer["data"] == dutch["data"]
    assert answer["meta"]["definition"] != dutch["meta"]["definition"]


def test_pages_follow_the_cursor(client: httpx.Client) -> None:
    seen, cursor = [], None
    while True:
        params = {"limit": 40, "lang": ["nl", "en"]} | ({"cursor": cursor} if cursor else {})
        answer = client.get("/v1/articles", params=params).json()
        seen += [hit["id"] for hit in answer["data"]]
        cursor = answer["meta"]["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == answer["meta"]["total"] == sum(answer["meta"]["coverage"].values())


def test_facets_come_when_asked(client: httpx.Client) -> None:
    assert client.get("/v1/articles").json()["meta"]["facets"] is None
    facets = client.get("/v1/articles?lang=nl&facets=true").json()["meta"]["facets"]
    assert {value["value"] for value in facets["lang"]} == {"nl", "en", "de"}
    assert {value["value"] for value in facets["source"]} == {"Dagblad Noord", "De Polder", "Beurspost"}


def test_an_article_shows_quotations_figures_copies_and_bars(client: httpx.Client) -> None:
    figure = client.get("/v1/figures?verdict=inconsistent").json()["data"][0]
    article = client.get(f"/v1/articles/{figure['article']}").json()["data"]
    assert article["cited"] == [figure]
    assert article["planted"]
    assert article["text"].startswith("Microsoft spent 300 billion dollars")
    assert article["reading"]["model"]["name"] == "test"
    assert all(set(bar) >= {"start", "end", "stance", "p_hype", "text"} for bar in article["sentences"])


def test_the_series_says_how_it_was_made(client: httpx.Client) -> None:
    answer = client.get("/v1/stance?freq=quarter&theme=capex").json()
    assert answer["meta"]["method"].startswith("net-stance 1. ")
    assert answer["meta"]["freq"] == "quarter"
    assert set(answer["meta"]["coverage"]) == {"undated", "unscored", "opted_out_share"}
    assert [point["period"] for point in answer["data"]] == [f"{y}-Q{q}" for y in (2024, 2025) for q in (1, 2, 3, 4)]
    whole = client.get("/v1/stance?freq=quarter").json()["data"]
    assert all(-1 <= point["lower"] <= point["net_stance"] <= point["upper"] <= 1 for point in whole)


def test_capex_by_name_and_day(client: httpx.Client) -> None:
    answer = client.get("/v1/capex?company=Oracle&company=CRWV&from=2026-01-01").json()
    assert {point["ticker"] for point in answer["data"]} == {"ORCL", "CRWV"}
    assert answer["meta"]["coverage"] == {"companies": 2, "first": "2026-Q1", "last": "2026-Q3"}
    assert all(date.fromisoformat(point["end"]) >= date(2026, 1, 1) for point in answer["data"])
    assert all(point["source"] and point["grade"] for point in answer["data"])


def test_stance_and_capex_share_an_axis(client: httpx.Client) -> None:
    answer = client.get("/v1/stance-capex?company=AMZN&hl=nl").json()
    assert answer["meta"]["companies"] == ["AMZN"]
    assert [lag["lag"] for lag in answer["meta"]["lead_lag"]] == [-2, -1, 0, 1, 2]
    assert answer["meta"]["warning"].startswith("Het zijn weinig kwartalen")
    assert answer["meta"]["coverage"]["quarters_with_both"] == 8


def test_figures_by_what_they_are_about(client: httpx.Client) -> None:
    answer = client.get("/v1/figures?org=Alphabet&period=2025&unit=USD&lang=nl").json()
    assert answer["meta"]["total"] == 6
    assert answer["meta"]["coverage"]["consistent"] == 6


def test_health(client: httpx.Client) -> None:
    health = client.get("/healthz").json()
    assert (health["status"], health["database"], health["model"]) == ("ok", "ok", True)
