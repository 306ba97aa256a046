"""Parts and their sum, a whole and what is left of it, a count times a unit, the middle of a range."""

from collections.abc import Iterator

from models.records import Check, Figure
from nlp.checks import explain
from nlp.checks.passage import Cited, Finding, Passage, alike
from nlp.checks.tolerance import claim, combine, exact, judge, operand, total
from nlp.checks.wording import words

_NEAR = 30  # characters in which a word like "in all" belongs to an amount
_ITEM = 5  # words of an item in a list of amounts
_SHARES = {"percent", "percentage_point", "basis_point", "x"}


def sums(passage: Passage) -> Iterator[Finding]:
    """Checks of totals, remainders, products and midpoints."""
    for sentence in sorted(passage.rows):
        for cited in passage.row(sentence):
            if cited.figure.denied or (cited.figure.unit in _SHARES and not _middle_cue(passage, cited)):
                continue
            check = (
                _middle(passage, cited)
                or _product(passage, cited)
                or _remainder(passage, cited)
                or _sum(passage, cited)
            )
            if check:
                yield cited, check


def parts_of(passage: Passage, whole: Cited) -> list[Cited]:
    """The amounts that a total adds up: before it in its sentence, else in the sentence before, else after it."""
    here = whole.figure.sentence
    kin = [c for c in passage.row(here) if c is not whole and _addable(c.figure, whole.figure)]
    earlier = [c for c in kin if c.figure.start < whole.figure.start]
    if len(earlier) > 1:
        return earlier
    before = [c for c in passage.row(here - 1) if _addable(c.figure, whole.figure)]
    if not kin and len(before) == 1:
        before = _listed(passage, whole)
    if not kin and len(before) > 1:
        return before
    return kin if not earlier and len(kin) > 1 else []


def _listed(passage: Passage, whole: Cited) -> list[Cited]:
    """Parts with a short sentence each, right before the total, as in a list."""
    parts: list[Cited] = []
    for sentence in range(whole.figure.sentence - 1, -1, -1):
        row = passage.row(sentence)
        short = len(words(passage.sentences[sentence])) <= _ITEM
        if not short or len(row) != 1 or not _addable(row[0].figure, whole.figure):
            break
        parts.insert(0, row[0])
    return parts


def is_total(passage: Passage, cited: Cited) -> bool:
    """Whether a word like "in all" or "samen" stands with the amount."""
    clause, after = passage.clause(cited)[-2 * _NEAR :], passage.after(cited)[:_NEAR]
    return passage.wording.has("total", clause) or passage.wording.has("total", _to_comma(after))


def _addable(part: Figure, whole: Figure) -> bool:
    return alike(part, whole) and part.value_to is None and part.role == "level" and part.value > 0


def _sum(passage: Passage, cited: Cited) -> Check | None:
    parts = parts_of(passage, cited)
    if not parts or not is_total(passage, cited):
        return None
    lang, figure = passage.lang, cited.figure
    actual = total(operand(p.figure, lang) for p in parts)
    verdict = judge([claim(figure, lang)], actual)
    if verdict != "consistent" and not _enumerated(passage, cited, parts):
        return None
    unit = next((f.unit for f in (figure, *(p.figure for p in parts)) if f.unit), None)
    whole, *rest = (f.model_copy(update={"unit": unit}) for f in (figure, *(p.figure for p in parts)))
    named = [explain.quantity(passage.reader, f.value, f) for f in rest]
    return explain.arithmetic(
        passage.reader, verdict, "sum", figure, [p.figure for p in parts],
        parts=explain.listing(passage.reader, named), actual=explain.quantity(passage.reader, actual.value, whole),
    )  # fmt: skip


def _enumerated(passage: Passage, whole: Cited, parts: list[Cited]) -> bool:
    """Whether the text adds up these parts and no others."""
    wording, sentence = passage.wording, passage.text(whole)
    last = max(parts, key=lambda p: p.figure.start)
    listed = passage.text(last)[: last.figure.end + _NEAR]
    if last.figure.sentence == whole.figure.sentence:
        listed = sentence[: last.figure.end]
    clause = passage.clause(whole)
    aside = wording.has("partial", listed + " " + sentence) or wording.has("contrast", clause)
    counted = wording.numbers(clause) - {len(parts)}
    aside = aside or _has_unsaid(passage, whole, parts) or wording.starts("along", passage.after(whole))
    return not aside and not counted and wording.is_light(clause, known=f"{listed} {wording.texts['spent']}")


