"""What an article's page shows: its sentences as strip, quotations and bars, or as whole marked text for the sample."""

from dataclasses import dataclass

from api.dashboard.charts.strip import Piece, likeliest, strength, strip
from models.answers import ArticleDetail, Bar, CitedFigure


@dataclass(frozen=True)
class Run:
    """A piece of a sentence; `figure` is the cited figure that it states, if any."""

    text: str
    figure: CitedFigure | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence as shown: in words, cut at its figures, when `runs` is not empty, else as a bar."""

    bar: Bar
    runs: list[Run]
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
class ArticleView:
    detail: ArticleDetail
    strip: list[Piece]
    sentences: list[Sentence]
    shares: dict[str, float]


def view(detail: ArticleDetail) -> ArticleView:
    """Prepare an article for its page."""
    return ArticleView(detail, strip(detail.sentences), sentences(detail), shares(detail.sentences))


def sentences(detail: ArticleDetail) -> list[Sentence]:
    """All sentences in order, in words where the answer has them. `paragraph` is true where a new paragraph begins."""
    shown, previous = [], 0
    for bar in detail.sentences:
        text = words(detail, bar)
        own = [figure for figure in detail.cited if figure.sentence == bar.number]
        between = detail.text[previous : bar.start] if detail.text else ""
        shown.append(Sentence(bar, runs(text, own) if text else [], "\n" in between))
        previous = bar.end
    return shown


def words(detail: ArticleDetail, bar: Bar) -> str | None:
    """A sentence's words: from the whole text where we have it, else its quotation."""
    return detail.text[bar.start : bar.end] if detail.text else bar.text


def runs(text: str, figures: list[CitedFigure]) -> list[Run]:
    """Cut a sentence at its figures; a figure that does not stand where it should is left unmarked."""
    cut, at = [], 0
    for figure in sorted(figures, key=lambda figure: figure.start):
        start, end = figure.start, figure.end
        if start < at or text[start:end] != figure.text:
            continue
        cut += [Run(text[at:start]), Run(text[start:end], figure)]
        at = end
    return [run for run in [*cut, Run(text[at:])] if run.text]


def shares(bars: list[Bar]) -> dict[str, float]:
    """The share of sentences per stance; empty when none was scored."""
    scored = [bar.stance for bar in bars if bar.stance]
    return {stance: scored.count(stance) / len(scored) for stance in ("hype", "neutral", "caution")} if scored else {}
