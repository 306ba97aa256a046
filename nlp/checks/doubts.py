"""What keeps a plain statement on reported spending from being called wrong: it may be about less, more or other time
than it seems. Nothing here keeps a figure from being found right."""

import re
from itertools import pairwise

from nlp.checks.mentioned import Mention, mentions
from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Company
from nlp.checks.windows import in_months

_CLAUSE = re.compile(r"[,;:(–—]")
_NEAR = 14  # characters after an amount that may tell that it is a difference
_USUAL_END = 3  # quarters: the year ends with December
_ARTICLES = re.compile(r"\b(?:in|of|for|from|the|over|van|het|de|q)\b")


def is_asked(passage: Passage, cited: Cited) -> bool:
    """Whether the sentence of a figure, or the part that it stands in, is a question."""
    return "?" in passage.text(cited)


def is_another_amount(passage: Passage, cited: Cited) -> bool:
    """Whether an amount may be a difference, what had been spent at some point of the time that is named, one kind of
    spending, what is owned, or taken by another measure."""
    figure, wording = cited.figure, passage.wording
    if any(wording.has(name, passage.text(cited)) for name in ("running", "measure")) or _is_kind(passage, cited):
        return True
    after = _CLAUSE.split(passage.after(cited))[0][:_NEAR]
    return figure.role == "level" and (wording.has("step", passage.before(cited)) or wording.has("apart", after))


def _is_kind(passage: Passage, cited: Cited) -> bool:
    """Whether it may be a part ("US capital expenditure", "on buildings") or the worth of what the company owns."""
    wording, text = passage.wording, passage.text(cited)
    if wording.has("assets", text) and not wording.has("acquires", text):
        return True
    for found in reversed(wording.find("capex", text)):
        text = text[: found.start()] + "0" * len(found.group()) + text[found.end() :]
    return wording.has("kinds", text)


def is_another_time(passage: Passage, cited: Cited) -> bool:
    """Whether the times of a sentence are taken together ("in 2024 and 2025", "the third and fourth quarters"), one is
    only hinted at ("in the second"), or the one that is named belongs to the other end of the change."""
    named = mentions(passage, cited.figure.sentence)
    return has_bare_ordinal(passage, cited) or _are_joined(passage, cited, named) or _is_of_other_end(passage, cited)


def has_bare_ordinal(passage: Passage, cited: Cited) -> bool:
    """Whether a sentence has an ordinal without its quarter or half: "in the second", "the third and fourth"."""
    ordinals, terms = "|".join(passage.wording.ordinals), "|".join(passage.wording.texts["terms"].split())
    bare = rf"\b(?:{ordinals})\b(?!(?:[\s-](?!(?:and|or|en|of)\b)[\w-]+){{0,2}}[\s-](?:{terms}))"
    return re.search(bare, passage.text(cited).lower()) is not None


def is_yearless(passage: Passage, cited: Cited, period: str, firms: tuple[Company, ...]) -> bool:
    """Whether a time without its year is that of a company whose year is not the calendar's."""
    astray = any(c.year_end != _USUAL_END or c.astride for c in firms)
    return astray and not in_months(period) and period[:4] not in passage.text(cited)


def _are_joined(passage: Passage, cited: Cited, named: list[Mention]) -> bool:
    text = passage.text(cited).lower()
    for one, two in pairwise(sorted(named, key=lambda m: m.start)):
        gap = _ARTICLES.sub("", text[one.end : two.start]).strip(" ,")
        if one.end <= two.start and (not gap or (passage.wording.has("and", gap) and len(gap.split()) == 1)):
            return True
    return False


def _is_of_other_end(passage: Passage, cited: Cited) -> bool:
    """ "In 2025 from 52 billion to 91 billion": one time is named for two amounts, and each may have its own in it."""
    figure, row = cited.figure, passage.row(cited.figure.sentence)
    if not {"from", "to"} <= {c.figure.role for c in row if c.is_money} or len(mentions(passage, figure.sentence)) != 1:
        return False
    told = passage.wording.has("back_year", passage.text(cited))  # the start has "a year earlier"
    return figure.role == "from" or (figure.role == "to" and not told)
