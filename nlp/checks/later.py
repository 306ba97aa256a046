"""What filings that come after an article say about its figures: what became of a plan, whether a forecast held.

Only amounts of capital expenditure over named quarters are followed, and nobody is accused here: a plan that did not
come true was no lie, so the answers are met, above and below, and of a figure given as fact that it holds, or nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from models.records import CapexFact, Figure, Later, Outcome
from nlp.checks import explain
from nlp.checks.about import is_partial
from nlp.checks.outcome import filings
from nlp.checks.passage import Passage
from nlp.checks.series import Company, Series, companies
from nlp.checks.tolerance import Stated, claim, exact, judge
from nlp.checks.windows import Window, readings
from nlp.checks.wording import Wording, wording
from nlp.sentences import Sentence

_PLANS = ("planned", "forecast")
_READERS = ("nl", "en")


def later(
    figure: Figure,
    sentence: str,
    lang: str,
    published: date,
    facts: Sequence[CapexFact],
    beside: Sequence[Figure] = (),
) -> list[Later]:
    """The answers of filings after `published`, one a day on which the answer changed, oldest first.

    `sentence` is the one that states the figure, whose offsets count in it; `facts` are all vintages that are known
    now, `beside` the other figures of the sentence. Empty where the figure is of another kind or may be a part of what
    the company spends, or where everything had been filed before.
    """
    firms = _firms(figure)
    if not firms or lang not in _READERS or not _is_amount(figure) or any(_rivals(figure, f) for f in beside):
        return []
    passage = Passage.of([figure.model_copy(update={"sentence": 0})], [_whole(sentence)], wording(lang), None)
    if passage.wording.has("superseded", sentence) or any(is_partial(passage, c, firms) for c in passage.row(0)):
        return []
    kind = wording(lang).year_kind(sentence)
    found = readings(figure.period, firms, **kind)[: 1 if any(kind.values()) else None]
    own = [fact for fact in facts if fact.ticker in {firm.ticker for firm in firms}]
    answers: list[Later] = []
    for day in (day for day in _days(firms, found, own) if day > published):
        known = Series([fact for fact in own if _day(fact) <= day], None, None)
        answer = _answer(figure, lang, firms, found, known, day)
        if answer and (not answers or _differs(answers[-1], answer)):
            answers.append(answer)
    return answers


def _whole(sentence: str) -> Sentence:
    return Sentence(sentence, 0, len(sentence))


def _differs(one: Later, other: Later) -> bool:
    return (one.outcome, one.actual) != (other.outcome, other.actual)


def _is_amount(figure: Figure) -> bool:
    plain = figure.metric == "capex" and figure.unit == "USD" and not figure.denied
    return plain and figure.role in ("level", "to") and figure.value > 0


def _rivals(figure: Figure, other: Figure) -> bool:
    """Whether another amount of the same companies and time makes it unclear which of the two is the whole."""
    like = _is_amount(other) and other.value != figure.value
    return like and (other.subjects, other.period) == (figure.subjects, figure.period)


def _firms(figure: Figure) -> tuple[Company, ...]:
    """The companies, where all of them are among those whose filings are followed."""
    by_name = {name.casefold(): company for company in companies().values() for name in company.names}
    firms = [by_name.get(subject.casefold()) for subject in figure.subjects]
    known = [firm for firm in firms if firm is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(firms) else ()


def _days(firms: Sequence[Company], found: Sequence[Window], facts: Sequence[CapexFact]) -> list[date]:
    """The days on which filings about the windows came in; where one is not known, a day on which it surely had."""
    wanted = {
        (firm.ticker, quarter)
        for window in found
        for firm, quarters in zip(firms, window.quarters, strict=True)
        for quarter in quarters
    }
    return sorted({_day(fact) for fact in facts if (fact.ticker, _quarter(fact.quarter)) in wanted})


def _day(fact: CapexFact) -> date:
    if fact.filed:
        return date.fromisoformat(fact.filed[:10])
    return date.fromisoformat(fact.end[:10]) + timedelta(days=companies()[fact.ticker].lag)


def _quarter(name: str) -> int:
    year, _, part = name.partition("-Q")
    return 4 * int(year) + int(part) - 1


def _answer(
    figure: Figure, lang: str, firms: tuple[Company, ...], found: Sequence[Window], series: Series, day: date
) -> Later | None:
    """The answer of one day; none until all is filed, or where a fiscal and a calendar year answer differently."""
    tickers = [firm.ticker for firm in firms]
    stated = claim(figure, lang)
    outcomes = {_outcome(figure, stated, firms, window, series) for window in found}
    outcome = outcomes.pop()
    if outcome is None or outcomes or (figure.modality not in _PLANS and outcome != "consistent"):
        return None
    values = series.values(tickers, found[0].quarters)
    actual = min(values, key=lambda value: abs(value - stated.value))
    told = {reader: _told(wording(reader), outcome, figure, firms, found[0], actual) for reader in _READERS}
    evidence = filings(series.facts(tickers, found[0].quarters), told[lang])
    return Later(known=day.isoformat(), outcome=outcome, actual=actual, explanation=told, evidence=evidence)


def _outcome(
    figure: Figure, stated: Stated, firms: Sequence[Company], window: Window, series: Series
) -> Outcome | None:
    """Companies count leases in their plans that the cash line leaves out: a plan is missed only beyond that room."""
    values = series.values([firm.ticker for firm in firms], window.quarters)
    bounds = series.bounds(firms, window.quarters)
    if not values or bounds is None:
        return None
    holds = any(judge([stated], exact(value)) == "consistent" for value in values)
    if figure.modality not in _PLANS:
        return "consistent" if holds else "unverifiable"
    if holds or _on_the_open_side(figure, values):
        return "met"
    if stated.wide.meets(bounds):
        return "unverifiable"
    return "above" if bounds.low > stated.wide.high else "below"


def _on_the_open_side(figure: Figure, values: Sequence[float]) -> bool:
    """Whether "more than 60" came out above, or "up to 150" below, however far."""
    if figure.value_to is not None:
        return False
    up = figure.qualifier in ("over", "at_least") and max(values) >= figure.value
    return up or (figure.qualifier in ("under", "at_most") and min(values) <= figure.value)


def _told(
    words: Wording, outcome: Outcome, figure: Figure, firms: Sequence[Company], window: Window, actual: float
) -> str:
    text: str = words.texts["later"].format(
        who=explain.listing(words, [firm.name for firm in firms]), when=explain.period(words, window),
        actual=explain.money(words, actual, "USD"), claim=figure.text, outcome=words.texts[f"later_{outcome}"],
    )  # fmt: skip
    return text[0].upper() + text[1:]
