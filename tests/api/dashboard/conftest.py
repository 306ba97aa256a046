from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A browser of its own for every test, so that no language is remembered from one to the next."""
    with httpx.Client(base_url=server, timeout=30) as opened:
        yield opened
