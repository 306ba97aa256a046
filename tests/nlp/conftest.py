"""The shipped reader, loaded once for the tests that are about it."""

import pytest

from nlp.stance import Scorer, load_scorer


@pytest.fixture(scope="session")
def reader() -> Scorer:
    return load_scorer()
