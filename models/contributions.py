"""What each sentence, and the title, adds to the net stance of its article: Σ v·(h - c) / Σ v·(1 - n/2) taken apart."""

from collections.abc import Iterable, Sequence
from math import fsum

from models.tables import Score, SentenceRow

HEADLINE, LEAD, BODY = 2.0, 1.5, 1.0  # as in nlp/article.py, which knows nothing of what is stored
LEADS = 2
NEUTRAL = 0.5

Probabilities = tuple[float, float, float]  # hype, caution, neutral


def sentence_parts(
    sentences: Sequence[Probabilities], title: Probabilities | None, net: float, level: float = 0.0
) -> tuple[list[float], float]:
    """What each sentence, and the title, adds to `net - level` of an article.

    The title's part is the rest, so that nothing is lost to rounding, or to a title whose probabilities are not known
    (null), which then has no say in the mass.
    """
    weights = [LEAD if place < LEADS else BODY for place in range(len(sentences))]
    mass = fsum(w * _mass(p) for w, p in zip(weights, sentences, strict=True)) + (
        HEADLINE * _mass(title) if title else 0
    )
    parts = [w * (p[0] - p[1] - level * _mass(p)) / mass for w, p in zip(weights, sentences, strict=True)]
    return parts, net - level - fsum(parts)


def title_of(score: Score) -> Probabilities | None:
    """The probabilities of the title; null where it was not scored, or by a version that did not keep them."""
    hype, caution, neutral = score.title_p_hype, score.title_p_caution, score.title_p_neutral
    return None if hype is None or caution is None or neutral is None else (hype, caution, neutral)


def probabilities(rows: Iterable[SentenceRow]) -> list[Probabilities]:
    """Those of stored sentences that were scored."""
    return [(row.p_hype or 0.0, row.p_caution or 0.0, row.p_neutral or 0.0) for row in rows]


def _mass(p: Probabilities) -> float:
    return 1 - (1 - NEUTRAL) * p[2]
