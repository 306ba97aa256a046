"""How far a long job is: what whoever watches it is told."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.events import ArticleDone, Event, SourceListed


@dataclass(frozen=True)
class Step:
    """A named job has done so much of a total (None while unknown); `note` says what it is at."""

    job: str
    done: int
    total: int | None
    note: str = ""


class CrawlProgress:
    """Turns the events of a crawl into steps: how many of the listed articles are dealt with."""

    def __init__(self, tell: Callable[[Step], None], job: str = "Crawling") -> None:
        self._tell, self._job, self._listed, self._done = tell, job, 0, 0

    def __call__(self, event: Event) -> None:
        if isinstance(event, SourceListed):
            self._listed += event.fresh
        elif isinstance(event, ArticleDone):
            self._done += 1
        else:
            return
        self._tell(Step(self._job, self._done, self._listed, event.source))
