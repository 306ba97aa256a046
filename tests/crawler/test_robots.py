"""Robots rules as RFC 9309 has them."""

import pytest

from crawler.http import Answer
from crawler.robots import MAX_DELAY, from_answer, from_failure
from models.errors import Busy, FetchError, Forbidden, Unusable

URL = "http://krant.example/nieuws/a"


def rules(text: str | bytes) -> object:
    return from_answer(Answer(URL, 200, {}, text if isinstance(text, bytes) else text.encode()))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "allowed"),
        ("User-agent: *\nDisallow: /", "disallowed"),
        ("User-agent: *\nDisallow: /nieuws/\nAllow: /nieuws/a", "allowed"),
        ("User-agent: *\nAllow: /\n\nUser-agent: zeepbel\nDisallow: /nieuws", "disallowed"),
        ("User-agent: Googlebot\nDisallow: /", "allowed"),
        ("\ufeffUser-agent: *\nDisallow: /*a$", "disallowed"),
        (b"User-agent: *\r\nDisallow: /\xff\xfe\r\nDisallow: /nieuws", "disallowed"),
        ("<html><body>Niet gevonden</body></html>", "allowed"),
        ("User-agent: *\nDisallow: /" + "*" * 5000 + "b", "allowed"),
    ],
)
def test_rules(text: str | bytes, state: str) -> None:
    assert rules(text).state(URL) == state  # type: ignore[attr-defined]


def test_crawl_delay_is_read_and_limited() -> None:
    assert from_answer(Answer(URL, 200, {}, b"User-agent: *\nCrawl-delay: 2.5")).delay == 2.5
    assert from_answer(Answer(URL, 200, {}, b"User-agent: *\nCrawl-delay: 99999")).delay == MAX_DELAY
    assert from_answer(Answer(URL, 200, {}, b"User-agent: *\nCrawl-delay: -3")).delay == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (FetchError(URL, "gone", 404), "allowed"),
        (FetchError(URL, "forbidden", 403), "allowed"),
        (FetchError(URL, "broken", 500), "unreachable"),
        (FetchError(URL, "the connection failed"), "unreachable"),
        (Busy(URL, "later", 429), "unreachable"),
        (Unusable(URL, "it redirects more than 5 times"), "unreachable"),
        (Forbidden(URL, "private"), "unreachable"),
    ],
)
def test_no_rules(error: FetchError, state: str) -> None:
    assert from_failure(error).state(URL) == state
