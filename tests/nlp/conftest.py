"""The shipped reader and the encoder, each loaded once for the tests that are about it."""

import pytest

from nlp.embedding import Embedder
from nlp.stance import Scorer, load_scorer


@pytest.fixture(scope="session")
def reader() -> Scorer:
    return load_scorer()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return Embedder()
