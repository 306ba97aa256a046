"""What an article's page shows: its sentences as a strip, as quotations and bars, or as whole marked text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.dashboard.charts.strip import Piece, likeliest, strength, strip
from models.answers import ArticleDetail, Bar, CitedFigure
from models.records import Analysis, Figure

AnyFigure = TypeVar("AnyFigure", bound=Figure)


@dataclass(frozen=True)
class Run(Generic[AnyFigure]):
    """A piece of a sentence; `figure` is the cited figure that it states, if any."""

    text: str
    figure: AnyFigure | None = None


@dataclass(frozen=True)
class Sentence(Generic[AnyFigure]):
    """A sentence as shown: in words, cut at its figures, when `runs` is not empty, else as a bar."""

    bar: Bar
    runs: list[Run[AnyFigure]]
    paragraph: bool

    @property
    def chance(self) -> float | None:
        return likeliest(self.bar)

    @property
    def strength(self) -> int:
        return strength(self.bar)

    @property
    def length(self) -> int:
        return self.bar.end - self.bar.start


@dataclass(frozen=True)
class Reading(Generic[AnyFigure]):
    """An article as read: `whole` when every sentence is in words; `shares` of its sentences per stance."""

    strip: list[Piece]
    sentences: list[Sentence[AnyFigure]]
    shares: dict[str, float]
    whole: bool


def of_article(detail: ArticleDetail) -> Reading[CitedFigure]:
    """A stored article; its whole text only where the answer has it and it is the version that was read."""
    current = detail.reading is not None and detail.reading.version == detail.version
    return _reading(detail.sentences, detail.text if current else None, detail.cited)


def of_analysis(analysis: Analysis, text: str) -> Reading[Figure]:
    """A text that the reader gave, with its own analysis."""
    bars = [Bar(number=number, **score.model_dump()) for number, score in enumerate(analysis.sentences)]
    return _reading(bars, text, analysis.figures)


def _reading(bars: list[Bar], text: str | None, figures: Sequence[AnyFigure]) -> Reading[AnyFigure]:
    return Reading(strip(bars), _sentences(bars, text, figures), shares(bars), whole=text is not None)


def _sentences(bars: list[Bar], text: str | None, figures: Sequence[AnyFigure]) -> list[Sentence[AnyFigure]]:
    shown: list[Sentence[AnyFigure]] = []
    previous = 0
    for bar in bars:
        words = text[bar.start : bar.end] if text else bar.text
        own = [figure for figure in figures if bar.start <= figure.start < bar.end]
        between = text[previous : bar.start] if text else ""
        shown.append(Sentence(bar, runs(words, bar.start, own) if words else [], "\n" in between))
        previous = bar.end
    return shown


def runs(words: str, offset: int, figures: Sequence[AnyFigure]) -> list[Run[AnyFigure]]:
    """Cut a sentence that begins at `offset` at its figures; one that does not stand where it should stays unmarked."""
    cut: list[Run[AnyFigure]] = []
    at = 0
    for figure in sorted(figures, key=lambda figure: figure.start):
        start, end = figure.start - offset, figure.end - offset
        if start < at or words[start:end] != figure.text:
            continue
        cut += [Run(words[at:start]), Run(words[start:end], figure)]
        at = end
    return [run for run in [*cut, Run(words[at:])] if run.text]


def shares(bars: list[Bar]) -> dict[str, float]:
    """The share of sentences per stance; empty when none was scored."""
    scored = [bar.stance for bar in bars if bar.stance]
    return {stance: scored.count(stance) / len(scored) for stance in ("hype", "neutral", "caution")} if scored else {}
