"""A real server on loopback over the newsroom of `tests.builders`, with a real analyser whose scorer counts words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn

from api.app import create_app
from models.capex import bundled
from models.records import ModelInfo
from nlp.analyse import Analyser
from nlp.stance import Scores
from tests.builders import database
from tests.databases import settings as settings_of

HYPE, CAUTION, NEUTRAL = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


class WordScorer:
    """Scores by single words: small, fast and predictable."""

    info = ModelInfo(name="words", version="1", device="cpu")

    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]:
        return [Scores([self._stance(sentence) for sentence in article], 0.9, {"capex": 0.9}) for article in articles]

    def _stance(self, sentence: str) -> tuple[float, float, float]:
        words = sentence.lower()
        return CAUTION if "zeepbel" in words or "bubble" in words else HYPE if "groei" in words else NEUTRAL


@contextmanager
def serving(home: Path, analyser: Analyser | None = None, **settings: Any) -> Iterator[str]:
    """The address of a server over the database in `home`, which runs until the end of the block."""
    app = create_app(settings_of(home, **settings), analyser)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    assert thread.is_alive(), "the server did not start"
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the newsroom in its database."""
    folder = tmp_path_factory.mktemp("home")
    database(folder).dispose()
    return folder


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    with serving(home, Analyser(WordScorer(), bundled())) as address:
        yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as opened:
        yield opened
