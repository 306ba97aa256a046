"""How the reader does on pieces it never learned from, with 95% intervals from resampling whole pieces."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import torch
from scipy.stats import spearmanr
from sklearn.metrics import f1_score
from torch import Tensor, nn

from nlp.analyse import RELEVANT_FROM, THEME_FROM
from nlp.article import net_stance
from nlp.reader import STANCES, THEMES
from training.pieces import Piece

HYPE, CAUTION = 0, 1
PRIOR_SD = 0.3  # of the bias of a class, in logits
RESAMPLES = 1000
FEWEST = 20  # sentences; below this a group is left out of the report
BINS = 10

Sample = Sequence[np.ndarray[Any, Any]]  # one array of numbers a piece


@dataclass(frozen=True)
class Read:
    """A piece and what the model says: probabilities [sentences, 3], relevance, and one probability a theme."""

    piece: Piece
    stance: Tensor
    relevance: float
    themes: Tensor

    @property
    def net_stance(self) -> float:
        triples = [(float(h), float(c), float(n)) for h, c, n in self.stance]
        return net_stance(triples, titled=True) or 0.0


def calibrate(logits: Tensor, target: Tensor, pieces: int) -> tuple[float, list[float]]:
    """Temperature and bias per class on held-out sentences (Guo et al. 2017, with a bias under a normal prior).

    Sentences of a piece resemble each other, so the evidence against the prior counts as so many `pieces`.
    """
    scale, bias = torch.zeros(1, requires_grad=True), torch.zeros(3, requires_grad=True)
    optimiser = torch.optim.LBFGS([scale, bias], max_iter=100)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(logits * scale.exp() + bias, target)
        loss = loss + (bias**2).sum() / (2 * PRIOR_SD**2 * pieces)
        loss.backward()
        return loss

    optimiser.step(closure)
    return round(float(scale.detach().exp()), 4), [round(float(b), 4) for b in bias.detach()]


def read(pieces: Sequence[Piece], stance: Tensor, document: Tensor) -> list[Read]:
    """Pair pieces with their probabilities. `stance` [sentences, 3] and `document` [pieces, 1 + themes] are logits."""
    starts = [0, *accumulate(len(p.sentences) for p in pieces)]
    whole = document.sigmoid()
    return [
        Read(p, stance[a:b].softmax(1), float(d[0]), d[1:])
        for p, (a, b), d in zip(pieces, pairwise(starts), whole, strict=True)
    ]


def report(reads: Sequence[Read]) -> dict[str, Any]:
    """Everything that is published of a model: in all, and by language, genre and phenomenon."""
    return {
        "pieces": len(reads),
        "sentences": sum(len(r.piece.sentences) for r in reads),
        "language": {lang: _language([r for r in reads if r.piece.lang == lang]) for lang in _values(reads, "lang")},
        "genre": {g: found for g in _values(reads, "genre") if (found := _stance(_pairs(reads, genre=g)))},
        "phenomenon": {n: found for n in _phenomena(reads) if (found := _stance(_pairs(reads, phenomenon=n)))},
        "bias": bias(reads),
    }


def reliability(reads: Sequence[Read]) -> dict[str, Any]:
    """Brier score (sum over the classes, 0 to 2), expected calibration error, and the diagram's bins.

    A bin holds the sentences whose likeliest label has a probability in it: [mean probability, share right, n].
    """
    probabilities = torch.cat([r.stance for r in reads])
    gold = torch.tensor([k for r in reads for k in r.piece.stance])
    best, label = probabilities.max(1)
    right = (label == gold).float()
    which = (best * BINS).long().clamp(max=BINS - 1)
    bins = [
        [round(float(best[inside].mean()), 3), round(float(right[inside].mean()), 3), int(inside.sum())]
        for inside in (which == b for b in range(BINS))
        if inside.any()
    ]
    brier = ((probabilities - nn.functional.one_hot(gold, len(STANCES))) ** 2).sum(1).mean()
    error = sum(n * abs(p - r) for p, r, n in bins) / len(gold)
    return {"brier": round(float(brier), 3), "calibration_error": round(error, 3), "bins": bins}


def bias(reads: Sequence[Read]) -> dict[str, Any]:
    """Net stance minus what the piece's own labels give by the same rule, mean per language with its interval."""
    found = {}
    for lang in _values(reads, "lang"):
        errors = [np.array([r.net_stance - _labelled(r.piece)]) for r in reads if r.piece.lang == lang]
        found[lang] = with_interval(errors, lambda rows: float(np.mean(np.concatenate(rows))))
    return found


