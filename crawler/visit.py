"""A visit to one source: its feed, the items that are new or changed, and how the visit went."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from sqlalchemy import Engine
from sqlmodel import Session, select

from crawler import store
from crawler.article import Reader
from crawler.events import ArticleDone, Event, SourceDone, SourceListed, SourceSkipped
from crawler.feeds import FeedRequest, Item
from crawler.freshness import next_visit
from crawler.guest import Guest
from crawler.http import FEED_BYTES, Answer
from crawler.sources import SourceEntry
from crawler.workers import Workers
from models.columns import saved_id
from models.errors import Busy, FetchError, StoreError, Unusable
from models.tables import Source


@dataclass
class Listing:
    """What a source lists now; an `index` of sitemaps is never asked for conditionally, `always` fetches every item."""

    items: list[Item] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    ttl: float | None = None
    unchanged: bool = False
    index: bool = False
    always: bool = False


class Visit:
    """Visits sources for one crawl; shared by its threads. `stop` ends every visit after the item at hand."""

    def __init__(
        self, engine: Engine, guest: Guest, workers: Workers, now: Callable[[], datetime], tell: Callable[[Event], None]
    ) -> None:
        self._engine, self._guest, self._workers, self._now, self._tell = engine, guest, workers, now, tell
        self._reader = Reader(guest, workers, now)
        self.stop = threading.Event()

    def site(self, entries: Iterable[SourceEntry]) -> None:
        """Visit the sources of one site, one after the other."""
        for entry in entries:
            if not self.stop.is_set():
                self._source(entry)

    def _source(self, entry: SourceEntry) -> None:
        with Session(self._engine) as session:
            row = session.exec(select(Source).where(Source.name == entry.name)).one()
        if row.next_visit and row.next_visit > self._now():
            self._tell(SourceSkipped(entry.name, row.next_visit))
            return
        error: Exception | None = None
        listing, whole = Listing(), False
        try:
            listing = self._list(entry, row)
            whole = self._work_through(entry, row, listing)
        except StoreError:
            raise
        except FetchError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001  one source's surprise must not end the visits to the others
            error = Unusable(entry.url, f"it set off a fault in Zeepbel ({type(failure).__name__}: {failure})")
        self._note(entry, listing, error, whole=whole)
        self._tell(SourceDone(entry.name, str(error) if error else None))

    def _list(self, entry: SourceEntry, row: Source) -> Listing:
        if entry.kind == "page":
            return Listing([Item(url=entry.url)], always=True)
        answer = self._fetch(entry, entry.url, row.etag, row.last_modified)
        if answer.not_modified:
            return Listing(headers=answer.headers, unchanged=True)
        request = self._request(answer)
        if entry.kind != "sitemap":
            feed = self._workers.feed(answer.body, request)
            return Listing(feed.items, answer.headers, feed.ttl)
        sitemap = self._workers.sitemap(answer.body, request)
        items = [*sitemap.items, *(item for child in sitemap.children for item in self._child(entry, child))]
        return Listing(items, answer.headers, index=bool(sitemap.children))

    def _child(self, entry: SourceEntry, address: str) -> list[Item]:
        answer = self._fetch(entry, address)
        return self._workers.sitemap(answer.body, self._request(answer)).items

    def _fetch(self, entry: SourceEntry, address: str, etag: str | None = None, modified: str | None = None) -> Answer:
        private = entry.allow_private and self._reader.same_site(address, entry)
        return self._guest.fetch(address, limit=FEED_BYTES, allow_private=private, etag=etag, last_modified=modified)

    def _request(self, answer: Answer) -> FeedRequest:
        return FeedRequest(url=answer.url, charset=answer.charset, now=self._now())

    def _work_through(self, entry: SourceEntry, row: Source, listing: Listing) -> bool:
        """Deal with the items that are new or changed; whether none has to be tried again."""
        items = {item.url: item for item in reversed(listing.items)}
        seen = store.marks(self._engine, list(items))
        fresh = [item for item in items.values() if listing.always or seen.get(item.url) != item.mark()]
        self._tell(SourceListed(entry.name, len(items), len(fresh)))
        done = [self._item(entry, row, item) for item in fresh if not self.stop.is_set()]
        return len(done) == len(fresh) and all(done)

    def _item(self, entry: SourceEntry, row: Source, item: Item) -> bool:
        """Fetch and store one item; false when it has to be tried again."""
        try:
            draft = self._reader.read(entry, item)
        except Busy:
            raise
        except FetchError as error:
            final = isinstance(error, Unusable) or (
                error.status is not None and httpx.codes.is_client_error(error.status)
            )
            store.reject(
                self._engine,
                saved_id(row),
                item.url,
                error.reason,
                now=self._now(),
                mark=item.mark() if final else None,
            )
            self._tell(ArticleDone(entry.name, item.url, "rejected", reason=error.reason))
            return final
        change = store.keep(self._engine, saved_id(row), draft, link=item.url, mark=item.mark(), now=self._now())
        self._tell(ArticleDone(entry.name, draft.url, change, draft.status, draft.reason))
        return True

    def _note(self, entry: SourceEntry, listing: Listing, error: Exception | None, *, whole: bool) -> None:
        """Keep how the visit went. Validators are kept only when nothing of this feed has to be tried again."""
        now = self._now()
        rules = self._guest.rules(entry.url, allow_private=entry.allow_private)
        newest = max((item.published for item in listing.items if item.published), default=None)
        opt_out = None if error else self._guest.reservation(entry.url, allow_private=entry.allow_private)

        def work(session: Session) -> None:
            row = session.exec(select(Source).where(Source.name == entry.name)).one()
            row.last_attempt, row.robots = now, rules.state(entry.url)
            row.next_visit = next_visit(now, entry.every, listing.headers, listing.ttl, error)
            row.last_error = str(error) if error else None
            row.errors_in_row = row.errors_in_row + 1 if error else 0
            if error is None:
                row.last_success, row.opt_out = now, opt_out
            if newest and (row.newest_item is None or newest > row.newest_item):
                row.newest_item = newest
            if whole and not listing.index and not listing.unchanged:
                row.etag, row.last_modified = listing.headers.get("etag"), listing.headers.get("last-modified")
            session.add(row)

        store.write(self._engine, work)
