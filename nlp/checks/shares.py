"""A share against the part and the whole that it is taken from: "240 of the 1,200 projects, one in five"."""

from collections.abc import Iterator
from itertools import combinations

from models.records import Check, Figure
from nlp.checks import explain
from nlp.checks.passage import Cited, Finding, Passage, alike
from nlp.checks.sums import is_total, parts_of
from nlp.checks.tolerance import Stated, claim, combine, judge, operand, total
from nlp.checks.wording import words

_SHORT = 3  # letters of words too common to tell one part from another
_MOST_PARTS = 6


def shares(passage: Passage) -> Iterator[Finding]:
    """Checks of percentages and fractions of an amount, within a sentence or of a total just before it."""
    for sentence in sorted(passage.rows):
        for cited in passage.row(sentence):
            figure = cited.figure
            if figure.unit != "percent" or figure.denied or figure.role in ("from", "to") or not figure.value > 0:
                continue
            found = _in_sentence(passage, cited) or _of_total(passage, cited)
            if found:
                yield found


def _in_sentence(passage: Passage, share: Cited) -> Finding | None:
    """A part, a whole and their share in one sentence; the figure that comes last is the one that is checked."""
    amounts = _amounts(passage, share)
    if amounts is None:
        return None
    part, whole = amounts
    stated = max((share, part), key=lambda c: c.figure.start)
    single = not any(c is not share and c.figure.unit == "percent" for c in passage.row(share.figure.sentence))
    tied = single and share.figure.role != "by" and _tied(passage, share, part, whole, stated)  # no "60% less than"
    used = (part, whole) if stated is share else (share, whole)
    lang = passage.lang
    if stated is share:
        actual = combine(lambda a, b: 100 * a / b, operand(part.figure, lang), operand(whole.figure, lang))
        verdict = judge([claim(share.figure, lang)], actual)
    else:
        actual = combine(lambda a, b: a * b / 100, operand(share.figure, lang), operand(whole.figure, lang))
        verdict = judge([claim(part.figure, lang)], actual)
    if verdict != "consistent" and not tied:
        return None
    names = {"part": part, "whole": whole} if stated is share else {"share": share, "whole": whole}
    return stated, explain.arithmetic(
        passage.reader, verdict, "share" if stated is share else "part", stated.figure, [c.figure for c in used],
        actual=explain.quantity(passage.reader, actual.value, stated.figure),
        **{k: explain.quantity(passage.reader, c.figure.value, c.figure) for k, c in names.items()},
    )  # fmt: skip


def _amounts(passage: Passage, share: Cited) -> tuple[Cited, Cited] | None:
    """Part and whole: the only two like amounts of the sentence, the whole being the one after "of"."""
    here = share.figure.sentence
    row = [c for c in passage.row(here) if c is not share and _divisible(c.figure)]
    if len(row) == 1 and passage.wording.starts("of_it", passage.sentences[here]):  # "60 million. Of that 45 is spent"
        before = [c for c in passage.row(here - 1) if _divisible(c.figure)]
        same = len(before) == 1 and here not in passage.opens and _comparable(before[0].figure, row[0].figure)
        return (row[0], before[0]) if same and row[0].figure.value <= before[0].figure.value else None
    if len(row) != 2 or not _comparable(row[0].figure, row[1].figure):  # noqa: PLR2004
        return None
    wholes = [c for c in row if passage.wording.ends("base", passage.before(c))]
    if not wholes and _points_back(passage, share, row[1]):
        wholes = [row[0]]
    if len(wholes) != 1:
        return None
    part = row[1] if wholes[0] is row[0] else row[0]
    return (part, wholes[0]) if part.figure.value <= wholes[0].figure.value else None


def _points_back(passage: Passage, share: Cited, part: Cited) -> bool:
    """ "640 applications and 160 of them, or a quarter", "97 miljard, en 35 miljard was meer dan de helft daarvan"."""
    last = share.figure.start > part.figure.start
    return last and any(passage.wording.starts("of_it", passage.after(c)) for c in (part, share))


