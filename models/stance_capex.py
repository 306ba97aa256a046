"""Stance and reported capex on one axis of calendar quarters, with lead and lag and their uncertainty."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import atanh, sqrt, tanh
from statistics import NormalDist, StatisticsError, correlation

from sqlmodel import Session

from models.answers import LeadLag, StanceCapex, StanceCapexPoint, StancePoint
from models.capex import reported, tickers
from models.filters import Filters
from models.methods import LEAD_LAG_WARNING, STANCE_CAPEX, ReaderLanguage
from models.periods import end_of, name_of, quarter_start, start_of, starts
from models.series import CONFIDENCE, stance_series

DEFAULT_COMPANIES = ("AMZN", "GOOGL", "META", "MSFT")
LAGS = range(-2, 3)  # quarters
FEWEST_PAIRS = 8


def stance_capex(
    session: Session, filters: Filters, companies: Iterable[str] = (), hl: ReaderLanguage = "en"
) -> StanceCapex:
    """Both series per quarter, from the first quarter with news (or `filters.since`) to the last with either.

    `companies` are tickers or names; without any they are Amazon, Alphabet, Meta and Microsoft.
    Raises `QueryError` on a company of which no capex is known.
    """
    group = tickers(session, companies) or list(DEFAULT_COMPANIES)
    stance = {point.start: point for point in stance_series(session, filters, "quarter").points}
    capex = _sums(session, group)
    points = [_point(start, stance.get(start), capex) for start in _axis(filters, stance, capex)]
    return StanceCapex(
        companies=group,
        points=points,
        lead_lag=lead_lag([point.net_stance for point in points], [point.capex for point in points]),
        warning=LEAD_LAG_WARNING[hl],
        method=STANCE_CAPEX[hl],
    )


def lead_lag(stance: Sequence[float | None], capex: Sequence[float | None]) -> list[LeadLag]:
    """Correlation of the changes of two quarterly series at each lag; the 95% band holds for all lags together."""
    moods, spending = _changes(stance), _changes(capex)
    pairs = {lag: _pairs(moods, spending, lag) for lag in LAGS}
    tested = sum(len(pair) >= FEWEST_PAIRS for pair in pairs.values())
    return [_lag(lag, pairs[lag], tested) for lag in LAGS]


def _lag(lag: int, pairs: Sequence[tuple[float, float]], tested: int) -> LeadLag:
    unknown = LeadLag(lag=lag, correlation=None, lower=None, upper=None, quarters=len(pairs))
    if len(pairs) < FEWEST_PAIRS:
        return unknown
    try:
        found = correlation(*zip(*pairs, strict=True))
    except StatisticsError:  # one of both never changed
        return unknown
    lower, upper = band(found, len(pairs), tested)
    return unknown.model_copy(update={"correlation": found, "lower": lower, "upper": upper})


def band(found: float, pairs: int, tested: int) -> tuple[float, float]:
    """The 95% band of a correlation when `tested` of them are read together: Fisher z with Bonferroni's correction."""
    if abs(found) >= 1:
        return found, found
    half = NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * tested)) / sqrt(pairs - 3)
    return tanh(atanh(found) - half), tanh(atanh(found) + half)


def _changes(values: Sequence[float | None]) -> list[float | None]:
    return [None if old is None or new is None else new - old for old, new in pairwise(values)]


def _pairs(first: Sequence[float | None], second: Sequence[float | None], lag: int) -> list[tuple[float, float]]:
    indexes = ((here, here + lag) for here in range(len(first)) if 0 <= here + lag < len(second))
    found = ((first[here], second[there]) for here, there in indexes)
    return [(one, other) for one, other in found if one is not None and other is not None]


def _sums(session: Session, group: Sequence[str]) -> dict[date, float]:
    """The sum of the group per quarter, where all of it has filed."""
    values: defaultdict[date, list[float]] = defaultdict(list)
    for point in reported(session):
        if point.ticker in group:
            values[quarter_start(point.quarter)].append(point.value)
    return {start: sum(filed) for start, filed in values.items() if len(filed) == len(group)}


def _axis(filters: Filters, stance: Mapping[date, StancePoint], capex: Mapping[date, float]) -> Iterable[date]:
    known = sorted({*stance, *capex})
    if not known:
        return ()
    first = start_of(filters.since, "quarter") if filters.since else min(stance, default=known[0])
    last = min(known[-1], start_of(filters.until, "quarter")) if filters.until else known[-1]
    return starts(max(first, known[0]), last, "quarter")


def _point(start: date, stance: StancePoint | None, capex: Mapping[date, float]) -> StanceCapexPoint:
    now, before = capex.get(start), capex.get(start.replace(year=start.year - 1))
    return StanceCapexPoint(
        quarter=name_of(start, "quarter"),
        start=start,
        end=end_of(start, "quarter"),
        net_stance=stance.net_stance if stance else None,
        lower=stance.lower if stance else None,
        upper=stance.upper if stance else None,
        capex=now,
        capex_growth=now / before - 1 if now is not None and before else None,
    )
