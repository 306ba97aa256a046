"""Worker processes: what hangs or crashes one of them costs one page."""

import multiprocessing
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler import workers as module
from crawler.extract import PageRequest
from crawler.feeds import FeedRequest
from crawler.workers import Workers
from models.errors import Unusable
from tests.crawler.site import article, feed

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PAGE = PageRequest(url="http://krant.example/a", now=NOW)
FEED = FeedRequest(url="http://krant.example/rss.xml", now=NOW)


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(size=1) as pool:
        yield pool


def test_pages_and_feeds_are_read(workers: Workers) -> None:
    assert workers.page(article("Kop").encode(), PAGE).title == "Kop"
    assert workers.feed(feed(("/a", "A", "")).encode(), FEED).items[0].title == "A"


def test_a_reason_comes_back_as_it_is(workers: Workers) -> None:
    with pytest.raises(Unusable, match="the page is empty"):
        workers.page(b"", PAGE)
    with pytest.raises(Unusable, match="DTD"):
        workers.sitemap(b"<!DOCTYPE x><urlset/>", FEED)


def test_a_process_that_dies_is_replaced(workers: Workers) -> None:
    workers.page(article().encode(), PAGE)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    for _ in range(2):  # both processes are gone, and each costs a page
        with pytest.raises(Unusable, match="broke the parser"):
            workers.page(article().encode(), PAGE)
    assert workers.page(article("Verder").encode(), PAGE).title == "Verder"


def test_reading_that_takes_too_long_is_stopped() -> None:
    with Workers(size=1, seconds=0) as impatient:
        for _ in range(3):
            with pytest.raises(Unusable, match="more than 0 seconds"):
                impatient.page(article(paragraphs=2000).encode(), PAGE)
        assert len(multiprocessing.active_children()) == 2


def test_processes_are_replaced_after_their_share(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGES_EACH", 2)
    first = {child.pid for child in multiprocessing.active_children()}
    for _ in range(4):
        workers.page(article().encode(), PAGE)
    assert not first & {child.pid for child in multiprocessing.active_children()}


def test_threads_get_their_own_answers() -> None:
    titles: dict[int, str | None] = {}

    def read(number: int) -> None:
        titles[number] = pool.page(article(f"Kop {number}").encode(), PAGE).title

    with Workers(size=2) as pool:
        threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert titles == {number: f"Kop {number}" for number in range(12)}
    assert not multiprocessing.active_children()
