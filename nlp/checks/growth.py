"""A change of capital expenditure, in percent or times, against the reported quarters that it is between."""

import re
from collections.abc import Iterator, Mapping

from models.records import Check
from nlp.checks import explain
from nlp.checks.about import About, about
from nlp.checks.change import direction, ratios
from nlp.checks.doubts import has_bare_ordinal, is_yearless
from nlp.checks.mentioned import base_and_new, is_timeless, mentions
from nlp.checks.outcome import Compared, filings, names, weigh
from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import Span
from nlp.checks.windows import Window, readings, span

_TIMES = re.compile(r"(?:times|keer|maal)$")
_COMPARED = re.compile(r"\s*(?:as|more|higher|the|what|its|that|zo|hoger|meer|groter|het|de|dat|wat)\b")
_YEAR = 4
_PINNED = 1.03  # the room where the measure is known


def growth(passage: Passage, cited: Cited, series: Series, held: Mapping[int, Window]) -> Check | None:
    """The check of a change; none for other figures, or where the text names neither end."""
    if not _is_change(passage, cited):
        return None
    pinned = _pinned(passage, cited, held)
    subject = about(passage, cited, series, context=pinned is not None)
    if subject is None:
        return None
    ends = list(_ends(passage, cited, subject, pinned))
    if not ends:
        return None
    stated = ratios(passage, cited, either=_is_mixed(passage, cited))
    compared = []
    for old, new in ends:
        low, high = (series.values(subject.tickers, w.quarters) for w in (old, new))
        values = sorted({b / a for a in low for b in high if a > 0})
        compared.append(Compared(new, stated, values, _bounds(values, subject, new, pinned=pinned is not None)))
    windows = [w for pair in ends[:1] for w in pair]
    sure = all(series.sure(subject.tickers, w.quarters) for w in windows)
    sure = sure and not _is_count(passage, cited) and not has_bare_ordinal(passage, cited)
    sure = sure and not _is_yearless(passage, cited, subject, pinned)
    outcome = weigh(compared, plain=subject.plain and sure, explicit=True)
    if outcome is None or not outcome.compared.values:
        return None
    old, new = ends[compared.index(outcome.compared)]
    a, b = (series.values(subject.tickers, w.quarters)[-1] for w in (old, new))
    text = explain.explain(
        passage.reader, outcome.verdict, "growth", cited.figure, reason=outcome.reason, who=names(passage, subject),
        old=explain.window(passage.reader, old), new=explain.window(passage.reader, new),
        actual=explain.change(passage.reader, b / a, cited.figure), to=explain.money(passage.reader, b, "USD"),
        **{"from": explain.money(passage.reader, a, "USD")},
    )  # fmt: skip
    facts = [f for w in (old, new) for f in series.facts(subject.tickers, w.quarters)]
    return Check(kind="reported", verdict=outcome.verdict, explanation=text, evidence=filings(facts, text))


def _is_change(passage: Passage, cited: Cited) -> bool:
    figure = cited.figure
    if figure.unit not in ("percent", "x") or figure.role in ("from", "to") or figure.value <= 0:
        return False
    return figure.unit == "x" or figure.role == "by" or direction(passage, cited) is not None


def _is_count(passage: Passage, cited: Cited) -> bool:
    """ "Rose three times" may say how often."""
    return _TIMES.search(cited.figure.text) is not None and not _COMPARED.match(passage.after(cited))


def _is_mixed(passage: Passage, cited: Cited) -> bool:
    """Whether a sentence with several changes has words for rises as well as falls."""
    several = sum(_is_change(passage, c) for c in passage.row(cited.figure.sentence)) > 1
    text = passage.text(cited)
    return several and passage.wording.has("up", text) and passage.wording.has("down", text)


def _is_yearless(passage: Passage, cited: Cited, subject: About, pinned: Window | None) -> bool:
    _, new = base_and_new(passage, cited)
    return pinned is None and new is not None and is_yearless(passage, cited, new, subject.firms)


