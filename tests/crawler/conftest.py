"""Parts that the crawler's tests share: a site on loopback, a database file, a fetcher, a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.crawl import Summary, crawl
from crawler.http import Fetcher, Limits
from crawler.sources import SourceEntry
from models.database import open_database
from tests.crawler.site import ROOT, Site, serving
from tests.databases import database_url

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def fetcher(site: Site) -> Iterator[Fetcher]:
    with Fetcher(
        "Zeepbel/0.1 (+https://zeepbel.example; test@zeepbel.example)", site.resolver, Limits(2, 2, 3)
    ) as made:
        yield made


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(database_url(tmp_path))
    yield made
    made.dispose()


@pytest.fixture
def visit(engine: Engine, fetcher: Fetcher) -> Callable[..., Summary]:
    """Crawl one source at the site of the tests; keyword arguments change its entry."""

    def run(**changes: object) -> Summary:
        entry = {"name": "De Krant", "url": f"{ROOT}/rss.xml", "kind": "rss", "allow_private": True, "every": "0s"}
        return crawl(engine, [SourceEntry.model_validate(entry | changes)], fetcher=fetcher, now=lambda: NOW)

    return run
