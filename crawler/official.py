"""Asking official sources for data: their published interfaces, at the pace that they ask for.

Their publishers made these addresses for programs, and they are asked when someone gives the command, so robots rules
for crawlers are not read. All else holds as for a page: who we are, one request at a time, sizes, private addresses.
"""

from urllib.parse import urlsplit

from crawler.guest import Queues, Turn
from crawler.http import FEED_BYTES, Fetcher
from crawler.identity import site
from models.errors import Busy, FetchError

PAUSE = 0.11  # seconds between two requests at a publisher; the SEC allows ten a second
NOT_FOUND, REFUSED = 404, 403


class Official:
    """Fetches from official sources; a publisher that asks to come back later is not asked again by this object.

    `mirror` is the address of a mirror in one's own network, which has `data.sec.gov/api/…` under that very path.
    """

    def __init__(self, fetcher: Fetcher, mirror: str | None = None) -> None:
        self._fetcher, self._mirror = fetcher, mirror
        self._queues = Queues()
        self._later: dict[str, Busy] = {}

    def get(self, url: str) -> bytes | None:
        """The body at an address; null where there is nothing (404).

        Raises `Busy`, also for what follows at a publisher that was busy, `Unusable` or `FetchError`.
        """
        domain = site(url)
        if busy := self._later.get(domain):
            raise Busy(
                url, f"not asked, since {busy.url} was answered with: {busy.reason}", retry_after=busy.retry_after
            )
        turn = Turn(self._queues)
        turn.take(domain, 0.0 if self._mirror else PAUSE)
        try:
            return self._fetcher.fetch(self._place(url), limit=FEED_BYTES, allow_private=bool(self._mirror)).body
        except Busy as error:
            self._later[domain] = error
            wait = f", in {error.retry_after:.0f} seconds" if error.retry_after else ""
            raise Busy(url, f"{error.reason}{wait}", error.status, error.retry_after) from error
        except FetchError as error:
            if error.status == NOT_FOUND:
                return None
            if error.status == REFUSED:
                raise FetchError(
                    url, f"{error.reason}; check that ZEEPBEL_CONTACT says how to reach you", REFUSED
                ) from error
            raise
        finally:
            turn.leave()

    def _place(self, url: str) -> str:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._mirror.rstrip('/')}/{parts.netloc}{parts.path}{query}" if self._mirror else url
