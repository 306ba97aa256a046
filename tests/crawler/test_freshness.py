"""When to come back."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.freshness import next_visit
from models.errors import Busy, FetchError

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
EVERY = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("headers", "ttl", "error", "wait"),
    [
        ({}, None, None, EVERY),
        ({}, 60, None, EVERY),
        ({}, 3600, None, timedelta(hours=1)),
        ({}, 1e9, None, timedelta(days=1)),
        ({"cache-control": "public, max-age=1800"}, None, None, timedelta(minutes=30)),
        ({"cache-control": "no-cache, max-age=1800"}, None, None, EVERY),
        ({"cache-control": "max-age=0", "expires": "Thu, 15 Jan 2026 14:00:00 GMT"}, None, None, EVERY),
        ({"expires": "Thu, 15 Jan 2026 14:00:00 GMT"}, None, None, timedelta(hours=2)),
        ({"expires": "Thu, 15 Jan 2026 10:00:00 GMT"}, None, None, EVERY),
        ({"expires": "0"}, None, None, EVERY),
        ({}, None, Busy("u", "r", 429, 7200), timedelta(hours=2)),
        ({}, None, Busy("u", "r", 503), timedelta(hours=1)),
        ({}, None, Busy("u", "r", 429, 1), EVERY),
        ({}, None, FetchError("u", "r"), EVERY),
    ],
)
def test_the_longest_wait_counts(
    headers: dict[str, str], ttl: float | None, error: Exception | None, wait: timedelta
) -> None:
    assert next_visit(NOW, EVERY, headers, ttl, error) == NOW + wait


def test_our_own_interval_may_be_longer_than_a_day() -> None:
    assert next_visit(NOW, timedelta(days=7), {}, None, None) == NOW + timedelta(days=7)
