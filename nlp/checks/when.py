"""The time that an amount is about: named in its sentence, counted back from one, or that of the sentences before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.records import Figure
from nlp.checks.mentioned import is_timeless, mentions
from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Company
from nlp.checks.windows import Window, readings, span

_REACH = 3  # sentences of the paragraph that a time is taken from
_PHRASE = 45  # characters beside an amount in which "a year earlier" is its own
_YEAR = 4  # quarters
_CUT = re.compile(r"[,;:()–—]\s|\s[–—-]\s|\s(?:and|en)\s")
_EXPLICIT = re.compile(r"\b((?:19|20)\d\d)\b")
_ARTICLE = re.compile(r"\s(?:an?|the|one|een|één|het|de)\s*$")


@dataclass(frozen=True)
class When:
    """A period as SDMX and EDTF write it; `own` when the sentence of the amount names it or what it is counted from."""

    period: str
    own: bool = True
    counted: bool = False


def when(passage: Passage, cited: Cited, held: Mapping[int, Window]) -> When | None:
    """The time of an amount; none where the text does not say or several could be meant.

    `held` are the windows of the amounts before, by index, that agree with the filings.
    """
    back = _back(passage, cited)
    if back is None:
        own = _named(passage, cited)
        return When(own) if own else _carried(passage, cited, held)
    anchor = _anchor(passage, cited, held)
    if anchor is None:
        return None
    period = _counted(anchor.period, back)
    return When(period, anchor.own, counted=True) if period else None


def neighbours(window: Window) -> list[Window]:
    """The other quarters, half-years and years that may be meant where a time is not named beside an amount."""
    first, last = window.quarters[0][0], window.last
    year = first // _YEAR * _YEAR
    runs = [(q, 1) for q in range(first - _YEAR, last + 2)]
    runs += [(year, 2), (year + 2, 2), (year - 2, 2), (year, 3), (last - 3, _YEAR), (last - 4, _YEAR)]
    runs += [(start, _YEAR) for start in range(year - _YEAR - 3, year + 4)]
    firms = len(window.quarters)
    return [Window(tuple(tuple(range(q, q + n)) for _ in range(firms)), plain=False) for q, n in runs]


def _back(passage: Passage, cited: Cited) -> int | str | None:
    """How many quarters back from another time an amount is (forward: below 0), or the year of "the same months of
    2023"; none for others."""
    wording, figure = passage.wording, cited.figure
    if figure.role in ("to", "by"):
        return None
    for text, phrase in _beside(passage, cited):
        lead = _ARTICLE.sub("", text[: phrase.start()])
        if wording.ends("base_period", lead):
            continue
        if wording.has("back_quarter", phrase.group()):
            return 1
        if wording.has("forward_year", phrase.group()):
            return -_YEAR
        if wording.has("back_year", phrase.group()):
            return _YEAR * (wording.years(text[: phrase.end()][-25:]) or 1)
        year = _EXPLICIT.search(text[phrase.end() :][:_PHRASE])
        if year:
            return year[1]
    return None


def _beside(passage: Passage, cited: Cited) -> list[tuple[str, re.Match[str]]]:
    """The phrases like "a year earlier" that stand with an amount and no other figure, with the text around them."""
    row, text = passage.row(cited.figure.sentence), passage.text(cited)
    before = max((c.figure.end for c in row if c.figure.end <= cited.figure.start), default=0)
    after = min((c.figure.start for c in row if c.figure.start >= cited.figure.end), default=len(text))
    tail = _CUT.split(text[cited.figure.end : after])[0][:_PHRASE]
    lead = text[max(before, cited.figure.start - 2 * _PHRASE) : cited.figure.start]
    found = []
    for part in (tail, lead):
        for name in ("back_quarter", "forward_year", "back_year", "same"):
            found += [(part, m) for m in passage.wording.find(name, part)]
    return found


