"""The organisations a figure is about: named in its sentence, or meant by "the company", "these four", "it"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from models.records import Figure, Metric
from nlp.figures.attribution import sources
from nlp.figures.clauses import clause, distance
from nlp.figures.grammar import Grammar, compile_list
from nlp.figures.quantity import Line, Quantity
from nlp.orgs import Mention, kind

COMPANY_METRICS = ("revenue", "profit", "market_cap", "valuation", "price_change", "capex", "debt", "investment")
SOURCES = (
    "media",
    "institution",
    "central",
    "consultancy",
    "bank",
    "investor",
    None,
)  # kinds whose voice is about others; a firm speaks of itself
NO_FOCUS = ("media", "institution", "central", "consultancy", "bank")  # kinds that a later "revenue rose" is not about
SHARE = 25  # characters after "5% of" that name the whole
REACH = 3  # sentences that names are remembered for "these four companies"
FORGET = 4  # sentences without its name after which a company is no longer meant
FIRST = 5  # characters before a name that opens its sentence
OPENING = 20  # characters within which a statement has its subject
COMPARED = re.compile(r"(?<!\w)(?:than|dan) $")  # "more than all four together"
AFTER = 1.5  # a name after the figure counts as this much further away


@dataclass
class Memory:
    """The organisations of the sentences before: named, sentence by sentence; the last one named; those spoken of."""

    named: list[list[str]] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    focus: list[str] = field(default_factory=list)
    age: int = 0

    def group(self, count: int | None) -> list[str]:
        """The last `count` organisations named, in order of mention; all of the last list when no count is given."""
        for sentences in range(1, REACH + 1):
            names = list(dict.fromkeys(n for s in self.named[-sentences:] for n in s))
            if len(names) >= (count or 2):
                return names[-count:] if count else names
        return []

    @property
    def spoken_of(self) -> list[str]:
        """The organisations that an unnamed subject means."""
        return self.focus if self.age < FORGET else []

    def note(self, names: list[str], focus: list[str], *, general: bool) -> None:
        """Remember a sentence; a `general` one, with figures about no one, ends what was spoken of."""
        self.named = [*self.named[-REACH:], names]
        self.last = names[-1:] or self.last
        if focus:
            self.focus, self.age = focus, 0
        elif general:
            self.focus = []
        else:
            self.age += 1


@dataclass(frozen=True)
class Actor:
    """Organisations that a sentence names, or means by a pronoun. `oblique`: after "than", "for", "to"."""

    names: tuple[str, ...]
    start: int
    end: int
    oblique: bool


class Cast:
    """Who a sentence speaks of. `named` are its mentions, `voices` those of them that only speak."""

    def __init__(self, line: Line, named: list[Mention], memory: Memory) -> None:
        self.line, self.memory = line, memory
        self.named = _distinct(named + _nicknames(line))
        self.voices = sources(line, self.named)
        self.group = _group(line, memory)

    @cached_property
    def actors(self) -> list[Actor]:
        """The possible subjects in order of place."""
        speaking = [
            m for m in self.named if kind(m.name) != "media" and not (m in self.voices and kind(m.name) in SOURCES)
        ]
        found = [Actor(names, a, b, _oblique(self.line, a)) for names, a, b in _lists(self.line, speaking)]
        return sorted(found + self._pronouns(), key=lambda a: a.start)

    def _pronouns(self) -> list[Actor]:
        own = _pattern(self.line.grammar, "own")
        meant = [(m, self.memory.last) for m in own.finditer(self.line.lower)]
        meant += [
            (m, self.memory.spoken_of)
            for key in ("pronouns", "it")
            for m in _pattern(self.line.grammar, key).finditer(self.line.lower)
        ]
        return [
            Actor(tuple(names), m.start(), m.end(), oblique=False) for m, names in meant if names and self._subject(m)
        ]

    def _subject(self, match: re.Match[str]) -> bool:
        """A pronoun is an actor when no name before it can be what it means; "they" only where a statement begins."""
        plural = match.group() in self.line.grammar.words["subjects"]["plural"]
        begins = (
            not plural
            or match.start() <= OPENING
            or any(0 <= match.start() - at <= OPENING for at, _ in self.line.breaks)
        )
        own_name = any(
            m.start < match.start() and not _oblique(self.line, m.start) for m in self.named if m not in self.voices
        )
        return begins and not own_name

    def subjects(self, quantity: Quantity, metric: Metric, *, company: bool) -> list[str]:
        """The organisations that one figure is about; `company`: a figure of the sentence has a company's metric."""
        if self.group:
            return self.group
        if self.actors:
            return list(dict.fromkeys(self._nearest(quantity, metric)))
        own_study = (
            metric == "other"
            and quantity.unit == "count"
            and len(self.named) == 1
            and self.named[0].start < self.line.tokens[quantity.start].start
        )
        if own_study and not self._general(quantity):
            return [self.named[0].name]
        return self.memory.spoken_of if company and not self._general(quantity) else []

    def _general(self, quantity: Quantity) -> bool:
        """The statement up to the figure, and what the figure is a share of, is about a market or everyone."""
        span = self.line.span(quantity)
        shared = SHARE if self.line.is_of(quantity.end) else 0
        start, _ = clause(self.line.breaks, span, wide=True)
        return _pattern(self.line.grammar, "whole").search(self.line.lower, start, span[1] + shared) is not None

    def _nearest(self, quantity: Quantity, metric: Metric) -> list[str]:
        span = self.line.span(quantity)
        cuts = self.line.boundaries
        given = [
            a
            for a in self.actors
            if a.start >= span[1] and _pattern(self.line.grammar, "given").fullmatch(self.line.lower[span[1] : a.start])
        ]
        if given and metric == "investment":
            before = [a for a in self.actors if a.end <= span[0] and not a.oblique]
            return [*(before[-1].names if before else ()), *given[0].names]
        if given:
            return list(given[0].names)
        direct = [a for a in self.actors if not a.oblique]
        if not direct and self.memory.spoken_of and not self._general(quantity):
            return self.memory.spoken_of
        if not direct and self._general(quantity):
            return []

        def away(actor: Actor) -> float:
            space = distance(cuts, (actor.start, actor.end), span)
            return space if actor.start < span[0] else space * AFTER

        return list(min(direct or self.actors, key=away).names)

    def remember(self, figures: Sequence[Figure]) -> None:
        """Pass the organisations of this sentence on to the next."""
        names = list(dict.fromkeys(m.name for m in self.named if kind(m.name) != "media"))
        direct = [a for a in self.actors if not a.oblique and not any(kind(n) in NO_FOCUS for n in a.names)]
        focus = self.group or (list(direct[0].names) if direct else [])
        self.memory.note(names, focus, general=bool(figures) and not any(f.subjects for f in figures))


