import logging
import socket
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.protection import LARGEST_BODY, LoopbackHost, Protection, is_loopback
from tests.api.conftest import serving

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    "path", ["/healthz", "/docs", "/docs/page.css", "/v1/articles.csv", "/nothing", "/openapi.json"]
)
def test_every_answer_carries_the_policy(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "0.0.0.0", "[::2]:80"]
)
def test_another_name_for_loopback_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/v1/sources", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["detail"].startswith("This server answers to localhost")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000", "127.1.2.3:9"])
def test_loopback_goes_by_its_own_names(client: httpx.Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_server_for_others_takes_any_name(home: Path) -> None:
    with serving(home, host="0.0.0.0") as address, httpx.Client(base_url=address) as client:
        assert client.get("/healthz", headers={"Host": "news.example"}).status_code == 200


def test_loopback_is_recognised() -> None:
    assert is_loopback("::1")
    assert not is_loopback("::")
    assert not is_loopback("127.0.0.1 ")


def test_a_body_over_a_megabyte_is_refused(client: httpx.Client) -> None:
    answer = client.post("/v1/analyse", json={"id": "1", "text": "a" * LARGEST_BODY})
    assert answer.status_code == 413
    assert answer.json()["title"] == "Too large"


def test_so_is_one_that_hides_its_size(client: httpx.Client) -> None:
    chunks = (b"a" * 10_000 for _ in range(LARGEST_BODY // 10_000 + 5))
    headers = {"Content-Type": "application/json"}
    assert client.post("/v1/analyse?hl=nl", content=chunks, headers=headers).json()["title"] == "Te groot"


def test_a_sender_that_leaves_halfway_stops_nothing(server: str, client: httpx.Client) -> None:
    host, port = httpx.URL(server).host, httpx.URL(server).port
    with socket.create_connection((host, port or 80)) as connection:
        head = b"POST /v1/analyse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head += b"Content-Length: 900\r\n\r\n{"
        connection.sendall(head)
    assert client.get("/healthz").status_code == 200


def test_what_breaks_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    app = FastAPI()
    app.add_middleware(LoopbackHost, host="127.0.0.1")
    app.add_middleware(Protection)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the secret path is /root/secret")

    with caplog.at_level(logging.ERROR), TestClient(app, base_url="http://localhost") as client:
        answer = client.get("/broken?hl=nl")
    assert answer.status_code == 500
    assert answer.json()["title"] == "Interne fout"
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    assert "secret" in caplog.text