def _anchor(passage: Passage, cited: Cited, held: Mapping[int, Window]) -> When | None:
    """The time from which "a year earlier" counts: the only one that the sentence names, else that of those before."""
    named = {m.period for m in mentions(passage, cited.figure.sentence) if not m.is_base}
    if len(named) == 1:
        return When(named.pop())
    return None if named else _carried(passage, cited, held, counting=True)


def _counted(period: str, back: int | str) -> str | None:
    quarters = span(period)
    if quarters is None:
        return None
    by = back if isinstance(back, int) else _YEAR * (quarters[0] // _YEAR - int(back))
    if by == 0 or (abs(by) < _YEAR and len(quarters) > 1):
        return None
    return spell([q - by for q in quarters])


def spell(quarters: Sequence[int]) -> str:
    """The period of a run of quarters: "2025-Q3", "2025", "2025-Q1/2025-Q2"."""
    first, last = quarters[0], quarters[-1]
    if len(quarters) == _YEAR and first % _YEAR == 0:
        return str(first // _YEAR)
    names = [f"{q // _YEAR}-Q{q % _YEAR + 1}" for q in dict.fromkeys((first, last))]
    return "/".join(names)


def _named(passage: Passage, cited: Cited) -> str | None:
    """The period of an amount, unless the sentence names it only as something to compare with."""
    period, named = cited.figure.period, mentions(passage, cited.figure.sentence)
    if period is None:
        single = len(named) == 1 and not named[0].is_base and cited.figure.role == "level"
        return named[0].period if single else None
    if any(m.is_base and m.period == period for m in named):
        return None
    return _end(cited.figure, period)


def _end(figure: Figure, period: str) -> str:
    """ "Between 2023 and 2025 from 147 to 376 billion": each amount has its end of the stretch."""
    first, _, last = period.partition("/")
    if figure.role in ("from", "to") and span(first) and span(last):
        return first if figure.role == "from" else last
    return period


def _carried(passage: Passage, cited: Cited, held: Mapping[int, Window], *, counting: bool = False) -> When | None:
    """The one time that the nearest sentence with a time in it names, within the paragraph and the subject."""
    here = cited.figure.sentence
    if not counting and not is_timeless(passage, here):
        return None
    for sentence in range(here - 1, max(here - _REACH, 0) - 1, -1):
        if sentence + 1 in passage.opens:
            return None
        agreed = {spell(held[c.index].quarters[0]) for c in passage.row(sentence) if c.index in held}
        times = {m.period for m in mentions(passage, sentence) if not m.is_base} or agreed
        if times or not is_timeless(passage, sentence):
            found = _fitting(passage, cited, sentence, times, counting=counting)
            sure = counting and sentence == here - 1 and len(agreed) == 1  # "35 billion. A year earlier it was 23."
            return replace(found, own=True) if found and sure else found
    return None


def _fitting(passage: Passage, cited: Cited, sentence: int, times: set[str], *, counting: bool) -> When | None:
    if len(times) != 1 or not _same_subject(passage, cited, sentence):
        return None
    period = next(iter(times))
    quarters, text = span(period) or (), passage.text(cited)
    another = "yearly" if len(quarters) < _YEAR else "quarterly"
    return None if passage.wording.has(another, text) and not counting else When(period, own=False)


def _same_subject(passage: Passage, cited: Cited, sentence: int) -> bool:
    """Whether a sentence speaks of capital expenditure, or names the companies of the figure."""
    row, text = passage.row(sentence), passage.sentences[sentence]
    if any(c.figure.metric == "capex" for c in row) or passage.wording.has("capex", text):
        return True
    return bool(cited.figure.subjects) and set(cited.figure.subjects) <= passage.names(sentence)


def windows_of(passage: Passage, cited: Cited, said: When | None, firms: Sequence[Company]) -> list[Window]:
    """What the time of an amount may mean for companies, the plain reading first."""
    return readings(said.period, firms, **passage.wording.year_kind(passage.text(cited))) if said else []
