"""Read the test pieces with the shipped reader, and write down how it did.

    python -m training.evaluate      a minute or two on two cores

Writes `training/report.json`, and from it `docs/model-numbers.md`, `docs/reliability.svg` and a table of
`docs/method.md`.
"""

import json
from pathlib import Path
from typing import Any

import torch

from nlp.reader import STANCES, THEMES
from nlp.stance import Scorer, Scores, load_scorer
from training.page import page, renewed
from training.parallel import parallel
from training.pieces import Piece, read_pieces, split
from training.reliability import diagram
from training.report import Read, report

HERE = Path(__file__).parent
REPORT = HERE / "report.json"
DOCS = HERE.parent / "docs"
FAILURES = 12


def evaluate(scorer: Scorer, pieces: list[Piece]) -> dict[str, Any]:
    """The report on the test pieces, the worst mistakes among them, and the parallel pieces."""
    test = split(pieces).test
    scores = scorer.score([p.sentences for p in test])
    reads = [_read(p, s) for p, s in zip(test, scores, strict=True)]
    info = scorer.info.model_dump()
    return {"model": info, "test": report(reads), "failures": failures(reads), "parallel": parallel(scorer)}


def failures(reads: list[Read]) -> list[dict[str, Any]]:
    """The sentences whose wrong label has the highest probability, one a piece at most."""
    wrong = [
        (float(p.max()), int(p.argmax()), r.piece, i)
        for r in reads
        for i, p in enumerate(r.stance)
        if int(p.argmax()) != r.piece.stance[i]
    ]
    worst: dict[str, dict[str, Any]] = {}
    for probability, given, piece, i in sorted(wrong, key=lambda w: -w[0]):
        found = {"text": piece.sentences[i], "is": STANCES[piece.stance[i]], "read_as": STANCES[given]}
        worst.setdefault(piece.name, found | {"probability": round(probability, 2)})
    return list(worst.values())[:FAILURES]


def _read(piece: Piece, scores: Scores) -> Read:
    themes = torch.tensor([scores.themes[t] for t in THEMES])
    return Read(piece, torch.tensor(scores.stances), scores.relevance or 0.0, themes)


def main() -> None:
    found = evaluate(load_scorer(), read_pieces())
    REPORT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (DOCS / "model-numbers.md").write_text(page(found), "utf-8")
    method = DOCS / "method.md"
    method.write_text(renewed(method.read_text("utf-8"), found), "utf-8")
    (DOCS / "reliability.svg").write_text(diagram(found["test"]["language"]), "utf-8")


if __name__ == "__main__":
    main()