def _pinned(passage: Passage, cited: Cited, held: Mapping[int, Window]) -> Window | None:
    """The window of an amount in the sentence that agrees with the filings: it tells when and by which measure."""
    row = [
        c
        for c in passage.row(cited.figure.sentence)
        if c.is_money or c.index in held
        if c.figure.role != "from" and c.figure.subjects == cited.figure.subjects
    ]
    windows = {held[c.index].quarters: held[c.index] for c in row if c.index in held}
    whole = len(windows) == 1 and all(c.index in held for c in row)
    return next(iter(windows.values())) if whole else None


def _ends(passage: Passage, cited: Cited, subject: About, pinned: Window | None) -> Iterator[tuple[Window, Window]]:
    """The pairs of windows that a change may be between, the plain reading first."""
    old, new = base_and_new(passage, cited)
    if new is None and pinned is None:
        return
    text = passage.text(cited)
    kind = passage.wording.year_kind(text)
    news = [pinned] if pinned else readings(new, subject.firms, **kind)
    if pinned and any(w.quarters == pinned.quarters for w in readings(old, subject.firms, **kind)):
        news = readings(new, subject.firms, **kind)  # the amount beside it is the one that it starts from
    if old is not None:
        yield from zip(readings(old, subject.firms, **kind), news, strict=False)
        return
    steps = _steps(passage, cited, news[0].length if news else _YEAR)
    if pinned:
        steps = _steps_from(passage, cited, pinned, steps)
    for window in news:
        for step in steps:
            yield window.shifted(step, plain=window.plain), window


def _steps_from(passage: Passage, cited: Cited, pinned: Window, usual: list[int]) -> list[int]:
    """How far back a change is measured from an amount that is known; nothing where the sentence names a time from
    which it may be something else ("since 2020", "in five years")."""
    here, text = cited.figure.sentence, passage.text(cited)
    years = passage.wording.years(text)
    if years and not passage.wording.has("earlier", text):
        return [-_YEAR * years] if years == 1 else []
    others = [m.period for m in mentions(passage, here) if span(m.period) not in pinned.quarters]
    if len(others) == 1 and others[0].isdigit() and passage.wording.has("same", text):
        return [_YEAR * (int(others[0]) - pinned.last // _YEAR)]
    return [] if others or not (is_timeless(passage, here) or mentions(passage, here)) else usual


def _steps(passage: Passage, cited: Cited, length: int) -> list[int]:
    """How many quarters back a change without a base may be measured from."""
    wording, text = passage.wording, passage.text(cited)
    years = wording.years(text)
    if years and wording.has("earlier", text):
        return [-_YEAR * years]
    beside = _beside(passage, cited)
    if wording.has("half_year", text) or has_bare_ordinal(passage, cited):
        return [-_YEAR, -length, -1]
    if wording.has("on_quarter", beside):
        return [-1] if not wording.has("on_year", beside) else [-_YEAR, -1]
    return [-_YEAR] if length == _YEAR or wording.has("on_year", beside) else [-_YEAR, -length]


def _beside(passage: Passage, cited: Cited) -> str:
    """The stretch of the sentence around a change that no other change has part in."""
    others = [c.figure for c in passage.row(cited.figure.sentence) if c is not cited and _is_change(passage, c)]
    start = max((f.end for f in others if f.end <= cited.figure.start), default=0)
    end = min((f.start for f in others if f.start >= cited.figure.end), default=None)
    return passage.text(cited)[start:end]


def _bounds(values: list[float], subject: About, new: Window, *, pinned: bool) -> Span | None:
    """The ratios that another measure of capital expenditure might give: half its room on either side, less where
    the amount beside it is by the filings."""
    if not values:
        return None
    if pinned:
        return Span(values[0] / _PINNED, values[-1] * _PINNED)
    above = max(c.headroom(new.last // _YEAR) for c in subject.firms)
    room = 1 + (above + max(c.below for c in subject.firms)) / 2
    return Span(values[0] / room, values[-1] * room)