def _has_unsaid(passage: Passage, whole: Cited, parts: list[Cited]) -> bool:
    """Whether a part is told by comparison: "12 million, 8 million and twice as much, 36 million in total"."""
    first = min((p.figure.sentence, p.figure.start) for p in parts)
    last = max((c.figure.sentence, c.figure.start) for c in (whole, *parts))
    row = (c for s in range(first[0], last[0] + 1) for c in passage.row(s) if c.figure.unit in _SHARES)
    return any(first < (c.figure.sentence, c.figure.start) < last for c in row)


def _remainder(passage: Passage, cited: Cited) -> Check | None:
    """The rest of a whole after one part: "van de 10 miljard is 4 miljard geleend, de overige 6 miljard niet"."""
    wording, lang = passage.wording, passage.lang
    if not wording.has("rest", passage.before(cited)[-_NEAR:]):
        return None
    kin = [c for c in passage.row(cited.figure.sentence) if c is not cited and _addable(c.figure, cited.figure)]
    if len(kin) != 2 or any(c.figure.start > cited.figure.start for c in kin):  # noqa: PLR2004
        return None
    whole, part = kin if kin[0].figure.value > kin[1].figure.value else (kin[1], kin[0])
    actual = combine(lambda a, b: a - b, operand(whole.figure, lang), operand(part.figure, lang))
    verdict = judge([claim(cited.figure, lang)], actual)
    if verdict != "consistent" and (
        not wording.ends("base", passage.before(whole)) or wording.has("partial", passage.text(cited))
    ):
        return None
    return explain.arithmetic(
        passage.reader, verdict, "rest", cited.figure, [whole.figure, part.figure],
        whole=explain.quantity(passage.reader, whole.figure.value, whole.figure),
        part=explain.quantity(passage.reader, part.figure.value, part.figure),
        actual=explain.quantity(passage.reader, actual.value, cited.figure),
    )  # fmt: skip


def _product(passage: Passage, cited: Cited) -> Check | None:
    """So many things of so much each: "500 racks of 40 kW each need 20 MW"."""
    found = _factors(passage, cited)
    if found is None:
        return None
    count, unit = found
    wording, lang = passage.wording, passage.lang
    actual = combine(lambda a, b: a * b, operand(count.figure, lang), operand(unit.figure, lang))
    verdict = judge([claim(cited.figure, lang)], actual)
    gap = passage.text(cited)[: cited.figure.end + _NEAR]
    if verdict != "consistent" and (not wording.has("therefore", gap) or wording.has("contrast", gap)):
        return None
    return explain.arithmetic(
        passage.reader, verdict, "product", cited.figure, [count.figure, unit.figure],
        count=explain.quantity(passage.reader, count.figure.value, count.figure),
        unit=explain.quantity(passage.reader, unit.figure.value, unit.figure),
        actual=explain.quantity(passage.reader, actual.value, cited.figure),
    )  # fmt: skip


def _factors(passage: Passage, cited: Cited) -> tuple[Cited, Cited] | None:
    row = [c for c in passage.row(cited.figure.sentence) if c.figure.start < cited.figure.start]
    if not passage.wording.has("each", passage.text(cited)[: cited.figure.start]):
        return None
    units = [c for c in row if _addable(c.figure, cited.figure)]
    counts = [c for c in row if c.figure.unit == "count" and c.figure.value_to is None and c not in units]
    return (counts[0], units[0]) if len(counts) == len(units) == 1 else None


def _middle_cue(passage: Passage, cited: Cited) -> bool:
    return passage.wording.has("middle", passage.before(cited)[-_NEAR:])


def _middle(passage: Passage, cited: Cited) -> Check | None:
    if cited.figure.value_to is not None or cited.figure.role == "by" or not _middle_cue(passage, cited):
        return None
    here = cited.figure.sentence
    ranges = [
        c.figure
        for c in (*passage.row(here - 1), *passage.row(here))
        if c.figure.value_to is not None and alike(c.figure, cited.figure)
        and (c.figure.sentence < here or c.figure.start < cited.figure.start)
    ]  # fmt: skip
    if len(ranges) != 1:
        return None
    lang, span = passage.lang, ranges[0]
    low, high = span.value, span.value_to or span.value
    actual = exact((low + high) / 2)
    verdict = judge([claim(cited.figure, lang)], actual)
    return explain.arithmetic(
        passage.reader, verdict, "middle", cited.figure, [span],
        **{"from": explain.quantity(passage.reader, low, span), "to": explain.quantity(passage.reader, high, span)},
        actual=explain.quantity(passage.reader, actual.value, cited.figure),
    )  # fmt: skip


def _to_comma(text: str) -> str:
    return text.split(",", maxsplit=1)[0].split(".", maxsplit=1)[0]
