"""A change of capital expenditure, in percent or times, against the reported quarters that it is between."""

from collections.abc import Iterator

from models.records import Check
from nlp.checks import explain
from nlp.checks.about import About
from nlp.checks.change import direction, ratios
from nlp.checks.mentioned import base_and_new
from nlp.checks.outcome import Compared, filings, names, weigh
from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import Span
from nlp.checks.windows import Window, readings

_YEAR = 4


def growth(passage: Passage, cited: Cited, subject: About, series: Series) -> Check | None:
    """The check of a change; none for other figures, or where the text names neither end."""
    figure = cited.figure
    if figure.unit not in ("percent", "x") or figure.role in ("from", "to") or figure.value <= 0:
        return None
    if figure.unit == "percent" and figure.role != "by" and direction(passage, cited) is None:
        return None
    ends = list(_ends(passage, cited, subject))
    if not ends:
        return None
    stated = ratios(passage, cited)
    compared = []
    for old, new in ends:
        low, high = (series.values(subject.tickers, w.quarters) for w in (old, new))
        values = sorted({b / a for a in low for b in high if a > 0})
        compared.append(Compared(new, stated, values, _bounds(values, subject, new)))
    windows = [w for pair in ends[:1] for w in pair]
    sure = all(series.sure(subject.tickers, w.quarters) for w in windows)
    outcome = weigh(compared, plain=subject.plain and sure, explicit=True)
    if outcome is None or not outcome.compared.values:
        return None
    old, new = ends[compared.index(outcome.compared)]
    a, b = (series.values(subject.tickers, w.quarters)[-1] for w in (old, new))
    text = explain.explain(
        passage.wording, outcome.verdict, "growth", figure, reason=outcome.reason, who=names(passage, subject),
        old=explain.window(passage.wording, old), new=explain.window(passage.wording, new),
        actual=explain.change(passage.wording, b / a, figure), to=explain.money(passage.wording, b, "USD"),
        **{"from": explain.money(passage.wording, a, "USD")},
    )  # fmt: skip
    facts = [f for w in (old, new) for f in series.facts(subject.tickers, w.quarters)]
    return Check(kind="reported", verdict=outcome.verdict, explanation=text, evidence=filings(facts, text))


def _ends(passage: Passage, cited: Cited, subject: About) -> Iterator[tuple[Window, Window]]:
    """The pairs of windows that a change may be between, the plain reading first."""
    old, new = base_and_new(passage, cited)
    if new is None:
        return
    text = passage.text(cited)
    kind = passage.wording.year_kind(text)
    news = readings(new, subject.firms, **kind)
    if old is not None:
        yield from zip(readings(old, subject.firms, **kind), news, strict=False)
        return
    steps = _steps(passage, text, news[0].length if news else _YEAR)
    for window in news:
        for step in steps:
            yield window.shifted(step, plain=window.plain), window


def _steps(passage: Passage, text: str, length: int) -> list[int]:
    """How many quarters back a change without a base may be measured from."""
    wording = passage.wording
    years = wording.years(text)
    if years and wording.has("earlier", text):
        return [-_YEAR * years]
    if wording.has("on_quarter", text):
        return [-1]
    return [-_YEAR] if length == _YEAR or wording.has("on_year", text) else [-_YEAR, -length]


def _bounds(values: list[float], subject: About, new: Window) -> Span | None:
    """The ratios that another measure of capital expenditure might give: half its room on either side."""
    if not values:
        return None
    above = max(c.headroom(new.last // _YEAR) for c in subject.firms)
    room = 1 + (above + max(c.below for c in subject.firms)) / 2
    return Span(values[0] / room, values[-1] * room)
