"""When to come back: no sooner than we want to, and no sooner than the publisher asks."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from models.errors import Busy

LONGEST = timedelta(days=1)


def next_visit(
    now: datetime, every: timedelta, headers: dict[str, str], ttl: float | None, error: Exception | None
) -> datetime:
    """The time of the next visit: the longest of our own interval and what TTL, max-age, Expires and Retry-After ask.

    A request from outside counts for at most a day.
    """
    asked = [timedelta(seconds=ttl or 0), _max_age(headers), _expires(headers, now)]
    if isinstance(error, Busy):
        asked.append(timedelta(seconds=error.retry_after) if error.retry_after is not None else timedelta(hours=1))
    return now + max(every, min(max(asked), LONGEST))


def _max_age(headers: dict[str, str]) -> timedelta:
    control = headers.get("cache-control", "").lower()
    found = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control)
    return timedelta(seconds=int(found[1])) if found and "no-cache" not in control else timedelta()


def _expires(headers: dict[str, str], now: datetime) -> timedelta:
    """How long the answer says it stays good; max-age takes precedence, and a past date means nothing."""
    if "max-age" in headers.get("cache-control", "").lower():
        return timedelta()
    try:
        moment = parsedate_to_datetime(headers.get("expires", ""))
        return max(moment.replace(tzinfo=moment.tzinfo or UTC) - now, timedelta())
    except (ValueError, TypeError, OverflowError):
        return timedelta()
