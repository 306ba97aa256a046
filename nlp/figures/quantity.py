"""The thing that the readers of numbers, fractions, multiples and vague amounts make and the later steps complete."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from models.records import Direction, Qualifier, Role
from nlp.figures.clauses import BREAK, COMMA, COMMAS, clause_breaks
from nlp.figures.grammar import Grammar
from nlp.figures.tokens import Token

MILLION = 1e6
CLOSED_UNITS = ("percent", "percentage_point", "basis_point", "x", "W", "count")
Shape = Literal["number", "fraction", "multiple", "vague"]


@dataclass(frozen=True)
class Line:
    """A sentence as the steps see it: text, tokens, and both in lower case."""

    text: str
    tokens: list[Token]
    grammar: Grammar
    _matches: dict[re.Pattern[str], list[re.Match[str]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def matches(self, section: str, key: str) -> list[re.Match[str]]:
        """Where the sentence has the words of a list, found once for all its figures."""
        pattern = self.grammar.pattern(section, key)
        if pattern not in self._matches:
            self._matches[pattern] = list(pattern.finditer(self.lower))
        return self._matches[pattern]

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case."""
        return [t.lower for t in self.tokens]

    @cached_property
    def lower(self) -> str:
        """The text in lower case, of the same length as the text (so "İ" stays as it is)."""
        lower = self.text.lower()
        if len(lower) != len(self.text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        return lower.replace("’", "'")

    @cached_property
    def breaks(self) -> list[tuple[int, str]]:
        """(offset, word) of what parts the clauses of the sentence."""
        return [(m.start(), m.group()) for m in clause_breaks(self.grammar).finditer(self.lower)]

    @cached_property
    def boundaries(self) -> list[tuple[int, int]]:
        """(offset, cost in characters of distance) of the commas and breaks of the sentence, in order."""
        return sorted(
            [(m.start(), COMMA) for m in COMMAS.finditer(self.lower)] + [(at, BREAK) for at, _ in self.breaks]
        )

    def span(self, quantity: "Quantity") -> tuple[int, int]:
        """Where a quantity stands, qualifier included; characters, end exclusive."""
        return self.tokens[quantity.lead].start, self.tokens[quantity.end - 1].end

    def word(self, index: int) -> str:
        """The token at an index in lower case; empty outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def is_of(self, index: int) -> bool:
        """The token is "of", "van": what follows is the whole."""
        return self.word(index) in self.grammar.words["links"]["of"]

    def is_and(self, index: int) -> bool:
        """The token joins two amounts."""
        return self.word(index) in self.grammar.words["links"]["and"]

    def is_hyphen(self, index: int) -> bool:
        """The token is a hyphen or a short dash."""
        return self.word(index) in ("-", "‑", "–")

    def over_hyphen(self, index: int) -> int:
        """The index after a hyphen that joins two words without white space, else the same index."""
        joins = self.is_hyphen(index) and self.touches(index) and self.touches(index + 1)
        return index + 1 if joins else index

    def touches(self, index: int) -> bool:
        """No white space between this token and the one before it."""
        return 0 < index < len(self.tokens) and not self.tokens[index].spaced


@dataclass
class Quantity:
    """A number with what was found around it; token indices, `end` exclusive.

    `unit` is a unit of the codebook, "cent" for hundredths of an unnamed currency, or None while unknown.
    """

    start: int
    end: int
    value: float
    value_to: float | None = None
    unit: str | None = None
    shape: Shape = "number"
    scale: float = 1.0
    digits: bool = False
    lead: int = -1  # index of the first token of its qualifier, else `start`
    qualifier: Qualifier | None = None
    noun: str | None = None
    role: Role = "level"
    direction: Direction | None = None
    preposition: Literal["from", "to", "by"] | None = None
    between: bool = False
    partner: "Quantity | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.lead < 0:
            self.lead = self.start

    @property
    def bare(self) -> bool:
        """Neither unit nor a scale of a million or more."""
        return self.unit is None and self.scale < MILLION and self.shape == "number"

    @property
    def is_money(self) -> bool:
        """Money with a named currency."""
        return self.unit is not None and self.unit not in CLOSED_UNITS
