import httpx
import pytest

PATHS = [
    "/v1/articles",
    "/v1/articles/1",
    "/v1/stance?freq=quarter",
    "/v1/capex",
    "/v1/figures",
    "/docs",
    "/openapi.json",
]


@pytest.mark.parametrize("path", [*PATHS, "/docs/page.css"])
def test_what_the_reader_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-length" not in again.headers or again.headers["content-length"] == "0"
    assert again.headers["content-security-policy"]


@pytest.mark.parametrize("path", PATHS)
def test_readers_ask_whether_it_changed(client: httpx.Client, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-cache"


def test_another_answer_has_another_tag(client: httpx.Client) -> None:
    tags = {client.get(path).headers["etag"] for path in ("/v1/articles", "/v1/articles?hl=nl", "/v1/articles?lang=nl")}
    assert len(tags) == 3
    stale = client.get("/v1/articles", headers={"If-None-Match": 'W/"0123", "4567"'})
    assert stale.status_code == 200


def test_one_of_several_tags_is_enough(client: httpx.Client) -> None:
    tag = client.get("/v1/sources").headers["etag"]
    assert client.get("/v1/sources", headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
    assert client.get("/v1/sources", headers={"If-None-Match": "*"}).status_code == 304


def test_problems_have_no_tag(client: httpx.Client) -> None:
    answer = client.get("/v1/nothing")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


def test_answers_are_zipped_for_who_can_unzip(client: httpx.Client) -> None:
    zipped = client.get("/v1/articles", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/v1/articles", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert "Accept-Encoding" in zipped.headers["vary"]


@pytest.mark.parametrize("path", [*PATHS, "/v1/articles.csv", "/nothing"])
def test_head_is_get_without_a_body(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert head.headers.get("etag") == get.headers.get("etag")
    assert head.headers["content-type"] == get.headers["content-type"]
