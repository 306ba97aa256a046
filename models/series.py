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
from models.filters import Filters, Freq, Panel
from models.methods import FIXED_PANEL, STANCE, ReaderLanguage
from models.panel import fixed_panel
from models.periods import PeriodStart, end_of, name_of, starts
from models.selection import MODEL, matching, reading
from models.tables import Article, Score, Source
from models.weights import Weights, counted

FEWEST_SOURCES = 3
FEWEST_STORIES = 10
CONFIDENCE = 0.95
DIGITS = 12


class Sums(NamedTuple):
    """One source in one period: its id, its weighted means, and how many articles are in them."""

    source: int
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
    session: Session,
    filters: Filters,
    freq: Freq,
    hl: ReaderLanguage = "en",
    model: str | None = None,
    panel: Panel = "open",
) -> StanceSeries:
    """Net stance of every period from the first to the last with an article, and what it leaves out.

    Drawn from the current scores, or from those of `model` ("name version"). The fixed panel has the same periods, with
    a value where all its sources are heard. Raises `QueryError` when the model made no scores.
    """
    join = reading(model)
    models = _models(session, model)
    sources = _sums(session, filters, freq, join)
    stories = _stories(session, filters, freq, join)
    periods = starts(min(sources), max(sources), freq) if sources else ()
    members, fewest = None, FEWEST_SOURCES
    if panel == "fixed":
        members, sources, stories = _fixed(session, filters, freq, join, sources, stories)
        fewest = max(FEWEST_SOURCES, len(members))
    return StanceSeries(
        freq=freq,
        points=[point(start, freq, sources.get(start, []), stories.get(start, 0), fewest) for start in periods],
        **_coverage(session, filters, join),
        panel=members,
        models=models,
        method=STANCE[hl] + (" " + FIXED_PANEL[hl] if panel == "fixed" else ""),
    )


def _fixed(
    session: Session, filters: Filters, freq: Freq, join: Any, sources: dict[date, list[Sums]], stories: dict[date, int]
) -> tuple[list[str], dict[date, list[Sums]], dict[date, int]]:
    """The names in the fixed panel, and its sums and stories."""
    valued = [start for start, heard in sources.items() if _enough(heard, stories.get(start, 0))]
    members = fixed_panel([{sums.source for sums in sources[start]} for start in valued])
    kept = {start: [sums for sums in heard if sums.source in members] for start, heard in sources.items()}
    names = list(session.exec(select(Source.name).where(col(Source.id).in_(members)).order_by(Source.name)))
    told = _stories(session, replace(filters, source=tuple(names)), freq, join) if names else {}
    return names, kept, told


def _enough(sources: Sequence[Sums], stories: int, fewest: int = FEWEST_SOURCES) -> bool:
    return len(sources) >= fewest and stories >= FEWEST_STORIES


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


def point(start: date, freq: Freq, sources: Sequence[Sums], stories: int, fewest: int = FEWEST_SOURCES) -> StancePoint:
    """One period of the series from the means of its sources; null under the fewest sources or stories."""
    enough = _enough(sources, stories, fewest)
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


def _sums(session: Session, filters: Filters, freq: Freq, join: Any) -> dict[date, list[Sums]]:
    """Per period the means of each source."""
    weights = Weights()
    start = PeriodStart(Article.published, freq).label("start")
    values = (Score.net_stance, Score.hype_share, Score.caution_share)
    columns: list[Any] = [
        start, Article.source_id, *(_mean_in_sql(value, weights.column) for value in values), func.count(),
    ]  # fmt: skip
    query = (
        weights.join(select(*columns).select_from(Article).join(Score, join))
        .where(*counted(filters))
        .group_by(start, col(Article.source_id))
        .order_by(start, col(Article.source_id))
    )
    sums: defaultdict[date, list[Sums]] = defaultdict(list)
    for first, source, net, hype, caution, articles in session.exec(query):
        found = Sums(source, round(net, DIGITS), _settled(hype), _settled(caution), articles)
        sums[date.fromisoformat(first)].append(found)
    return dict(sums)


def _settled(value: float | None) -> float | None:
    """Without the last digits, which depend on the order in which a database adds up."""
    return None if value is None else round(value, DIGITS)


def _mean_in_sql(value: Any, weight: Any) -> Any:
    return func.sum(weight * value) / func.sum(weight).filter(value.is_not(None))


def _stories(session: Session, filters: Filters, freq: Freq, join: Any) -> dict[date, int]:
    start = PeriodStart(Article.published, freq).label("start")
    story = func.coalesce(Article.story_id, -col(Article.id))
    query = (
        select(start, func.count(story.distinct()))
        .select_from(Article)
        .join(Score, join)
        .where(*counted(filters))
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
