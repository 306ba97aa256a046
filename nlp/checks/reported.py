"""Amounts and changes that an article gives as capital expenditure, against what the companies reported."""

from collections.abc import Iterator

from models.records import Check
from nlp.checks.about import About, about, in_context
from nlp.checks.doubts import is_another_amount, is_another_time, is_yearless
from nlp.checks.group import share_of_group
from nlp.checks.growth import growth
from nlp.checks.mentioned import is_clear
from nlp.checks.outcome import Compared, Outcome, level_check, weigh
from nlp.checks.passage import Cited, Finding, Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import claim, precision
from nlp.checks.when import neighbours, when, windows_of
from nlp.checks.windows import Window

_YEAR = 4


def reported(passage: Passage, series: Series) -> Iterator[Finding]:
    """Checks of capital expenditure and its changes against what was known on the day of publication.

    Amounts come first: those that agree with the filings tell of which time and measure the sentences around speak.
    """
    held: dict[int, Window] = {}
    cites = [cited for sentence in sorted(passage.rows) for cited in passage.row(sentence)]
    for cited in cites:
        check = _level(passage, cited, series, held)
        if check:
            yield cited, check
    for cited in cites:
        check = growth(passage, cited, series, held) or share_of_group(passage, cited, series, held)
        if check:
            yield cited, check


def _level(passage: Passage, cited: Cited, series: Series, held: dict[int, Window]) -> Check | None:
    figure = cited.figure
    if figure.unit not in ("USD", None) or figure.role == "by" or figure.value <= 0:
        return None
    context = in_context(passage, cited, held)
    subject = about(passage, cited, series, context=context)
    if subject is None:
        return None
    outcome = _weighed(passage, cited, subject, series, held)
    if outcome and outcome.verdict == "consistent" and _is_telling(passage, cited, outcome):
        held[cited.index] = outcome.compared.window
    return level_check(passage, figure, subject, series, outcome)


def _weighed(passage: Passage, cited: Cited, subject: About, series: Series, held: dict[int, Window]) -> Outcome | None:
    stated, text = claim(cited.figure, passage.lang), passage.text(cited)
    said = None if passage.wording.has("trailing", text) else when(passage, cited, held)
    windows = _possible(windows_of(passage, cited, said, subject.firms), subject, series)
    loose = said is not None and not said.own
    others = [w for w in neighbours(windows[0]) if _is_known(w, subject, series)] if windows and loose else []
    compared = [
        Compared(w, [stated], series.values(subject.tickers, w.quarters), series.bounds(subject.firms, w.quarters))
        for w in (*windows, *others) or _implied(passage, cited, subject, series)
    ]
    clear = said is not None and bool(windows)
    if said and clear and said.own and not said.counted:
        clear = is_clear(passage, cited, said.period, windows[0].length)
        clear = clear and not is_yearless(passage, cited, said.period, subject.firms)
    doubtful = is_another_amount(passage, cited) or is_another_time(passage, cited)
    dollars = cited.figure.unit == "USD" or in_context(passage, cited, held)
    sure = all(series.sure(subject.tickers, c.window.quarters) for c in compared if c.window.plain)
    plain = subject.plain and clear and not doubtful and dollars and sure
    return weigh(compared, plain=plain, explicit=bool(windows), loose=loose)


def _possible(windows: list[Window], subject: About, series: Series) -> list[Window]:
    """The readings of a period that can have been meant: another than the first must have ended by then."""
    latest = series.latest(subject.tickers)
    return [w for i, w in enumerate(windows) if i == 0 or latest is None or w.last <= latest]


def _is_known(window: Window, subject: About, series: Series) -> bool:
    return bool(series.values(subject.tickers, window.quarters))


def _is_telling(passage: Passage, cited: Cited, outcome: Outcome) -> bool:
    """Whether an amount that holds is written so finely that this is no chance: two digits at least."""
    return precision(cited.figure, passage.lang)[1] > 1 and outcome.compared.window.plain


def _implied(passage: Passage, cited: Cited, subject: About, series: Series) -> list[Window]:
    """Where the text names no period: the last quarters and the last whole year, as many years back for a start."""
    latest = series.latest(subject.tickers)
    if latest is None:
        return []
    if passage.wording.has("trailing", passage.text(cited)):
        return [_run(subject, latest - _YEAR + 1, _YEAR)]
    if cited.figure.role == "from":
        years = passage.wording.years(passage.text(cited)) or 1
        return [_run(subject, latest - _YEAR * years, 1)]
    year = (latest + 1) // _YEAR * _YEAR - _YEAR
    return [_run(subject, latest, 1), _run(subject, latest - 1, 1), _run(subject, year, _YEAR)]


def _run(subject: About, first: int, length: int) -> Window:
    return Window(tuple(tuple(range(first, first + length)) for _ in subject.firms), plain=True)
