"""Robots rules of a host, per RFC 9309: what cannot be read is a no, what does not exist is a yes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import httpx
from protego import Protego

from crawler.http import SMALL_BYTES, Answer
from models.errors import Busy, FetchError

AGENT = "Zeepbel"
MAX_DELAY = 300.0

State = Literal["allowed", "disallowed", "unreachable"]


@dataclass(frozen=True)
class Rules:
    """The rules of one host. `text` is the file, empty when there is none; `delay` the crawl-delay in seconds."""

    text: str = ""
    reachable: bool = True
    reason: str | None = None
    delay: float = 0.0

    def state(self, url: str) -> State:
        """Whether `url` may be fetched."""
        if not self.reachable:
            return "unreachable"
        return "allowed" if _parsed(self.text).can_fetch(url, AGENT) else "disallowed"


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)


def from_answer(answer: Answer) -> Rules:
    """The rules in a robots.txt that came; one that is larger than 500 KiB counts up to there."""
    text = answer.body[:SMALL_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff")
    asked = _parsed(text).crawl_delay(AGENT) or 0.0
    return Rules(text, delay=min(max(asked, 0.0), MAX_DELAY))


def from_failure(error: FetchError) -> Rules:
    """No file (4xx) allows everything; a server that fails, or asks to wait, allows nothing for now."""
    missing = error.status is not None and httpx.codes.is_client_error(error.status)
    if missing and not isinstance(error, Busy):
        return Rules()
    return Rules(reachable=False, reason=error.reason)
