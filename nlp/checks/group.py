"""The share of one company in what a group spent: "Amazon nam daarvan de helft voor zijn rekening"."""

from collections.abc import Mapping

from models.records import Check
from nlp.checks import explain
from nlp.checks.about import about, is_asserted
from nlp.checks.outcome import Compared, filings, names, weigh
from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Series
from nlp.checks.tolerance import Span, claim
from nlp.checks.windows import Window
from nlp.orgs import mentions

_BACK = 2  # sentences from a share to its whole
_ROOM = 1.06  # the whole agrees with the filings, so the measure is known


def share_of_group(passage: Passage, cited: Cited, series: Series, held: Mapping[int, Window]) -> Check | None:
    """The check of a share that points back to the amount of several companies; none for other figures."""
    figure = cited.figure
    whole = _whole(passage, cited, held)
    if whole is None or figure.unit != "percent" or figure.role != "level" or not figure.value > 0:
        return None
    group = about(passage, whole, series, context=True)
    firms = [series.company(name) for name in passage.names(figure.sentence)]
    if group is None or figure.denied or len(firms) != 1 or firms[0] not in group.firms:
        return None
    firm = group.firms[group.firms.index(firms[0])]
    window = held[whole.index]
    quarters = window.quarters[group.firms.index(firm)]
    part, total = series.values([firm.ticker], [quarters]), series.values(group.tickers, window.quarters)
    values = sorted({100 * a / b for a in part for b in total if b > 0})
    if not values:
        return None
    bounds = Span(values[0] / _ROOM, values[-1] * _ROOM)
    plain = is_asserted(passage, cited) and _is_attributed(passage, cited)
    outcome = weigh([Compared(window, [claim(figure, passage.lang)], values, bounds)], plain=plain, explicit=True)
    if outcome is None:
        return None
    text = explain.explain(
        passage.reader, outcome.verdict, "portion", figure, reason=outcome.reason, who=firm.name,
        group=names(passage, group), when=explain.period(passage.reader, window),
        part=explain.money(passage.reader, part[-1], "USD"), whole=explain.money(passage.reader, total[-1], "USD"),
        actual=explain.quantity(passage.reader, values[-1], figure),
    )  # fmt: skip
    facts = series.facts(group.tickers, window.quarters)
    return Check(kind="reported", verdict=outcome.verdict, explanation=text, evidence=filings(facts, text))


def _is_attributed(passage: Passage, cited: Cited) -> bool:
    """Whether the sentence says no more than whose share it is: not what it was spent on, nor by which measure."""
    text = passage.text(cited)
    spans = [(m.start, m.end) for m in mentions(text)] + [(cited.figure.start, cited.figure.end)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    if passage.wording.has("up", text) or passage.wording.has("down", text):  # "half of that increase"
        return False
    return passage.wording.is_light(text, known=passage.wording.texts["shared"])


def _whole(passage: Passage, cited: Cited, held: Mapping[int, Window]) -> Cited | None:
    """The amount of several companies that "of it" points back to: the last one in the two sentences before."""
    here = cited.figure.sentence
    if here in passage.opens or not passage.wording.has("of_it", passage.text(cited)):
        return None
    for sentence in range(here - 1, max(here - _BACK, 0) - 1, -1):
        money = [c for c in passage.row(sentence) if c.is_money]
        if money:
            return money[-1] if money[-1].index in held and len(money[-1].figure.subjects) > 1 else None
        if sentence in passage.opens:
            return None
    return None
