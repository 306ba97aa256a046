"""A change against the two amounts that it is between: "van 40 naar 100 miljoen, een stijging van 150 procent"."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from models.records import Check, Figure, Verdict
from nlp.checks import explain
from nlp.checks.passage import Cited, Finding, Passage, alike
from nlp.checks.tolerance import Stated, claim, combine, judge, operand
from nlp.checks.wording import words

_SLIP = 30  # times
_OBJECT = 8  # words that the object of "doubled" may take before its amounts
_REACH = 50  # characters after a change that may tell what it is measured from
_TWO_YEARS = re.compile(r"\b(?:between|tussen) (?:19|20)\d\d (?:and|en) (?:19|20)\d\d")
_OWN_TIME = re.compile(
    r"\s*(?:in|over|during|tijdens) (?:the|its|het|de) (?:\w+ )?(?:year|quarter|month|half|jaar|kwartaal|maand|helft)\b"
)
_AND = re.compile(r"\b(?:and|en)\b")
_STOP = re.compile(r"[.?!]\s")
_STEPS = {"percent": 1.0, "percentage_point": 1.0, "basis_point": 0.01}  # in points of percent


class Pair(NamedTuple):
    """Two amounts that follow each other; `ordered` when the text says which came first."""

    old: Cited
    new: Cited
    ordered: bool

    @property
    def start(self) -> Cited:
        """The one that stands first in the sentence."""
        return min(self.old, self.new, key=lambda c: c.figure.start)

    @property
    def end(self) -> Cited:
        """The one that stands last in the sentence."""
        return max(self.old, self.new, key=lambda c: c.figure.start)


def changes(passage: Passage) -> Iterator[Finding]:
    """Checks of changes. An accusation needs figures that are tied together by nothing but light words."""
    for sentence in sorted(passage.rows):
        for cited in passage.row(sentence):
            checked = [(p, _check(passage, cited, p, tied=tied)) for p, tied in _pairs(passage, cited)]
            known = [(pair, check) for pair, check in checked if check]
            known.sort(key=lambda k: k[1].verdict != "consistent")  # of several pairs the one that it fits
            for pair, found in known[:1]:
                yield cited, found
                if found.verdict == "consistent" and pair.ordered:
                    yield from ((c, found) for c in (pair.old, pair.new))


def pairs(passage: Passage, sentence: int, besides: Cited | None = None) -> list[Pair]:
    """The pairs of like amounts in a sentence: those with the roles from and to, else the only two of their kind."""
    row = [c for c in passage.row(sentence) if c is not besides]
    ordered = [
        Pair(a, b, True) if a.figure.role == "from" else Pair(b, a, True)
        for a, b in pairwise(row)
        if alike(a.figure, b.figure) and {a.figure.role, b.figure.role} == {"from", "to"}
    ]
    return ordered or [p for a, b in pairwise(row) if _only_two(row, a, b) for p in [_by_words(passage, a, b)]]


def _only_two(row: list[Cited], a: Cited, b: Cited) -> bool:
    kin = [c for c in row if alike(c.figure, a.figure)]
    plain = all(c.figure.value_to is None and c.figure.role != "by" and c.figure.unit != "x" for c in (a, b))
    same = not a.figure.subjects or not b.figure.subjects or a.figure.subjects == b.figure.subjects
    return alike(a.figure, b.figure) and len(kin) == 2 and plain and same  # noqa: PLR2004


def _by_words(passage: Passage, a: Cited, b: Cited) -> Pair:
    if passage.wording.ends("old", passage.between(a, b)):
        return Pair(b, a, True)
    return Pair(a, b, False)


def _pairs(passage: Passage, cited: Cited) -> Iterator[tuple[Pair, bool]]:
    """The pairs that a figure may be the change of, nearest first, and whether it is tied to them."""
    if cited.figure.role in ("from", "to") or (cited.figure.unit == "count" and cited.figure.role != "by"):
        return
    here = cited.figure.sentence
    compared = _compared(passage, cited)
    if compared:
        yield compared, True
    for pair in pairs(passage, here, cited):
        if pair.end.figure.start < cited.figure.start:
            yield pair, _tied_after(passage, pair, cited)
        elif pair.start.figure.start > cited.figure.start:
            yield pair, _tied_before(passage, cited, pair)
    if here > 0 and not any(alike(c.figure, cited.figure) for c in passage.row(here) if c is not cited):
        for pair in reversed(pairs(passage, here - 1)):
            yield pair, _tied_across(passage, cited)


def _compared(passage: Passage, cited: Cited) -> Pair | None:
    """The amounts on either side of a multiple or percentage: "750m, five times the 150m of last time"."""
    row = passage.row(cited.figure.sentence)
    place = row.index(cited)
    if not 0 < place < len(row) - 1:
        return None
    new, old = row[place - 1], row[place + 1]
    like = alike(new.figure, old.figure) and not alike(new.figure, cited.figure)
    single = new.figure.value_to is None and old.figure.value_to is None
    gap, wording = passage.between(cited, old), passage.wording
    if not (like and single and wording.ends("compares", gap) and wording.is_light(gap)):
        return None
    if _AND.search(passage.clause(cited, since=new.figure.end)):  # "more than last year's 32m and double the 20m"
        return None
    return Pair(old, new, True) if wording.is_light(passage.clause(cited, since=new.figure.end)) else None


def _tied_after(passage: Passage, pair: Pair, cited: Cited) -> bool:
    gap = passage.between(pair.end, cited)
    clause = passage.clause(cited, since=pair.end.figure.end)
    apart = any(passage.wording.has(n, gap) for n in ("contrast", "partial", "clauses")) or _is_apart(
        passage, pair, cited
    )
    return passage.wording.is_light(clause) and not apart and not passage.wording.ends("base_period", gap)


def _is_apart(passage: Passage, pair: Pair, cited: Cited) -> bool:
    """Whether a full stop (within a quotation) or another amount stands between a pair and the change after it."""
    start, end = pair.end.figure.end, cited.figure.start
    between = (c for c in passage.row(cited.figure.sentence) if start <= c.figure.start < end)
    return _STOP.search(passage.text(cited)[start:end]) is not None or any(
        alike(c.figure, pair.end.figure) for c in between
    )


def _tied_before(passage: Passage, cited: Cited, pair: Pair) -> bool:
    gap, wording = _TWO_YEARS.sub("", passage.between(cited, pair.start)), passage.wording
    if wording.is_light(gap):
        return True
    apart = wording.has("contrast", gap) or wording.has("joins", gap)
    return pair.ordered and not apart and len(words(gap)) <= _OBJECT  # "doubled its output, from 20 to 40 MW"


def _tied_across(passage: Passage, cited: Cited) -> bool:
    opening, before = passage.before(cited), passage.sentences[cited.figure.sentence - 1]
    wording = passage.wording
    points_back = wording.starts("anaphora", opening) and not wording.has("base_period", opening)
    return points_back and wording.is_light(opening, known=before)


def _check(passage: Passage, cited: Cited, pair: Pair, *, tied: bool) -> Check | None:
    figure, old, new = cited.figure, pair.old.figure, pair.new.figure
    if figure.denied or figure.value < 0 or not (tied or figure.role == "by" or figure.direction):
        return None
    compared = _compare(passage, cited, pair)
    if compared is None:
        return None
    verdict, actual = compared
    if verdict != "consistent" and not (tied and _comparable(passage, cited, pair)):
        return None
    if verdict == "unverifiable" and {old.role, new.role} != {"from", "to"}:
        return None
    amounts = {
        "from": explain.quantity(passage.reader, old.value, old),
        "to": explain.quantity(passage.reader, new.value, new),
    }
    template = (
        "difference"
        if (figure.unit in _STEPS and figure.unit != "percent") or figure.unit == old.unit != "percent"
        else "change"
    )
    return explain.arithmetic(passage.reader, verdict, template, figure, [old, new], actual=actual, **amounts)


def _comparable(passage: Passage, cited: Cited, pair: Pair) -> bool:
    """Whether the text measures the change from these amounts: not from another base, nor spread over time."""
    figure, after = cited.figure, passage.after(cited)[:_REACH]
    if not 1 / _SLIP < pair.new.figure.value / pair.old.figure.value < _SLIP:  # pence read as pounds, or the like
        return False
    if pair.old.figure.start > figure.start > pair.new.figure.start:
        return True
    follows = pair.end.figure.sentence < figure.sentence or pair.end.figure.start < figure.start
    if follows and any(passage.wording.starts(name, after) for name in ("rebased_at_once", "own_time")):
        return False
    if follows and _OWN_TIME.match(after):
        return False
    if passage.wording.has("rebased", after.split(",")[0]):
        return False
    return pair.ordered or (figure.role == "by" and not alike(figure, pair.old.figure))


def _compare(passage: Passage, cited: Cited, pair: Pair) -> tuple[Verdict, str] | None:
    """Verdict on a change and what it really is; none where the units do not go together."""
    figure, lang = cited.figure, passage.lang
    old, new = operand(pair.old.figure, lang), operand(pair.new.figure, lang)
    if old.wide.low <= 0 or new.wide.low <= 0:
        return None
    if figure.unit in ("percent", "x"):
        readings = ratios(passage, cited)
        if figure.unit == "percent" and pair.old.figure.unit == "percent":  # points called percent
            step = claim(figure, lang)
            readings += [combine(lambda a, d: 1 + d / a, old, step), combine(lambda a, d: 1 - d / a, old, step)]
        return _by_ratio(passage, figure, readings, old, new, ordered=pair.ordered)
    if not _is_difference(figure, pair.old.figure):
        return None
    return _by_difference(passage, figure, pair, old, new)


def _by_ratio(
    passage: Passage, figure: Figure, readings: list[Stated], old: Stated, new: Stated, *, ordered: bool
) -> tuple[Verdict, str]:
    forth, back = combine(lambda a, b: b / a, old, new), combine(lambda a, b: a / b, old, new)
    verdict = judge(readings, forth)
    reverse = judge(readings, back)
    if verdict != "consistent" and reverse != "inconsistent":
        verdict, forth = ("unverifiable", forth) if ordered else (reverse, back)
    return verdict, explain.change(passage.reader, forth.value, figure)


def ratios(passage: Passage, cited: Cited, *, either: bool = False) -> list[Stated]:
    """The ratios of new to old that a change in percent or times may mean; `either` when up or down is in doubt."""
    figure, wording = cited.figure, passage.wording
    stated = claim(figure, passage.lang)
    if figure.unit == "x":
        readings = [stated]
        if figure.direction == "down" and figure.value > 1:
            readings = [stated.map(lambda x: 1 / x)]
        if wording.starts("more", passage.after(cited)) or wording.ends("more", figure.text):
            readings.append(stated.map(lambda x: x + 1))
        return readings
    rise, fall = stated.map(lambda p: 1 + p / 100), stated.map(lambda p: 1 - p / 100)
    way = direction(passage, cited)
    if figure.role == "level" and not way:  # "70 billion against 132, or 53%"
        return [rise, fall, stated.map(lambda p: p / 100)]
    return {"up": [rise], "down": [fall]}.get("" if either else way or "", [rise, fall])


def direction(passage: Passage, cited: Cited) -> str | None:
    """Up or down, from the figure itself or the words of its clause; none where these do not agree."""
    around = passage.clause(cited) + " " + passage.after(cited)[:25]
    up, down = passage.wording.has("up", around), passage.wording.has("down", around)
    worded = None if up == down else ("up" if up else "down")
    own = cited.figure.direction
    return (own or worded) if worded in (None, own) or own is None else None


def _is_difference(figure: Figure, old: Figure) -> bool:
    points = figure.unit in ("percentage_point", "basis_point") and old.unit in _STEPS
    return points or (alike(figure, old) and figure.role == "by")


def _by_difference(passage: Passage, figure: Figure, pair: Pair, old: Stated, new: Stated) -> tuple[Verdict, str]:
    factor = _STEPS.get(pair.old.figure.unit or "", 1.0) / _STEPS.get(figure.unit or "", 1.0)
    gap = combine(lambda a, b: (b - a) * factor, old, new)
    stated = claim(figure, passage.lang)
    verdict = judge([stated, stated.map(lambda x: -x)], gap)
    return verdict, explain.quantity(passage.reader, abs(gap.value), figure)
