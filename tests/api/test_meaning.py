"""Search by meaning over HTTP, with the real encoder of queries; and vectors that follow the articles."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select
from typer.testing import CliRunner

from api import meaning
from api.cli import app
from api.pending import analyse_pending
from api.progress import Step
from models.capex import bundled
from models.embeddings import Encoder, keep, lacking
from models.errors import ModelError
from models.records import ModelInfo
from models.tables import Article, EmbeddingRow
from nlp.analyse import Analyser
from nlp.query import QueryEncoder
from tests.api.conftest import WordScorer, serving
from tests.builders import database, revise
from tests.databases import home_of

QUESTION = "Wie stemde er over een rekencentrum na klachten van buren over lawaai?"


class Counter:
    """Makes a vector of what words a text has."""

    info = ModelInfo(name="counter", version="1", device="cpu")

    def embed(self, texts: Sequence[str], _kind: str) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(384, 1e-3, np.float32)
        for word in text.split():
            vector[sum(word.encode()) % 384] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the newsroom, each article placed by its first words."""
    home, encoder = tmp_path_factory.mktemp("home"), QueryEncoder()
    engine = database(home)
    with Session(engine) as session:
        made = Encoder(encoder.name, encoder.version)
        waiting = lacking(session, made, 1000)
        keep(session, made, waiting, np.stack([encoder.encode(f"{a.title} {a.text}"[:150]) for a in waiting]))
        session.commit()
    engine.dispose()
    return home


@pytest.fixture(scope="module")
def client(placed: Path) -> Iterator[httpx.Client]:
    with serving(placed) as address, httpx.Client(base_url=address, timeout=30) as opened:
        yield opened


@pytest.mark.parametrize("mode", ["meaning", "hybrid"])
def test_a_dutch_question_finds_the_english_article(client: httpx.Client, mode: str) -> None:
    answer = client.get("/v1/articles", params={"q": QUESTION, "mode": mode, "limit": 5}).json()
    assert answer["data"][0]["title"] == "County votes"
    assert answer["meta"]["total_is_lower_bound"] is False
    assert client.get("/v1/articles", params={"q": QUESTION}).json()["meta"]["total"] == 0


def test_filters_pages_and_sheet_agree(client: httpx.Client) -> None:
    params = {"q": QUESTION, "mode": "hybrid", "lang": "en", "sort": "newest"}
    seen: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        answer = client.get("/v1/articles", params=params | {"limit": "20"} | cursor).json()
        seen += [hit["id"] for hit in answer["data"]]
        if answer["meta"]["next"] is None:
            break
        cursor = {"cursor": answer["meta"]["next"]}
    assert len(seen) == len(set(seen)) == answer["meta"]["total"]
    sheet = client.get("/v1/articles.csv", params=params).text.splitlines()
    assert [int(line.split(",")[0]) for line in sheet[1:]] == seen


def test_without_a_query_every_mode_lists_all(client: httpx.Client) -> None:
    totals = {client.get(f"/v1/articles?mode={mode}").json()["meta"]["total"] for mode in ("words", "hybrid")}
    assert len(totals) == 1


def test_the_series_refuses_what_it_cannot_count(client: httpx.Client) -> None:
    assert client.get("/v1/stance?q=schuld&mode=meaning").status_code == 422


def test_the_page_offers_the_choice_and_keeps_it(client: httpx.Client) -> None:
    page = client.get("/", params={"q": QUESTION, "mode": "meaning", "hl": "nl"}).text
    assert re.search(r'<option value="meaning" selected>Betekenis</option>', page)
    assert "County votes" in page
    assert "geen grens" in page
    assert re.search(r'href="/v1/articles\.csv\?[^"]*mode=meaning', page)
    assert not re.search(r'href="/v1/stance\.csv\?[^"]*(?<![a-z])q=', page)


def test_an_article_shows_others_on_its_subject(client: httpx.Client) -> None:
    article = client.get("/v1/articles", params={"q": '"county board"'}).json()["data"][0]
    similar = client.get(f"/v1/articles/{article['id']}").json()["data"]["similar"]
    assert {one["lang"] == "en" for one in similar[:3]} == {False}
    assert article["story"] not in {one.get("story") for one in similar}
    assert 'id="similar-heading"' in client.get(f"/articles/{article['id']}").text


def test_without_the_encoder_the_answer_says_so(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> QueryEncoder:
        raise ModelError("gone")

    monkeypatch.setattr(meaning, "_encoder", missing)
    answer = client.get("/v1/articles", params={"q": "x", "mode": "meaning", "hl": "nl"})
    assert (answer.status_code, answer.json()["title"]) == (503, "Niet beschikbaar")
    assert "niet geïnstalleerd" in answer.json()["detail"]
    assert "not installed" in client.get("/?q=x&mode=hybrid&hl=en", headers={"Accept": "text/html"}).text
    assert client.get("/v1/articles?q=schulden").status_code == 200


def test_words_that_find_nothing_lead_to_their_meaning(client: httpx.Client) -> None:
    page = client.get("/", params={"q": QUESTION, "hl": "en"}).text
    assert re.search(r'href="\?q=[^"]*&amp;mode=hybrid"|href="\?[^"]*mode=hybrid[^"]*"', page)


def test_the_command_searches_by_meaning(placed: Path) -> None:
    ran = CliRunner().invoke(app, ["search", QUESTION, "--mode", "meaning"], env=home_of(placed))
    assert ran.exit_code == 0
    assert "County votes" in ran.output


def test_vectors_are_made_for_articles_read_before_and_renewed(tmp_path: Path) -> None:
    engine, steps = database(tmp_path), list[Step]()
    _analyse(engine, steps)
    with Session(engine) as session:
        texts = session.exec(select(func.count()).where(col(Article.text).is_not(None))).one()
        assert session.exec(select(func.count()).select_from(EmbeddingRow)).one() == texts
        changed = session.exec(select(Article).where(Article.title == "Voetbal")).one()
        revise(session, changed, "Voetbal", "Een heel ander verslag.")
        session.commit()
    _analyse(engine, steps)
    with Session(engine) as session:
        versions = session.exec(select(EmbeddingRow.version)).all()
        assert (len(versions), sorted(versions)[-2:]) == (texts, [1, 2])
    assert [step.done for step in steps if step.job == "Placing by meaning"][-2:] == [texts, 1]
    engine.dispose()


def _analyse(engine: Engine, steps: list[Step]) -> None:
    embedder = Counter()
    analyse_pending(engine, Analyser(WordScorer(), bundled()), steps.append, embedder=embedder)  # type: ignore[arg-type]
