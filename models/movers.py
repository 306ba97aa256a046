"""What moved the net stance between two spans of time: shares of sources, articles and sentences that add up to it.

The net stance of a span is the mean over its k sources of their weighted means, N = Σ w/(W·k)·x over articles. So with
any level L the difference of two spans is the sum of ±w/(W·k)·(x - L), plus after and minus before. L is the mean of
both, which splits a source's share in its own change and its weight's (Griliches and Regev 1995). An article's x is
Σ v·(h - c) / Σ v·(1 - n/2) over sentences and title (docs/method.md), so that x - L is a sum over those too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from statistics import fmean
from typing import NamedTuple


class Told(NamedTuple):
    """An article in a span: `weight` is positive and `net` its net stance."""

    article: int
    story: int
    source: str
    weight: float
    net: float


class SourcePart(NamedTuple):
    before: float | None
    after: float | None
    mood: float
    make_up: float


@dataclass(frozen=True)
class Difference:
    """The difference of two spans, each with at least one article. Shares are those of the module's formula."""

    before: Sequence[Told]
    after: Sequence[Told]

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The net stance before and after."""
        before, after = (fmean(_means(span).values()) for span in (self.before, self.after))
        return before, after

    @cached_property
    def level(self) -> float:
        return fmean(self.ends)

    @cached_property
    def pulls(self) -> dict[int, float]:
        """By article, what one unit of its net stance beyond the level contributes."""
        return {**_pulls(self.before, -1), **_pulls(self.after, 1)}

    @cached_property
    def articles(self) -> dict[int, float]:
        """The share of each article."""
        return {told.article: self.pulls[told.article] * (told.net - self.level) for told in self._all}

    @cached_property
    def stories(self) -> dict[int, float]:
        """The share of each story, in the order of its articles."""
        shares: defaultdict[int, list[float]] = defaultdict(list)
        for told in self._all:
            shares[told.story].append(self.articles[told.article])
        return {story: fsum(parts) for story, parts in shares.items()}

    @cached_property
    def sources(self) -> dict[str, SourcePart]:
        """The share of each source, in alphabetical order."""
        before, after = _means(self.before), _means(self.after)
        weights = 1 / len(before), 1 / len(after)
        return {name: self._source(before.get(name), after.get(name), *weights) for name in sorted({*before, *after})}

    def _source(self, before: float | None, after: float | None, weight: float, weight_after: float) -> SourcePart:
        if before is None or after is None:
            gone = 0.0 if before is None else weight * (before - self.level)
            come = 0.0 if after is None else weight_after * (after - self.level)
            return SourcePart(before, after, 0.0, come - gone)
        mood = (weight + weight_after) / 2 * (after - before)
        return SourcePart(before, after, mood, (weight_after - weight) * ((before + after) / 2 - self.level))

    @property
    def _all(self) -> Iterable[Told]:
        return (*self.before, *self.after)


def _means(span: Collection[Told]) -> dict[str, float]:
    """The weighted mean of each source."""
    by: defaultdict[str, list[Told]] = defaultdict(list)
    for told in span:
        by[told.source].append(told)
    return {
        source: fsum(told.weight * told.net for told in some) / fsum(told.weight for told in some)
        for source, some in by.items()
    }


def _pulls(span: Collection[Told], sign: int) -> dict[int, float]:
    totals: defaultdict[str, list[float]] = defaultdict(list)
    for told in span:
        totals[told.source].append(told.weight)
    whole = {source: fsum(weights) * len(totals) for source, weights in totals.items()}
    return {told.article: sign * told.weight / whole[told.source] for told in span}
