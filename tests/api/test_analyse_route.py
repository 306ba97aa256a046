from pathlib import Path

import httpx
import pytest

from models.capex import bundled
from models.records import Document
from nlp.analyse import Analyser
from tests.api.conftest import WordScorer, serving

TEXT = "De zeepbel kan knappen. In het derde kwartaal van 2025 gaf Microsoft 19,4 miljard dollar uit. De groei is er."


def test_the_answer_is_that_of_the_command(client: httpx.Client) -> None:
    document = {"id": 7, "text": TEXT, "title": "Kwartaal", "published": "2025-11-01", "lang": "nl", "tag": "ignored"}
    answer = client.post("/v1/analyse", json=document)
    assert answer.status_code == 200
    (expected,) = Analyser(WordScorer(), bundled()).analyse([Document.model_validate(document)])
    assert answer.json() == expected.model_dump(mode="json")
    assert [sentence["stance"] for sentence in answer.json()["sentences"]] == ["caution", "neutral", "hype"]


def test_sentences_are_taken_as_they_are(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/analyse", json={"id": "a", "sentences": ["Eén zeepbel. Nog een.", "Groei."], "lang": "nl"}
    )
    assert [sentence["text"] for sentence in answer.json()["sentences"]] == ["Eén zeepbel. Nog een.", "Groei."]


@pytest.mark.parametrize(
    "document",
    [
        {"id": "1"},
        {"id": "1", "text": "a", "sentences": ["a"]},
        {"id": "1", "text": "  "},
        {"text": "a"},
        {"id": "1", "text": "a", "published": "gisteren"},
        ["a"],
        "a",
    ],
)
def test_what_cannot_be_read_is_refused(client: httpx.Client, document: object) -> None:
    answer = client.post("/v1/analyse", json=document)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["where"].startswith("body")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"id=1"])
def test_what_is_not_json_is_refused(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/v1/analyse", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_a_form_of_another_site_is_refused(client: httpx.Client) -> None:
    answer = client.post("/v1/analyse", content=b'{"id": "1", "text": "a"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422


def test_without_a_model_it_says_so(home: Path) -> None:
    with serving(home) as address, httpx.Client(base_url=address) as client:
        answer = client.post("/v1/analyse?hl=nl", json={"id": "1", "text": "a"})
        assert client.get("/healthz").json()["model"] is False
    assert answer.status_code == 503
    assert "geen model geladen" in answer.json()["detail"]
