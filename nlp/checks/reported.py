"""Amounts and changes that an article gives as capital expenditure, against what the companies reported."""

from collections.abc import Iterator

from models.records import Check
from nlp.checks.about import About, about
from nlp.checks.growth import growth
from nlp.checks.mentioned import is_clear, mentions
from nlp.checks.outcome import Compared, level_check, weigh
from nlp.checks.passage import Cited, Finding, Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import claim
from nlp.checks.windows import Window, readings, span

_YEAR = 4


def reported(passage: Passage, series: Series) -> Iterator[Finding]:
    """Checks of capital expenditure and its changes against what was known on the day of publication."""
    for sentence in sorted(passage.rows):
        for cited in passage.row(sentence):
            subject = about(passage, cited, series)
            if subject is None:
                continue
            check = growth(passage, cited, subject, series) or _level(passage, cited, subject, series)
            if check:
                yield cited, check


def _level(passage: Passage, cited: Cited, subject: About, series: Series) -> Check | None:
    figure = cited.figure
    if figure.unit not in ("USD", None) or figure.role == "by" or figure.value <= 0:
        return None
    stated = claim(figure, passage.lang)
    said = _said(passage, cited, subject, series)
    explicit = bool(said) and not passage.wording.has("trailing", passage.text(cited))
    compared = [
        Compared(w, [stated], series.values(subject.tickers, w.quarters), series.bounds(subject.firms, w.quarters))
        for w in said or _implied(passage, cited, subject, series)
    ]
    clear = bool(said) and is_clear(passage, cited, _period(passage, cited), said[0].length)
    plain = subject.plain and explicit and clear and figure.unit == "USD"
    sure = all(series.sure(subject.tickers, c.window.quarters) for c in compared if c.window.plain)
    return level_check(passage, figure, subject, series, weigh(compared, plain=plain and sure, explicit=explicit))


def _said(passage: Passage, cited: Cited, subject: About, series: Series) -> list[Window]:
    """The windows that the text names: a period of whole quarters, or the last four quarters."""
    text, latest = passage.text(cited), series.latest(subject.tickers)
    if passage.wording.has("trailing", text) and latest is not None:
        return [_run(subject, latest - _YEAR + 1, _YEAR)]
    return readings(_period(passage, cited), subject.firms, **passage.wording.year_kind(text))


def _period(passage: Passage, cited: Cited) -> str | None:
    """The period of an amount, unless the sentence names it only as something to compare with."""
    period, named = cited.figure.period, mentions(passage, cited.figure.sentence)
    if period is None:
        single = len(named) == 1 and not named[0].is_base and cited.figure.role == "level"
        return named[0].period if single else None
    if any(m.is_base and m.period == period for m in named):
        return None
    first, _, last = period.partition("/")
    if cited.figure.role in ("from", "to") and span(first) and span(last):  # "between 2023 and 2025, from 147 to 376bn"
        return first if cited.figure.role == "from" else last
    return period


def _implied(passage: Passage, cited: Cited, subject: About, series: Series) -> list[Window]:
    """Where the text names no period: the last quarters and the last whole year, as many years back for a start."""
    latest = series.latest(subject.tickers)
    if latest is None:
        return []
    if cited.figure.role == "from":
        years = passage.wording.years(passage.text(cited)) or 1
        return [_run(subject, latest - _YEAR * years, 1)]
    year = (latest + 1) // _YEAR * _YEAR - _YEAR
    return [_run(subject, latest, 1), _run(subject, latest - 1, 1), _run(subject, year, _YEAR)]


def _run(subject: About, first: int, length: int) -> Window:
    return Window(tuple(tuple(range(first, first + length)) for _ in subject.firms), plain=True)
