"""How the reader does on pieces it never saw."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import torch
from sklearn.metrics import confusion_matrix, f1_score
from torch import Tensor, nn

from nlp.reader import THEMES
from training.pieces import Piece

HYPE, CAUTION = 0, 1


PRIOR_SD = 0.3  # of the bias of a class, in logits


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


def report(pieces: Sequence[Piece], stance: Tensor, document: Tensor) -> dict[str, Any]:
    """Stance per language, relevance, themes. `stance` [sentences, 3], `document` [pieces, 1 + themes] are logits."""
    starts = [0, *accumulate(len(p.sentences) for p in pieces)]
    said = [stance[a:b].argmax(1).tolist() for a, b in pairwise(starts)]
    languages = {
        lang: _stance([(p, s) for p, s in zip(pieces, said, strict=True) if p.lang == lang]) for lang in ("nl", "en")
    }
    judged = [i for i, p in enumerate(pieces) if p.relevant is not None]
    relevant = [bool(pieces[i].relevant) for i in judged]
    about = [i for i in judged if pieces[i].relevant]
    return {
        **languages,
        "relevance_f1": _f1(relevant, [bool(document[i, 0] > 0) for i in judged]),
        "themes_micro_f1": {
            threshold: _f1(
                [[t in pieces[i].themes for t in THEMES] for i in about],
                (document[about, 1:].sigmoid() > threshold).tolist(),
                average="micro",
            )
            for threshold in (0.3, 0.4, 0.5)
        },
    }


def _stance(rows: Sequence[tuple[Piece, list[int]]]) -> dict[str, Any]:
    gold = [k for piece, _ in rows for k in piece.stance]
    got = [k for _, said in rows for k in said]
    opposite = sum({g, k} == {HYPE, CAUTION} for g, k in zip(gold, got, strict=True))
    return {
        "pieces": len(rows),
        "sentences": len(gold),
        "macro_f1": _f1(gold, got, average="macro"),
        "opposite": round(opposite / max(1, len(gold)), 3),
        "confusion": confusion_matrix(gold, got, labels=[0, 1, 2]).tolist(),
    }


def _f1(gold: Any, got: Any, average: str = "binary") -> float:
    return round(float(f1_score(gold, got, average=average, zero_division=0)), 3)
