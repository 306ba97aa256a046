"""One crawl: every source that is due is visited, what is new or changed is fetched, read and stored.

Sites are visited side by side, each by one thread. A crawl that is killed and run again goes on where it was: a feed
counts as read only when all its items were.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine

from crawler import events, store
from crawler.guest import Guest
from crawler.http import Fetcher
from crawler.identity import site
from crawler.sources import SourceEntry, sync
from crawler.visit import Visit
from crawler.workers import Workers

THREADS = 4


@dataclass
class Summary:
    """What a crawl did: `articles` by outcome, `statuses` of the new and changed ones, `failed` sources by name."""

    sources: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    skipped: int = 0
    articles: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, event: events.Event) -> None:
        match event:
            case events.SourceDone(error=None):
                self.sources += 1
            case events.SourceDone(source=name, error=str(error)):
                self.sources += 1
                self.failed[name] = error
            case events.SourceSkipped():
                self.skipped += 1
            case events.ArticleDone(outcome=outcome, status=status):
                self.articles[outcome] += 1
                if outcome in {"new", "changed"} and status:
                    self.statuses[status] += 1


def utc_now() -> datetime:
    return datetime.now(UTC)


def crawl(
    engine: Engine,
    sources: Sequence[SourceEntry],
    *,
    fetcher: Fetcher,
    now: Callable[[], datetime] = utc_now,
    on_event: Callable[[events.Event], None] = events.ignore,
    guest: Guest | None = None,
) -> Summary:
    """Visit the sources that are due and store what is new. Events come one at a time, from any thread.

    Pass a `guest` to keep robots rules and turns between crawls. A source that fails is noted and the others go on;
    raises `StoreError` when the database cannot be written.
    """
    store.write(engine, lambda session: sync(session, sources))
    polite, summary, guard = guest or Guest(fetcher), Summary(), threading.Lock()

    def tell(event: events.Event) -> None:
        with guard:
            summary.add(event)
            on_event(event)

    groups = defaultdict(list)
    for source in sources:
        groups[site(source.url)].append(source)
    with Workers() as workers, ThreadPoolExecutor(THREADS) as threads:
        visit = Visit(engine, polite, workers, now, tell)
        try:
            for _ in threads.map(visit.site, groups.values()):
                pass
        finally:
            visit.stop.set()
    return summary
