"""What happens during a crawl, for whoever draws progress or keeps a log. Reasons are fit to be shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["new", "changed", "unchanged", "rejected"]


@dataclass(frozen=True)
class SourceSkipped:
    """A source that is not due before `until`."""

    source: str
    until: datetime


@dataclass(frozen=True)
class SourceListed:
    """A source's feed was read: it lists `items`, of which `fresh` are new or changed; none when it was unchanged."""

    source: str
    items: int
    fresh: int


@dataclass(frozen=True)
class ArticleDone:
    """An item was dealt with. `status` is the article's (whole, partial, opted_out), null for a rejection."""

    source: str
    url: str
    outcome: Outcome
    status: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class SourceDone:
    """A visit ended; `error` says why it failed."""

    source: str
    error: str | None = None


Event = SourceSkipped | SourceListed | ArticleDone | SourceDone


def ignore(_event: Event) -> None:
    """For who does not want to know."""
