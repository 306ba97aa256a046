"""Net stance over time, by the method in `models.methods`: sums per source and period in SQL, the rest here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from statistics import fmean, stdev
from typing import Any, NamedTuple

from scipy.special import stdtrit
from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models.answers import StancePoint, StanceSeries
from models.errors import QueryError
from models.filters import Filters, Freq
from models.methods import STANCE, ReaderLanguage
from models.periods import PeriodStart, end_of, name_of, starts
from models.selection import MODEL, matching, reading
from models.tables import Article, Score

FEWEST_SOURCES = 3
FEWEST_STORIES = 10
CONFIDENCE = 0.95


class Sums(NamedTuple):
    """One source in one period: its weighted means, and how many articles are in them."""

    net_stance: float
    hype_share: float | None
    caution_share: float | None
    articles: int


@dataclass(frozen=True)
class Interval:
    mean: float
    lower: float
    upper: float


def stance_series(
    session: Session, filters: Filters, freq: Freq, hl: ReaderLanguage = "en", model: str | None = None
) -> StanceSeries:
    """Net stance of every period from the first to the last with an article, and what it leaves out.

    Drawn from the current scores, or from those of `model` ("name version"). Raises `QueryError` when it made none.
    """
    join = reading(model)
    models = _models(session, model)
    sources = _sums(session, filters, freq, join)
    stories = _stories(session, filters, freq, join)
    periods = starts(min(sources), max(sources), freq) if sources else ()
    return StanceSeries(
        freq=freq,
        points=[_point(start, freq, sources.get(start, []), stories.get(start, 0)) for start in periods],
        **_coverage(session, filters, join),
        models=models,
        method=STANCE[hl],
    )


def _models(session: Session, model: str | None) -> list[str]:
    """The models whose scores are drawn. Raises `QueryError` when there are none by `model`."""
    known = list(session.exec(select(MODEL).where(*([] if model else [col(Score.current)])).distinct().order_by(MODEL)))
    if model in (None, *known):
        return [model] if model else known
    names = ", ".join(known) or "-"
    raise QueryError(
        f"No article was read by the model {model!r}. There are scores of: {names}.",
        f"Geen artikel is gelezen door het model {model!r}. Er zijn scores van: {names}.",
    )


def interval(means: Sequence[float]) -> Interval:
    """The mean of the sources' means with its 95% interval, clipped to [-1, 1].

    Each source is a cluster of its own, so the cluster-robust variance of an equally weighted mean is that of the
    means, s²/k, with k-1 degrees of freedom (Cameron and Miller 2015, section VI.A).
    """
    mean, half = fmean(means), 0.0
    if len(means) > 1:
        half = float(stdtrit(len(means) - 1, (1 + CONFIDENCE) / 2)) * stdev(means) / sqrt(len(means))
    return Interval(mean, max(-1.0, mean - half), min(1.0, mean + half))


def _point(start: date, freq: Freq, sources: Sequence[Sums], stories: int) -> StancePoint:
    enough = len(sources) >= FEWEST_SOURCES and stories >= FEWEST_STORIES
    net = interval([source.net_stance for source in sources]) if enough else None
    return StancePoint(
        period=name_of(start, freq),
        start=start,
        end=end_of(start, freq),
        net_stance=net.mean if net else None,
        lower=net.lower if net else None,
        upper=net.upper if net else None,
        hype_share=_mean([source.hype_share for source in sources]) if enough else None,
        caution_share=_mean([source.caution_share for source in sources]) if enough else None,
        articles=sum(source.articles for source in sources),
        stories=stories,
        sources=len(sources),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _counted(filters: Filters) -> list[Any]:
    """The articles that carry weight."""
    return [
        *matching(filters),
        col(Article.published).is_not(None),
        col(Score.relevant).is_(True),
        col(Score.relevance) > 0,
        col(Score.net_stance).is_not(None),
    ]


def _sums(session: Session, filters: Filters, freq: Freq, join: Any) -> dict[date, list[Sums]]:
    """Per period the means of each source."""
    copies = _copies()
    carriers = select(copies.c.story_id, func.count().label("sources")).group_by(copies.c.story_id).subquery()
    weight: Any = col(Score.relevance) / func.coalesce(carriers.c.sources * copies.c.articles, 1)
    start = PeriodStart(Article.published, freq).label("start")
    means = [_mean_in_sql(value, weight) for value in (Score.net_stance, Score.hype_share, Score.caution_share)]
    columns: list[Any] = [start, *means, func.count()]
    query = (
        select(*columns)
        .select_from(Article)
        .join(Score, join)
        .outerjoin(copies, (copies.c.story_id == Article.story_id) & (copies.c.source_id == Article.source_id))
        .outerjoin(carriers, carriers.c.story_id == Article.story_id)
        .where(*_counted(filters))
        .group_by(start, col(Article.source_id))
        .order_by(start, col(Article.source_id))
    )
    sums: defaultdict[date, list[Sums]] = defaultdict(list)
    for first, *values in session.exec(query):
        sums[date.fromisoformat(first)].append(Sums(*values))
    return dict(sums)


def _mean_in_sql(value: Any, weight: Any) -> Any:
    return func.sum(weight * value) / func.sum(weight).filter(value.is_not(None))


def _copies() -> Any:
    """How many articles each source has of each story that has more than one."""
    told_twice = select(Article.story_id).group_by(col(Article.story_id)).having(func.count() > 1)
    return (
        select(Article.story_id, Article.source_id, func.count().label("articles"))
        .where(col(Article.story_id).in_(told_twice))
        .group_by(col(Article.story_id), col(Article.source_id))
        .subquery()
    )


def _stories(session: Session, filters: Filters, freq: Freq, join: Any) -> dict[date, int]:
    start = PeriodStart(Article.published, freq).label("start")
    story = func.coalesce(Article.story_id, -col(Article.id))
    query = (
        select(start, func.count(story.distinct()))
        .select_from(Article)
        .join(Score, join)
        .where(*_counted(filters))
        .group_by(start)
    )
    return {date.fromisoformat(first): stories for first, stories in session.exec(query)}


def _coverage(session: Session, filters: Filters, join: Any) -> dict[str, Any]:
    """What the series leaves out. An unread article has no theme, organisation or stance: those filters fall away."""
    without_dates = replace(filters, since=None, until=None)
    undated = (
        select(func.count())
        .select_from(Article)
        .join(Score, join)
        .where(*matching(without_dates), col(Article.published).is_(None), col(Score.relevant).is_(True))
    )
    everything = replace(filters, q="", theme=(), org=(), stance=())
    dated = [*matching(everything), col(Article.published).is_not(None)]
    read = select(
        func.count(),
        func.count().filter(or_(col(Score.net_stance).is_(None), col(Score.relevance).is_(None))),
        func.count().filter(col(Article.status) == "opted_out"),
    )
    total, unscored, opted_out = session.exec(read.select_from(Article).outerjoin(Score, join).where(*dated)).one()
    return {
        "undated": session.exec(undated).one(),
        "unscored": unscored,
        "opted_out_share": opted_out / total if total else 0.0,
    }
