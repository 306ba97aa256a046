import httpx
import pytest


def check(answer: httpx.Response, status: int) -> dict[str, object]:
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) <= {"type", "title", "status", "detail", "errors"}
    assert "content-security-policy" in answer.headers
    return problem


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/nothing", 404),
        ("/v1/articles/999999", 404),
        ("/v1/articles/0", 422),
        ("/v1/articles/99999999999999999999", 422),
        ("/v1/articles?limit=0", 422),
        ("/v1/articles?limit=101", 422),
        ("/v1/articles?themes=capex", 422),
        ("/v1/articles?theme=weather", 422),
        ("/v1/articles?mode=feeling", 422),
        ("/v1/articles?from=2025", 422),
        ("/v1/articles?from=20250101", 422),
        ("/v1/articles?to=2025-02-30", 422),
        ("/v1/articles?to=1735689600", 422),
        ("/v1/articles?from=2025-02-01&to=2025-01-01", 400),
        ("/v1/articles?cursor=x", 400),
        ("/v1/capex?company=Philips", 400),
        ("/v1/capex?from=2025-02-01&to=2025-01-01", 400),
        ("/v1/stance?freq=year", 422),
        ("/v1/stance?lang=Dutch", 422),
        ("/v1/figures?period=vandaag", 422),
        ("/v1/articles.csv?limit=5", 422),
    ],
)
def test_every_error_is_a_problem_in_the_readers_language(client: httpx.Client, path: str, status: int) -> None:
    english = check(client.get(path), status)
    dutch = check(client.get(path, params={**httpx.URL(path).params, "hl": "nl"}), status)
    assert english["title"] != dutch["title"]
    assert english["detail"] != dutch["detail"]


def test_a_wrong_method_names_the_right_one(client: httpx.Client) -> None:
    answer = client.delete("/v1/articles")
    check(answer, 405)
    assert "GET" in answer.headers["allow"]


def test_a_validation_problem_says_where(client: httpx.Client) -> None:
    problem = check(client.get("/v1/articles?limit=500&sort=best&hl=nl"), 422)
    errors = {fault["where"]: fault["message"] for fault in problem["errors"]}
    assert errors["query.limit"] == "Mag hoogstens 100 zijn."
    assert errors["query.sort"].startswith("Moet een van deze zijn: 'newest', ")


def test_a_tampered_cursor_is_refused(client: httpx.Client) -> None:
    cursor = client.get("/v1/articles?limit=3").json()["meta"]["next"]
    assert client.get("/v1/articles", params={"limit": 3, "cursor": cursor}).status_code == 200
    changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    check(client.get("/v1/articles", params={"limit": 3, "cursor": changed}), 400)
    check(client.get("/v1/articles", params={"limit": 3, "cursor": cursor, "sort": "oldest"}), 400)