def _divisible(figure: Figure) -> bool:
    return (
        figure.unit not in ("percent", "percentage_point", "basis_point", "x")
        and figure.value > 0
        and figure.value_to is None
    )


def _comparable(one: Figure, other: Figure) -> bool:
    return alike(one, other) or one.unit == other.unit == "count"


def _tied(passage: Passage, share: Cited, part: Cited, whole: Cited, stated: Cited) -> bool:
    """Whether the words say that this is the share of that whole: an apposition, or "40% of the 2bn"."""
    wording = passage.wording
    if whole.figure.sentence != share.figure.sentence:
        ended = wording.starts("whole", passage.after(share)) or not words(passage.after(share))
        return stated is share and ended and wording.is_light(passage.clause(share))
    last = max((share, part, whole), key=lambda c: c.figure.start)
    if wording.has("contrast", passage.text(share)) or wording.has("partial", passage.text(share)):
        return False
    if last is whole:  # "$3bn, or 30% of its $10bn budget"
        return wording.is_light(passage.between(share, whole)) and wording.is_light(passage.clause(stated))
    direct = share.figure.start < whole.figure.start
    if direct and not wording.is_light(passage.between(share, whole)):
        return False
    points_back = wording.starts("of_it", passage.after(stated))
    if wording.starts("base", passage.after(stated)) and not points_back:
        return False
    clause = passage.clause(stated, since=part.figure.end if points_back else 0)
    return wording.is_light(clause, known=wording.texts["holding"])


def _of_total(passage: Passage, share: Cited) -> Finding | None:
    """A share of a total that was added up just before: one part, those that the sentence names, or several."""
    here = share.figure.sentence
    wholes = [c for s in (here, here - 1) for c in passage.row(s) if is_total(passage, c) and parts_of(passage, c)]
    wholes = [c for c in wholes if c.figure.sentence < here or c.figure.start < share.figure.start]
    if not wholes or len(parts_of(passage, wholes[0])) > _MOST_PARTS:
        return None
    whole = wholes[0]
    parts = parts_of(passage, whole)
    named = [p for p in parts if _is_named(passage, p, parts, passage.before(share))]
    groups = [named] if named else [list(g) for n in range(1, len(parts)) for g in combinations(parts, n)]
    return next((f for g in groups for f in [_of_group(passage, share, g, whole, sure=bool(named))] if f), None)


def _of_group(passage: Passage, share: Cited, group: list[Cited], whole: Cited, *, sure: bool) -> Finding | None:
    lang, wording = passage.lang, passage.wording
    part: Stated = total(operand(p.figure, lang) for p in group)
    actual = combine(lambda a, b: 100 * a / b, part, operand(whole.figure, lang))
    verdict = judge([claim(share.figure, lang)], actual)
    if verdict != "consistent" and not (sure and wording.starts("whole", passage.after(share))):
        return None
    check: Check = explain.arithmetic(
        passage.reader, verdict, "share", share.figure, [*(p.figure for p in group), whole.figure],
        part=explain.quantity(passage.reader, part.value, whole.figure),
        whole=explain.quantity(passage.reader, whole.figure.value, whole.figure),
        actual=explain.quantity(passage.reader, actual.value, share.figure),
    )  # fmt: skip
    return share, check


def _is_named(passage: Passage, part: Cited, parts: list[Cited], text: str) -> bool:
    """Whether the text repeats a word that belongs to this part."""
    row = sorted(parts, key=lambda p: p.figure.start)
    place = row.index(part)
    after = passage.after(part)
    if place + 1 < len(row):
        after = passage.between(part, row[place + 1])
    own = {w for w in words(after.split(",")[0]) if len(w) > _SHORT}
    return bool(own & set(words(text)))
