"""Cited figures: finding the quantities of an article and reading what each is about.

A sentence goes through the steps in this order: tokens, numbers and forms (`spans`), then `roles`, `period`, `metric`,
`modality`, `subjects`, `attribution`. The words of each language are in `nlp/languages/<lang>.toml`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from models.records import Figure, Metric, Modality
from nlp.figures.attribution import speaker
from nlp.figures.grammar import Grammar, grammar
from nlp.figures.metric import set_metrics
from nlp.figures.modality import denied, set_modalities
from nlp.figures.numbers import number_word
from nlp.figures.period import set_period, times
from nlp.figures.quantity import Line, Quantity
from nlp.figures.roles import set_roles
from nlp.figures.spans import find
from nlp.figures.subjects import COMPANY_METRICS, Cast, Memory
from nlp.figures.tokens import tokenise
from nlp.orgs import mentions, ticker
from nlp.sentences import Sentence

__all__ = ["read_figures"]


def read_figures(sentences: Sequence[Sentence], lang: str, published: str | None) -> list[Figure]:
    """The figures of an article in order of place; `lang` is "nl" or "en", another language has none.

    `start` and `end` are relative to the figure's own sentence, `sentence` is its index, `checks` is empty.
    """
    if lang not in ("nl", "en"):
        return []
    words, found, memory, metric = grammar(lang), list[Figure](), Memory(), None
    texts = [s.text for s in sentences]
    candidates = [bool(text) and hints(words).search(text.lower()) is not None for text in texts]
    tokens = iter(tokenise([t for t, c in zip(texts, candidates, strict=True) if c], lang))
    for index, text in enumerate(texts):
        line = Line(text, next(tokens) if candidates[index] else [], words)
        made = Cast(line, mentions(text), memory)
        figures = _read(line, index, made, published, metric)
        metric = next((f.metric for f in reversed(figures) if f.metric != "other"), metric)
        found += figures
        made.remember(figures)
    return found


def _read(line: Line, index: int, made: Cast, published: str | None, earlier: Metric | None) -> list[Figure]:
    found = find(line)
    if not found:
        return []
    set_roles(line, found)
    metrics = set_metrics(line, found, earlier)
    named, voice = times(line, published), speaker(line, made.named)
    periods = [set_period(line, q, named, found) for q in found]
    modes = set_modalities(line, found, periods, published)
    company = any(m in COMPANY_METRICS for m in metrics)
    subjects = [made.subjects(q, m, company=company) for q, m in zip(found, metrics, strict=True)]
    metrics = [_listed(line, m, s) for m, s in zip(metrics, subjects, strict=True)]
    rows = zip(found, metrics, periods, modes, subjects, strict=True)
    return [_figure(line, index, *row, voice) for row in rows]


def _listed(line: Line, metric: Metric, subjects: list[str]) -> Metric:
    """What a company is "worth" is its market value when it is listed."""
    worth = metric == "valuation" and line.grammar.pattern("metric", "worth").search(line.lower)
    named = line.grammar.pattern("metric", "valuation").search(line.lower)
    return "market_cap" if worth and not named and subjects and all(ticker(s) for s in subjects) else metric


def _figure(
    line: Line, index: int, q: Quantity, metric: Metric, period: str | None, mode: Modality, subjects: list[str], voice: str | None
) -> Figure:
    start, end = line.span(q)
    return Figure(
        text=line.text[start:end], start=start, end=end, sentence=index, value=q.value, value_to=q.value_to, unit=q.unit,
        noun=q.noun, qualifier=q.qualifier, direction=q.direction, period=period, role=q.role, metric=metric,
        subjects=subjects, modality=mode, attribution=voice, denied=denied(line, q),
    )  # fmt: skip


@lru_cache(maxsize=4)
def hints(words: Grammar) -> re.Pattern[str]:
    """What a sentence must hold to be worth cutting into tokens: a digit, or a word that numbers are written with."""
    stems = [
        *words.words["scales"], *words.words["vague"]["open"], *words.words["fractions"]["written"], *words.words["multiples"]["words"],
        *words.words["multiples"]["nouns"], *words.words["multiples"]["adverbs"], *words.words["numbers"]["halves"], *words.words["fractions"]["halves_of"],
        *words.words["fractions"]["parts"],
    ]  # fmt: skip
    return re.compile(rf"[0-9½⅓⅔¼¾⅛⅜⅝⅞]|{'|'.join(s for s in stems if len(s) > 3)}|(?<!\w)(?:{number_word(words).pattern})(?!\w)")