def _labelled(piece: Piece) -> float:
    certain = [tuple(float(k == label) for k in range(len(STANCES))) for label in piece.stance]
    return net_stance(certain, titled=True) or 0.0  # type: ignore[arg-type]


def _language(reads: Sequence[Read]) -> dict[str, Any]:
    relevant = [r for r in reads if r.piece.relevant]
    lean = [np.array([[r.piece.mean_lean, r.net_stance]]) for r in relevant]
    about = [np.array([[r.piece.relevant, r.relevance >= RELEVANT_FROM]]) for r in reads]
    themes = [np.stack([[t in r.piece.themes for t in THEMES], (r.themes >= THEME_FROM).numpy()], 1) for r in relevant]
    return {
        **(_stance(_pairs(reads)) or {}),
        "article_spearman": with_interval(lean, _spearman),
        "relevance_f1": with_interval(about, _binary_f1),
        "themes_micro_f1": with_interval(themes, _binary_f1),
        **reliability(reads),
    }


def _pairs(reads: Iterable[Read], genre: str | None = None, phenomenon: str | None = None) -> Sample:
    """Per piece the rows [gold, given] of its sentences of this kind."""
    return [
        np.array([
            [gold, given]
            for gold, given, what in zip(r.piece.stance, r.stance.argmax(1).tolist(), r.piece.phenomena, strict=True)
            if phenomenon in (None, what)
        ], dtype=int).reshape(-1, 2)
        for r in reads
        if genre in (None, r.piece.genre)
    ]  # fmt: skip


def _stance(sample: Sample) -> dict[str, Any] | None:
    rows = np.concatenate(sample) if sample else np.empty((0, 2), int)
    if len(rows) < FEWEST:
        return None
    confusion = [[int(((rows[:, 0] == g) & (rows[:, 1] == k)).sum()) for k in range(3)] for g in range(3)]
    return {
        "sentences": len(rows),
        "macro_f1": with_interval(sample, _macro_f1),
        "opposite": with_interval(sample, _opposite),
        "confusion": confusion,
    }


def with_interval(sample: Sample, measure: Callable[[Sample], float]) -> list[float] | None:
    """The measure on all pieces, and the 2.5th and 97.5th percentile of it over resampled pieces (seed 0).

    None where the measure is not defined, as a correlation with a constant is not.
    """
    value = measure(sample)
    if np.isnan(value):
        return None
    dice = np.random.default_rng(0)
    drawn = [measure([sample[i] for i in dice.integers(len(sample), size=len(sample))]) for _ in range(RESAMPLES)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return [round(float(v), 3) for v in (value, low, high)]


def _macro_f1(sample: Sample) -> float:
    gold, given = np.concatenate(sample).T
    right = np.bincount(gold[gold == given], minlength=3)
    both = np.bincount(gold, minlength=3) + np.bincount(given, minlength=3)
    return float(np.mean(2 * right[both > 0] / both[both > 0]))


def _opposite(sample: Sample) -> float:
    gold, given = np.concatenate(sample).T
    return float(np.mean((gold != given) & (np.minimum(gold, given) == HYPE) & (np.maximum(gold, given) == CAUTION)))


def _binary_f1(sample: Sample) -> float:
    gold, given = np.concatenate(sample).T
    return float(f1_score(gold, given, zero_division=0))


def _spearman(sample: Sample) -> float:
    one, other = np.concatenate(sample).T
    return float(spearmanr(one, other).statistic) if np.ptp(one) and np.ptp(other) else float("nan")


def _values(reads: Iterable[Read], name: str) -> list[str]:
    return sorted({getattr(r.piece, name) for r in reads})


def _phenomena(reads: Iterable[Read]) -> list[str]:
    return sorted({what for r in reads for what in r.piece.phenomena if what})
