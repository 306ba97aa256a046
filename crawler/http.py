"""Fetching over HTTP as if every answer came from an attacker, and every server from a friend.

Redirects are followed by hand, so each hop is checked; sizes are limited after unpacking; a fetch has one deadline;
no cookies, credentials or proxies. Nothing here knows robots or politeness: see `crawler.guest`.
"""

import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from crawler.addresses import Resolver, system_resolver
from crawler.decoding import unpacked
from crawler.identity import site
from crawler.transport import DEADLINE, GuardedTransport
from models.errors import Busy, FetchError, Forbidden, Unusable

PAGE_BYTES = 10_000_000
FEED_BYTES = 5_000_000
SMALL_BYTES = 500 * 1024  # robots.txt and its kind, as RFC 9309 has it
MAX_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
BUSY = {429, 503}
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Limits:
    """Seconds that a fetch may take: to connect, for one read, and for one whole answer."""

    connect: float = 10
    read: float = 20
    whole: float = 60


@dataclass(frozen=True)
class Answer:
    """An answer of the server: `url` is where the redirects ended, header names are in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def not_modified(self) -> bool:
        return self.status == httpx.codes.NOT_MODIFIED

    @property
    def charset(self) -> str | None:
        """The character set that the Content-Type names."""
        found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE)
        return found[1] if found else None


Hop = Callable[[str], None]


def _no_check(_url: str) -> None:
    """No further check of a hop."""


class Fetcher:
    """Fetches one address at a time for a thread; may be shared by threads. Close it after use.

    `user_agent` says who we are and how to reach us: `Zeepbel/0.1 (+https://…; contact)`.
    """

    def __init__(
        self,
        user_agent: str,
        resolver: Resolver = system_resolver,
        limits: Limits = Limits(),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.user_agent, self._limits = user_agent, limits
        context = tls or httpx.create_ssl_context(trust_env=False)
        # Two pools: a connection that was opened to a private address is never used for a source without that right.
        self._clients = {private: self._client(resolver, private, context) for private in (False, True)}

    def _client(self, resolver: Resolver, allow_private: bool, tls: ssl.SSLContext) -> httpx.Client:
        return httpx.Client(
            transport=GuardedTransport(resolver, allow_private, tls),
            headers={
                "User-Agent": self.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            trust_env=False,
        )

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch(
        self,
        url: str,
        *,
        limit: int = PAGE_BYTES,
        allow_private: bool = False,
        etag: str | None = None,
        last_modified: str | None = None,
        before: Hop = _no_check,
        cut: bool = False,
    ) -> Answer:
        """Fetch `url`, following redirects. `before` is called with each hop's address and may refuse it by raising.

        `allow_private` holds for the site of `url` only, not where a redirect leads. With `etag` or `last_modified`
        the answer may be 304 with an empty body. `cut` takes the first `limit` bytes instead of refusing a larger body.
        Raises `Forbidden`, `Busy` (429, 503), `Unusable` or `FetchError`.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            before(here)
            DEADLINE.set(time.monotonic() + self._limits.whole)
            answer = self._hop(here, limit, allow_private and site(here) == site(url), headers, cut)
            if answer.status not in REDIRECTS:
                return _accepted(answer)
            here = _target(answer)
        raise Unusable(url, f"it redirects more than {MAX_REDIRECTS} times")

    def _hop(self, url: str, limit: int, private: bool, headers: dict[str, str], cut: bool) -> Answer:
        with _readable_errors(url), self._clients[private].stream("GET", _checked(url), headers=headers) as response:
            wanted = response.status_code == httpx.codes.OK
            coding = response.headers.get("content-encoding", "").strip().lower()
            body = unpacked(response.iter_raw(), coding, limit, url, cut=cut) if wanted else b""
            return Answer(url, response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Unusable(url, f"it is not a web address ({error})") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Forbidden(url, "only http and https addresses are fetched")
    if parsed.userinfo:
        raise Forbidden(url, "addresses with a user name or password are not fetched")
    return parsed


def _target(answer: Answer) -> str:
    location = answer.headers.get("location", "")
    try:
        return str(httpx.URL(answer.url).join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Unusable(answer.url, f"it redirects to something that is not a web address ({error})") from error


def _accepted(answer: Answer) -> Answer:
    """The answer when it is one to use; the typed error of its status when it is not."""
    if answer.status == httpx.codes.OK or answer.not_modified:
        return answer
    if answer.status in BUSY:
        raise Busy(answer.url, "the server asks to come back later", answer.status, retry_after(answer.headers))
    raise FetchError(answer.url, f"the server answered with status {answer.status}", answer.status)


def retry_after(headers: dict[str, str]) -> float | None:
    """Seconds that `Retry-After` asks to wait, written as seconds or as a date; at most a day."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = (
            float(value) if value.isdecimal() else (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0), DAY_SECONDS)


@contextmanager
def _readable_errors(url: str) -> Iterator[None]:
    try:
        yield
    except Forbidden as error:
        raise Forbidden(url, error.reason) from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise FetchError(url, "the server is too slow; it is tried again at the next visit") from error
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(url, f"the connection failed ({str(error) or type(error).__name__})") from error
