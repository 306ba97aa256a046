"""Cited figures: finding the quantities of an article and reading what each is about.

A sentence goes through the steps in this order: tokens, numbers and forms (`spans`), then `roles`, `period`, `metric`,
`modality`, `subjects`, `attribution`. The words of each language are in `nlp/languages/<lang>.toml`.
"""

from collections.abc import Iterator, Sequence

from models.records import Figure, Metric, Modality
from nlp.figures.attribution import speaker
from nlp.figures.clauses import clause
from nlp.figures.grammar import grammar
from nlp.figures.hints import may_hold_figure
from nlp.figures.metric import set_metrics
from nlp.figures.modality import denied, set_modalities
from nlp.figures.period import set_periods, times
from nlp.figures.quantity import Line, Quantity
from nlp.figures.roles import set_roles
from nlp.figures.spans import find
from nlp.figures.subjects import COMPANY_METRICS, Cast, Memory
from nlp.figures.tokens import tokenise
from nlp.orgs import kind, mentions, ticker
from nlp.sentences import Sentence

__all__ = ["read_figures"]

LONGEST = 800  # characters that a sentence may have


def read_figures(sentences: Sequence[Sentence], lang: str, published: str | None) -> list[Figure]:
    """The figures of an article in order of place; `lang` is "nl" or "en", another language has none.

    `start` and `end` are relative to the figure's own sentence, `sentence` is its index, `checks` is empty.
    """
    if lang not in ("nl", "en"):
        return []
    words, found, memory, metric = grammar(lang), list[Figure](), Memory(), None
    pieces = [piece for index, sentence in enumerate(sentences) for piece in _pieces(index, sentence.text)]
    hopeful = [may_hold_figure(text, words) for _, _, text in pieces]
    tokens = iter(tokenise([text for (_, _, text), hope in zip(pieces, hopeful, strict=True) if hope], lang))
    for (index, offset, text), hope in zip(pieces, hopeful, strict=True):
        line = Line(text, next(tokens) if hope else [], words)
        made = Cast(line, mentions(text), memory)
        figures = _read(line, made, published, metric)
        metric = next((f.metric for f in reversed(figures) if f.metric != "other"), metric)
        made.remember(figures)
        found += [_placed(f, index, offset) for f in figures]
    return found


def _pieces(index: int, text: str) -> Iterator[tuple[int, int, str]]:
    """(index, offset, text) of a sentence; one too long to be a sentence (a table, a list) is cut at white space,
    so that the time taken grows with the length only."""
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
        yield index, start, text[start:end]
        start = end
    yield index, start, text[start:]


def _placed(figure: Figure, index: int, offset: int) -> Figure:
    if offset == index == 0:
        return figure
    figure.sentence, figure.start, figure.end = index, figure.start + offset, figure.end + offset
    return figure


def _read(line: Line, made: Cast, published: str | None, earlier: Metric | None) -> list[Figure]:
    found = find(line)
    if not found:
        return []
    set_roles(line, found)
    metrics = set_metrics(line, found, earlier)
    named, voice = times(line, published), speaker(line, made.named)
    periods = set_periods(line, found, named)
    modes = set_modalities(line, found, periods, published)
    company = any(m in COMPANY_METRICS for m in metrics)
    subjects = [made.subjects(q, m, company=company) for q, m in zip(found, metrics, strict=True)]
    metrics = [_listed(line, m, s) for m, s in zip(metrics, subjects, strict=True)]
    plans = zip(found, modes, metrics, subjects, strict=True)
    modes = [_own_plan(line, q, mode, metric, s, voice) for q, mode, metric, s in plans]
    rows = zip(found, metrics, periods, modes, subjects, strict=True)
    return [_figure(line, *row, voice) for row in rows]


def _own_plan(
    line: Line, q: Quantity, mode: Modality, metric: Metric, subjects: list[str], voice: str | None
) -> Modality:
    """What a company is to spend is its plan when it says so or nobody does, and a forecast when another firm does."""
    if mode not in ("planned", "forecast") or metric not in ("capex", "investment") or not subjects:
        return mode
    if voice is None or voice in subjects:
        return "planned"
    expected = line.grammar.pattern("modality", "forecast").search(line.lower, *clause(line.breaks, line.span(q)))
    return "forecast" if expected and kind(voice) else mode


def _listed(line: Line, metric: Metric, subjects: list[str]) -> Metric:
    """What a company is "worth" is its market value when it is listed."""
    worth = metric == "valuation" and line.grammar.pattern("metric", "worth").search(line.lower)
    named = line.grammar.pattern("metric", "valuation").search(line.lower)
    return "market_cap" if worth and not named and subjects and all(ticker(s) for s in subjects) else metric


def _figure(
    line: Line,
    q: Quantity,
    metric: Metric,
    period: str | None,
    mode: Modality,
    subjects: list[str],
    voice: str | None,
) -> Figure:
    start, end = line.span(q)
    return Figure(
        text=line.text[start:end], start=start, end=end, sentence=0, value=q.value, value_to=q.value_to,
        unit=q.unit, noun=q.noun, qualifier=q.qualifier, direction=q.direction, period=period, role=q.role,
        metric=metric, subjects=subjects, modality=mode, attribution=voice, denied=denied(line, q),
    )  # fmt: skip
