"""What a reader asks for: the one set of filters that search, series, figures, exports and the dashboard share."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Freq = Literal["day", "week", "month", "quarter"]
Panel = Literal["open", "fixed"]
Sort = Literal["newest", "oldest", "relevance", "hype", "caution"]


@dataclass(frozen=True)
class Filters:
    """Each filter is off when empty. `since` and `until` are inclusive days of publication in UTC.

    Several values of one filter widen it (any of them), different filters narrow each other (all of them).
    """

    q: str = ""
    lang: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    org: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
