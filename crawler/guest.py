"""The crawler as a guest: asks the house rules first, waits its turn, and reads what the publisher reserves.

One request at a time per registrable domain, with a pause between them, whatever thread asks.
"""

import threading
import time
from urllib.parse import urljoin

from crawler import optout, robots, rsl
from crawler.http import PAGE_BYTES, SMALL_BYTES, Answer, Fetcher
from crawler.identity import site
from models.errors import FetchError, Forbidden

CACHE_SECONDS = 24 * 3600
RETRY_SECONDS = 3600  # for a robots.txt that could not be read


class Turn:
    """The one request that may run at a domain: `take` waits for it, `leave` passes it on after the pause."""

    def __init__(self, queues: "Queues") -> None:
        self._queues, self._at, self._pause = queues, "", 0.0

    def take(self, domain: str, pause: float) -> None:
        self._queues.wait(domain)
        self._at, self._pause = domain, pause

    def leave(self) -> None:
        if self._at:
            self._queues.leave(self._at, self._pause)
            self._at = ""


class Queues:
    """A lock and the time of the next request for every domain."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._next: dict[str, float] = {}

    def wait(self, domain: str) -> None:
        with self._guard:
            lock = self._locks.setdefault(domain, threading.Lock())
        lock.acquire()
        time.sleep(max(0.0, self._next.get(domain, 0.0) - time.monotonic()))

    def leave(self, domain: str, pause: float) -> None:
        self._next[domain] = time.monotonic() + pause
        self._locks[domain].release()


class Guest:
    """Fetches politely; shared by threads. `delay` is the pause in seconds between two requests at a domain."""

    def __init__(self, fetcher: Fetcher, delay: float = 1.0) -> None:
        self._fetcher, self._delay = fetcher, delay
        self._queues = Queues()
        self._rules: dict[str, tuple[float, robots.Rules]] = {}
        self._files: dict[str, tuple[float, bytes | None]] = {}

    def fetch(
        self,
        url: str,
        *,
        limit: int = PAGE_BYTES,
        allow_private: bool = False,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer:
        """`Fetcher.fetch` with robots rules checked, and a turn taken, on every hop; no pause at a private site.

        Raises `Forbidden` when the robots rules say no or cannot be read.
        """
        turn = Turn(self._queues)

        def before(hop: str) -> None:
            turn.leave()
            private = allow_private and site(hop) == site(url)
            rules = self.rules(hop, allow_private=private)
            _obey(rules, hop)
            turn.take(site(hop), max(rules.delay, 0.0 if private else self._delay))

        try:
            return self._fetcher.fetch(
                url, limit=limit, allow_private=allow_private, etag=etag, last_modified=last_modified, before=before
            )
        finally:
            turn.leave()

    def rules(self, url: str, *, allow_private: bool = False) -> robots.Rules:
        """The robots rules of the host of `url`, at most a day old."""
        root = urljoin(url, "/")
        until, rules = self._rules.get(root, (0.0, None))
        if rules is None or until < time.monotonic():
            rules = self._read_rules(root, allow_private)
            keep = CACHE_SECONDS if rules.reachable else RETRY_SECONDS
            self._rules[root] = time.monotonic() + keep, rules
        return rules

    def reservation(self, url: str, *, allow_private: bool = False) -> str | None:
        """Evidence that the site reserves `url` against mining, in its robots.txt, RSL licence or TDMRep file."""
        rules = self.rules(url, allow_private=allow_private)
        if evidence := optout.in_robots(rules.text, optout.path_of(url)):
            return evidence
        for licence in optout.licences_in_robots(rules.text):
            if evidence := self.licence(urljoin(url, licence), url, allow_private=allow_private):
                return evidence
        body = self._file(urljoin(url, optout.TDMREP), allow_private)
        reserved = optout.in_tdmrep(body, optout.path_of(url)) if body else False
        return f"The file {optout.TDMREP} reserves it (TDM Reservation Protocol)." if reserved else None

    def licence(self, licence: str, url: str, *, allow_private: bool = False) -> str | None:
        """Evidence that an RSL licence reserves `url`."""
        body = self._file(licence, allow_private and site(licence) == site(url))
        return rsl.reserved(body or b"", licence, url)

    def _read_rules(self, root: str, allow_private: bool) -> robots.Rules:
        turn = Turn(self._queues)

        def before(hop: str) -> None:
            turn.leave()
            turn.take(site(hop), 0.0 if allow_private else self._delay)

        try:
            return robots.from_answer(
                self._fetcher.fetch(
                    root + "robots.txt", limit=SMALL_BYTES, allow_private=allow_private, before=before, cut=True
                )
            )
        except FetchError as error:
            return robots.from_failure(error)
        finally:
            turn.leave()

    def _file(self, address: str, allow_private: bool) -> bytes | None:
        """A small file of a site, at most a day old; null when it is not there or cannot be had."""
        until, body = self._files.get(address, (0.0, None))
        if until < time.monotonic():
            try:
                body = self.fetch(address, limit=SMALL_BYTES, allow_private=allow_private).body
            except FetchError:
                body = None
            self._files[address] = time.monotonic() + CACHE_SECONDS, body
        return body


def _obey(rules: robots.Rules, url: str) -> None:
    state = rules.state(url)
    if state == "disallowed":
        raise Forbidden(url, "robots.txt does not allow it")
    if state == "unreachable":
        raise Forbidden(url, f"robots.txt could not be read, which means no for now ({rules.reason})")
