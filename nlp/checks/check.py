"""Checking the figures that an article cites: against its own arithmetic, and against what companies reported."""

from collections.abc import Sequence
from datetime import date

from models.records import CapexFact, Check, Figure
from nlp.checks.change import changes
from nlp.checks.currencies import conversions
from nlp.checks.doubts import is_asked
from nlp.checks.passage import Finding, Passage
from nlp.checks.reported import reported
from nlp.checks.series import Series
from nlp.checks.shares import shares
from nlp.checks.sums import sums
from nlp.checks.wording import wording
from nlp.sentences import Sentence

_COMPLETION = {4: ("-01-01", "-12-31"), 7: ("-01", "-28")}  # what a year or a month lacks to be its first and last day


def check_figures(
    figures: Sequence[Figure],
    sentences: Sequence[Sentence],
    lang: str,
    published: str | None,
    capex: Sequence[CapexFact],
    reader: str | None = None,
) -> list[Figure]:
    """Copies of the figures with `checks` filled; a figure that nothing can be compared with has none.

    `figure.start` and `end` count within the sentence that `figure.sentence` points to. `lang` is nl or en, and so
    is `reader`, the language of the explanations, which is that of the text when absent. `published` is an ISO 8601
    year, month, day or time; `capex` are reported facts in US dollars, every vintage that is known.
    """
    if lang not in ("nl", "en") or not figures:
        return [f.model_copy(update={"checks": []}) for f in figures]
    since, until = _days(published)
    passage = Passage.of(figures, sentences, wording(lang), until, wording(reader or lang))
    checks: dict[int, list[Check]] = {}
    for cited, check in _findings(passage, Series(capex, since, until)):
        kinds = checks.setdefault(cited.index, [])
        if all(c.kind != check.kind for c in kinds):
            kinds.append(check)
    return [f.model_copy(update={"checks": checks.get(i, [])}) for i, f in enumerate(figures)]


def _findings(passage: Passage, series: Series) -> list[Finding]:
    within = [f for find in (sums, shares, changes, conversions) for f in find(passage)]
    within.sort(key=lambda f: f[1].verdict == "unverifiable")
    decided = {c.index for c, check in within if check.verdict != "unverifiable"}
    found = within + [f for f in reported(passage, series) if _adds(f, decided)]
    return [(c, check) for c, check in found if check.verdict != "inconsistent" or not is_asked(passage, c)]


def _adds(finding: Finding, decided: set[int]) -> bool:
    """A change that the article's own amounts settle needs no second verdict that settles nothing."""
    cited, check = finding
    return check.verdict != "unverifiable" or cited.figure.role != "by" or cited.index not in decided


def _days(published: str | None) -> tuple[date | None, date | None]:
    """The first and last day that the date of publication allows; none where there is no date."""
    text = (published or "").strip()
    opening, closing = _COMPLETION.get(len(text), ("", ""))
    try:
        return date.fromisoformat((text + opening)[:10]), date.fromisoformat((text + closing)[:10])
    except ValueError:
        return None, None
