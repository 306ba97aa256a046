"""The figures of an article in their places, and the text around and between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import isfinite

from models.records import Check, Figure
from nlp.checks.wording import Wording
from nlp.orgs import mentions
from nlp.sentences import Sentence

_PART = re.compile(r"[.;:]\s")
_CURRENCY = re.compile(r"[A-Z]{3}$")
_BREAK = re.compile(r"[,;:()–—]\s|\s[–—-]\s|[“”\"]")


@dataclass(frozen=True, eq=False)
class Cited:
    """A figure and its place in the list that came in."""

    index: int
    figure: Figure

    @property
    def is_money(self) -> bool:
        return self.figure.unit is not None and _CURRENCY.match(self.figure.unit) is not None


Finding = tuple[Cited, Check]


@dataclass(frozen=True)
class Passage:
    """Sentences and figures of an article with the wording of its language and of the one who reads the verdicts.

    `published` is the last day it can be.
    """

    sentences: Sequence[str]
    wording: Wording
    reader: Wording
    published: date | None = None
    rows: dict[int, list[Cited]] = field(default_factory=dict)
    opens: frozenset[int] = frozenset()  # sentences that open a paragraph

    @classmethod
    def of(
        cls,
        figures: Sequence[Figure],
        sentences: Sequence[Sentence],
        wording: Wording,
        published: date | None,
        reader: Wording | None = None,
    ) -> "Passage":
        """The passage, without figures that point outside the text or have no finite value."""
        rows: dict[int, list[Cited]] = {}
        for index, figure in enumerate(figures):
            if 0 <= figure.sentence < len(sentences) and isfinite(figure.value) and isfinite(figure.value_to or 0):
                rows.setdefault(figure.sentence, []).append(Cited(index, figure))
        for row in rows.values():
            row.sort(key=lambda c: (c.figure.start, c.figure.end))
        opens = frozenset(i + 1 for i, (a, b) in enumerate(pairwise(sentences)) if b.start - a.end > 1)
        return cls([s.text for s in sentences], wording, reader or wording, published, rows, opens)

    @property
    def lang(self) -> str:
        return self.wording.lang

    def row(self, sentence: int) -> list[Cited]:
        """The figures of a sentence in order."""
        return self.rows.get(sentence, [])

    def names(self, sentence: int) -> set[str]:
        """The organisations that a sentence names."""
        return {m.name for m in mentions(self.sentences[sentence])}

    def text(self, cited: Cited) -> str:
        """The sentence of a figure."""
        return self.sentences[cited.figure.sentence]

    def before(self, cited: Cited) -> str:
        """The sentence up to the figure."""
        return self.text(cited)[: cited.figure.start]

    def after(self, cited: Cited) -> str:
        """The sentence from the figure on."""
        return self.text(cited)[cited.figure.end :]

    def between(self, first: Cited, second: Cited) -> str:
        """The text from one figure to a later one of the same sentence."""
        return self.text(first)[first.figure.end : second.figure.start]

    def sentence_part(self, cited: Cited) -> str:
        """The stretch of the sentence around the figure, from the last to the next semicolon or full stop."""
        text, start, end = self.text(cited), cited.figure.start, cited.figure.end
        return _PART.split(text[:start])[-1] + text[start:end] + _PART.split(text[end:])[0]

    def clause(self, cited: Cited, since: int = 0) -> str:
        """What leads up to the figure in its clause, from the last comma, dash or bracket (or from `since`)."""
        return _BREAK.split(self.text(cited)[since : cited.figure.start])[-1]


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one kind, so that adding or dividing them makes sense."""
    if one.unit != other.unit:
        return (one.unit is None and other.unit not in _RATIOS) or (other.unit is None and one.unit not in _RATIOS)
    return one.unit != "count" or one.noun is None or other.noun is None or one.noun.lower() == other.noun.lower()


_RATIOS = {"percent", "percentage_point", "basis_point", "x", "count", "W"}