def _distinct(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _lists(line: Line, named: list[Mention]) -> list[tuple[tuple[str, ...], int, int]]:
    """Names joined by commas and "and" are one actor: (names, start, end)."""
    runs: list[list[Mention]] = []
    previous: Mention | None = None
    for mention in named:
        if previous and _pattern(line.grammar, "list_gap").fullmatch(line.lower[previous.end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        previous = mention
    return [(tuple(dict.fromkeys(m.name for m in run)), run[0].start, run[-1].end) for run in runs]


def _oblique(line: Line, start: int) -> bool:
    if start <= FIRST:  # "At Amazon, the backlog …"
        return False
    return _oblique_pattern(line.grammar).search(line.lower[max(0, start - 24) : start]) is not None


@lru_cache(maxsize=4)
def _oblique_pattern(grammar: Grammar) -> re.Pattern[str]:
    words = "|".join(map(re.escape, grammar.words["subjects"]["oblique"]))
    return re.compile(rf"\b(?:{words}) (?:de |het |the |all of |een |a |\w+ )?$")


def _nicknames(line: Line) -> list[Mention]:
    names = line.grammar.words["subjects"]["nicknames"]
    return [Mention(names[m.group()], m.start(), m.end()) for m in _nickname_pattern(line.grammar).finditer(line.lower)]


def _group(line: Line, memory: Memory) -> list[str]:
    match = _pattern(line.grammar, "groups").search(line.lower)
    if not match or COMPARED.search(line.lower[: match.start()]):
        return []
    said = next((v for v in match.groupdict().values() if v), "")
    return memory.group(line.grammar.words["subjects"]["counts"].get(said))


@lru_cache(maxsize=4)
def _nickname_pattern(grammar: Grammar) -> re.Pattern[str]:
    return compile_list(re.escape(n) + r"\b" for n in grammar.words["subjects"]["nicknames"])


@lru_cache(maxsize=16)
def _pattern(grammar: Grammar, key: str) -> re.Pattern[str]:
    written = grammar.words["subjects"][key]
    if isinstance(written, str):
        return re.compile(written)
    return compile_list(rf"{p}(?!\w)" for p in written)
