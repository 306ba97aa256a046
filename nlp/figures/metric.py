"""What a figure measures: the nearest word that names a metric, within what its unit allows."""

import re
from dataclasses import dataclass

from models.records import Metric
from nlp.figures.clauses import distance
from nlp.figures.quantity import Line, Quantity

METRICS: tuple[Metric, ...] = (
    "loan_share", "capex", "market_cap", "valuation", "revenue", "profit", "debt", "investment", "other", "power",
    "price_change", "growth",
)  # fmt: skip
WEAK: dict[str, Metric] = {
    "worth": "valuation",
    "spending": "capex",
}  # words that decide only where no clearer one is near
WEAK_HANDICAP = 22
MONEY_NEVER = ("growth", "price_change", "power", "loan_share")
HANDICAP: dict[Metric, int] = {
    "growth": 90,
    "price_change": 8,
    "other": 6,
    "power": 6,
    "investment": 4,
}  # characters; general words lose ties
AFTER = 1.3  # a word after the figure counts as this much further away
FAR = 140
OF_WORDS = 5  # words after "90% of" that name the whole


@dataclass(frozen=True)
class Named:
    """A word that names a metric, where it stands."""

    metric: Metric
    start: int
    end: int
    weak: bool = False


def named(line: Line) -> list[Named]:
    """Every word of a sentence that names a metric."""
    found = [
        Named(m, f.start(), f.end()) for m in METRICS for f in line.grammar.pattern("metric", m).finditer(line.lower)
    ]
    return found + [
        Named(m, f.start(), f.end(), weak=True)
        for key, m in WEAK.items()
        for f in line.grammar.pattern("metric", key).finditer(line.lower)
    ]


def set_metrics(line: Line, found: list[Quantity], earlier: Metric | None) -> list[Metric]:
    """The metric of each quantity. `earlier` is that of the last figure before this sentence."""
    names, cuts, metrics = named(line), line.boundaries, []
    refers = earlier is not None and line.grammar.pattern("metric", "refers_back").match(line.lower) is not None
    last: Metric | None = None
    for index, quantity in enumerate(found):
        metric = _closed(quantity)
        if metric is None and refers and index == 0 and quantity.unit in ("percent", "x"):
            metric = earlier
        if metric is None:
            metric = (
                _named(line, quantity, names, cuts, last or earlier)
                or _carried(quantity, last)
                or _moved(quantity)
                or _carried(quantity, earlier)
            )
        metrics.append(_as_share(line, quantity, metric or "other"))
        last = metrics[-1]
    return metrics


def _closed(quantity: Quantity) -> Metric | None:
    """Metrics that the unit settles."""
    if quantity.unit == "W":
        return "power"
    if quantity.unit == "count":
        return "power" if POWER_HOURS.search((quantity.noun or "").lower()) else "other"
    return None


POWER_HOURS = re.compile(r"[gtmk]wh\b|watt-? ?(?:hour|uur)|wattuur")


def _carried(quantity: Quantity, earlier: Metric | None) -> Metric | None:
    """Without a word of its own a figure continues the one before it, when its unit may."""
    if earlier is None or (quantity.is_money and earlier in MONEY_NEVER):
        return None
    return earlier if quantity.unit in ("percent", "x") or quantity.is_money or quantity.unit is None else None


def _moved(quantity: Quantity) -> Metric | None:
    """ "zakte Nvidia 3,5%": what moves by percent without a name is a price."""
    return "price_change" if quantity.role == "by" and quantity.unit == "percent" and quantity.direction else None


def _as_share(line: Line, quantity: Quantity, metric: Metric) -> Metric:
    """A percentage of debt is a share of borrowing, unless it is what the borrowing costs."""
    if metric != "debt" or quantity.unit != "percent" or quantity.role != "level":
        return metric
    return "other" if line.grammar.pattern("metric", "interest").search(line.lower) else "loan_share"


def _named(
    line: Line, quantity: Quantity, names: list[Named], cuts: list[tuple[int, int]], last: Metric | None
) -> Metric | None:
    span = line.span(quantity)
    if quantity.unit == "percent" and line.grammar.pattern("metric", "part_before").search(line.lower[: span[0]]):
        return "other"
    if quantity.unit == "percent" and line.word(quantity.end) in (*line.grammar.words["links"]["of"], "bbp", "gdp"):
        return _of_whole(line, quantity, names, span, last)
    if (
        quantity.unit == "percent"
        and quantity.role == "level"
        and line.grammar.pattern("metric", "stake").search(line.lower, max(0, span[0] - 16), span[1] + 16)
    ):
        return "other"
    best, least = None, float(FAR)
    for name in names:
        if quantity.unit not in ("percent", "x", "percentage_point", "basis_point") and name.metric in MONEY_NEVER:
            continue
        away = distance(cuts, span, (name.start, name.end)) * (AFTER if name.start >= span[1] else 1.0) + (
            WEAK_HANDICAP if name.weak else HANDICAP.get(name.metric, 0)
        )
        if away < least:
            best, least = name.metric, away
    return best


def _of_whole(
    line: Line, quantity: Quantity, names: list[Named], span: tuple[int, int], last: Metric | None
) -> Metric | None:
    """ "90% of capex" measures capex; "95% of companies" nothing in the list; "51% of GDP" what stands before."""
    end = line.tokens[min(quantity.end + OF_WORDS, len(line.tokens) - 1)].end
    whole = [n for n in names if span[1] <= n.start < end]
    ratio = (
        whole
        and whole[0].metric == "growth"
        and line.grammar.pattern("metric", "ratio").search(line.lower, span[1], end)
    )
    if last == "power" and line.grammar.pattern("metric", "demand").search(line.lower, span[1], end):
        return "power"
    if whole and not ratio:
        return min(whole, key=lambda n: (n.metric == "growth", n.start, METRICS.index(n.metric))).metric
    before = [n for n in names if (n.end <= span[0] and n.metric == "loan_share") or (ratio and n.end <= span[0])]
    if before:
        return before[-1].metric
    return "other"
