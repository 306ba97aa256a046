"""From comparisons with reported numbers to a verdict, its reason and its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.records import CapexFact, Check, Evidence, Figure, Verdict
from nlp.checks import explain
from nlp.checks.about import About
from nlp.checks.passage import Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import Span, Stated, exact, judge, precision
from nlp.checks.windows import Window

_MOST_EVIDENCE = 32
_HUNDRED_MILLION = 1e8


@dataclass(frozen=True)
class Compared:
    """A reading of the period: what the text may mean, what the vintages give, and what another measure might give."""

    window: Window
    stated: list[Stated]
    values: list[float]
    bounds: Span | None

    @property
    def holds(self) -> bool:
        """Whether any vintage is what the text says."""
        return any(judge(self.stated, exact(v)) == "consistent" for v in self.values)

    @property
    def refuted(self) -> bool:
        """Whether no measure of capital expenditure over this window can be what the text says."""
        return self.bounds is not None and not any(s.wide.meets(self.bounds) for s in self.stated)


@dataclass(frozen=True)
class Outcome:
    """A verdict with the reading that it rests on, and the key of the reason where nothing could be decided."""

    verdict: Verdict
    compared: Compared
    reason: str | None = None


def weigh(compared: Sequence[Compared], *, plain: bool, explicit: bool, loose: bool = False) -> Outcome | None:
    """The verdict: any plain reading that holds will do; refuted are plain claims that no reading allows.

    `plain` says that companies, measure and period are stated as reported facts that had surely been filed,
    `explicit` that the text names the period, `loose` that it does so in another sentence.
    """
    if not compared:
        return None
    fitting = next((c for c in compared if c.window.plain and c.holds), None)
    if fitting:
        return Outcome("consistent", fitting)
    reason = _undecided(compared, explicit=explicit, loose=loose)
    if reason is None:
        return Outcome("inconsistent", compared[0]) if plain else Outcome("unverifiable", compared[0], "reason_words")
    return Outcome("unverifiable", compared[0], reason)


def _undecided(compared: Sequence[Compared], *, explicit: bool, loose: bool) -> str | None:
    """Why a claim that does not hold is not refuted either; none when every reading refutes it."""
    first = compared[0]
    if not first.values:
        return "reason_filed"
    if not explicit:
        return "reason_period"
    if all(c.refuted for c in compared):
        return None
    if first.refuted:
        return "reason_period" if loose else "reason_fiscal"
    return "reason_leases" if first.stated[0].value > max(first.values) else "reason_close"


def level_check(
    passage: Passage, figure: Figure, subject: About, series: Series, outcome: Outcome | None
) -> Check | None:
    """The check of an amount; none where there was nothing to compare with."""
    if outcome is None:
        return None
    compared = outcome.compared
    values = compared.values
    fine = 2 if precision(figure, passage.lang)[0] < _HUNDRED_MILLION <= figure.value else 1
    actual = (
        explain.money(passage.reader, min(values, key=lambda v: abs(v - figure.value)), "USD", fine) if values else ""
    )
    text = explain.explain(
        passage.reader, outcome.verdict, "level" if values else "unknown", figure, reason=outcome.reason,
        who=names(passage, subject), when=explain.period(passage.reader, compared.window), actual=actual,
    )  # fmt: skip
    facts = series.facts(subject.tickers, compared.window.quarters)
    return Check(kind="reported", verdict=outcome.verdict, explanation=text, evidence=filings(facts, text))


def names(passage: Passage, subject: About) -> str:
    """The companies as a list in words."""
    return explain.listing(passage.reader, [c.name for c in subject.firms])


def filings(facts: Sequence[CapexFact], formula: str) -> list[Evidence]:
    """The filed values that a verdict rests on, and the comparison."""
    rows = [
        Evidence(
            kind="filing", text=f"{f.company} {f.quarter}", value=f.value, unit="USD", company=f.company,
            period=f.quarter, grade=f.grade, source=f.source,
        )
        for f in facts[:_MOST_EVIDENCE]
    ]  # fmt: skip
    return [*rows, Evidence(kind="formula", text=formula.split(";", maxsplit=1)[0])]
