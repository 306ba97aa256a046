"""The values of every published indicator as they are now, from a handful of queries.

Sums per day, source and language are read once and added up to weeks, months and quarters, so that all stance
indicators together cost little more than one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.answers import CapexPoint, StancePoint
from models.capex import reported
from models.filters import Filters, Freq
from models.indicators import CAPEX_METHOD, FREQUENCIES, GROUP, LANGUAGES, catalogue
from models.methods import STANCE_METHOD
from models.periods import PeriodStart, quarter_start, start_of, starts
from models.selection import CURRENT
from models.series import Sums, point
from models.stance_capex import DEFAULT_COMPANIES
from models.tables import Article, IndicatorRow, Score
from models.weights import Weights, counted

CERTAINTY = ("reported", "derived", "rounded")  # grades of capex, the surest first


class Value(NamedTuple):
    """What is published of an indicator for a period; the fields of `IndicatorRow` but its key."""

    method: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    articles: int | None = None
    stories: int | None = None
    sources: int | None = None
    grade: str | None = None
    filing: str | None = None
    model: str | None = None


Key = tuple[str, date]  # id of the indicator, first day of the period


def current(session: Session) -> dict[Key, Value]:
    """Every published value as it is now."""
    return {key: value for key, value in (*_stance(session), *_capex(session)) if key[0] in catalogue()}


def gone(value: IndicatorRow) -> Value:
    """What is published for a period of which nothing is left."""
    none = None if value.articles is None else 0
    return Value(method=value.method, articles=none, stories=none, sources=none)


@dataclass
class _Bin:
    """The articles of one period: sums by source, stories and models."""

    sources: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0] * 7))
    stories: set[int] = field(default_factory=set)
    alone: int = 0
    models: set[str] = field(default_factory=set)

    def points(self, start: date, freq: Freq) -> StancePoint:
        means = [_means(source, sums) for source, sums in sorted(self.sources.items())]
        return point(start, freq, means, len(self.stories) + self.alone)


def _stance(session: Session) -> Iterator[tuple[Key, Value]]:
    bins = _bins(session)
    for lang in LANGUAGES:
        for freq in FREQUENCIES:
            found = {start: one for (spoken, often, start), one in bins.items() if (spoken, often) == (lang, freq)}
            for start in starts(min(found), max(found), freq) if found else ():
                yield from _values(lang, freq, start, found.get(start) or _Bin())


def _values(lang: str, freq: Freq, start: date, one: _Bin) -> Iterator[tuple[Key, Value]]:
    made = one.points(start, freq)
    shared = Value(
        method=STANCE_METHOD, articles=made.articles, stories=made.stories, sources=made.sources,
        model="; ".join(sorted(one.models)) or None,
    )  # fmt: skip
    net = shared._replace(value=made.net_stance, lower=made.lower, upper=made.upper)
    yield (f"net-stance.{lang}.{freq}", start), net
    yield (f"hype-share.{lang}.{freq}", start), shared._replace(value=made.hype_share)
    yield (f"caution-share.{lang}.{freq}", start), shared._replace(value=made.caution_share)


def _bins(session: Session) -> dict[tuple[str, Freq, date], _Bin]:
    bins: defaultdict[tuple[str, Freq, date], _Bin] = defaultdict(_Bin)
    for first, lang, source, model, version, alone, *sums in session.exec(_daily()):
        for one in _into(bins, date.fromisoformat(first), lang):
            one.alone += alone
            one.models.add(f"{model} {version}")
            one.sources[source] = [known + more for known, more in zip(one.sources[source], sums, strict=True)]
    for first, lang, story in session.exec(_told()):
        for one in _into(bins, date.fromisoformat(first), lang):
            one.stories.add(story)
    return bins


def _into(bins: defaultdict[tuple[str, Freq, date], _Bin], day: date, lang: str | None) -> Iterator[_Bin]:
    for spoken in ("all", lang):
        if spoken in LANGUAGES:
            yield from (bins[str(spoken), freq, start_of(day, freq)] for freq in FREQUENCIES)


def _daily() -> Any:
    """Per day, language, source and model: articles outside a story, then the sums that means are made of."""
    weights = Weights()
    day = PeriodStart(Article.published, "day").label("day")
    outside = func.count().filter(col(Article.story_id).is_(None))
    sums = [
        part
        for value in (Score.net_stance, Score.hype_share, Score.caution_share)
        for part in _parts(value, weights.column)
    ]
    key: list[Any] = [day, Article.lang, Article.source_id, Score.model_name, Score.model_version]
    columns: list[Any] = [*key, outside, func.count(), *sums]
    return (
        weights.join(select(*columns).select_from(Article).join(Score, CURRENT))
        .where(*counted(Filters()))
        .group_by(*key)
        .order_by(*key)
    )


def _parts(value: Any, weight: Any) -> tuple[Any, Any]:
    known = value.is_not(None)
    return func.coalesce(func.sum(weight * value), 0.0), func.coalesce(func.sum(weight).filter(known), 0.0)


def _told() -> Any:
    """Every day and language in which each story was told."""
    day = PeriodStart(Article.published, "day").label("day")
    columns: list[Any] = [day, Article.lang, Article.story_id]
    return (
        select(*columns)
        .select_from(Article)
        .join(Score, CURRENT)
        .where(*counted(Filters()), col(Article.story_id).is_not(None))
        .distinct()
    )


def _means(source: int, sums: Sequence[float]) -> Sums:
    articles, net, weight, hype, hype_weight, caution, caution_weight = sums
    return Sums(
        source=source,
        net_stance=net / weight,
        hype_share=hype / hype_weight if hype_weight else None,
        caution_share=caution / caution_weight if caution_weight else None,
        articles=int(articles),
    )


def _capex(session: Session) -> Iterator[tuple[Key, Value]]:
    by_quarter: defaultdict[str, dict[str, CapexPoint]] = defaultdict(dict)
    for filed in reported(session):
        by_quarter[filed.quarter][filed.ticker] = filed
    for quarter, points in by_quarter.items():
        start = quarter_start(quarter)
        for ticker, filed in points.items():
            value = Value(method=CAPEX_METHOD, value=filed.value, grade=filed.grade, filing=_filing(filed))
            yield (f"capex.{ticker}.quarter", start), value
        yield (f"capex.{GROUP}.quarter", start), _group([points.get(ticker) for ticker in DEFAULT_COMPANIES])


def _group(points: Iterable[CapexPoint | None]) -> Value:
    """The sum, as certain as the least certain of its parts; null until all have filed."""
    parts = list(points)
    filed = [part for part in parts if part is not None]
    if len(filed) < len(parts):
        return Value(method=CAPEX_METHOD)
    grade = max((part.grade for part in filed), key=CERTAINTY.index)
    return Value(method=CAPEX_METHOD, value=sum(part.value for part in filed), grade=grade)


def _filing(filed: CapexPoint) -> str:
    when = f", filed {filed.filed.isoformat()}" if filed.filed else ""
    return f"{filed.form}{when}; {filed.source}"
