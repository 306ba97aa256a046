"""What each part of the recipe is worth: short runs on the same few pieces, judged on the test pieces.

    python -m training.ablate [NAME…]     all of them take some two hours on two cores

Each run that is done is kept as a line of `training/ablations.jsonl`, and not done again.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from nlp import e5
from training.pieces import Piece, Split, read_pieces, split
from training.report import read, report
from training.train import train
from training.trainer import Recipe

RESULTS = Path(__file__).parent / "ablations.jsonl"
LATER = {  # briefs that came after the first runs: without them these still learn from the same pieces
    "en-money", "en-society", "nl-geld", "nl-samenleving", "en-column", "en-wire", "nl-column", "nl-nieuws",
    "nl-tegenwind", "nl-meewind", "nl-mening", "nl-streek",
}  # fmt: skip
SHARE = 1 / 3  # of the other training pieces

Pick = Callable[[list[Piece]], list[Piece]]


@dataclass(frozen=True)
class Run:
    """A recipe and the pieces it learns from."""

    recipe: Recipe
    pick: Pick


def _part(share: float) -> Pick:
    def pick(pieces: list[Piece]) -> list[Piece]:
        early = [p for p in pieces if p.brief not in LATER]
        return random.Random(0).sample(early, round(share * len(early)))

    return pick


def _only(lang: str) -> Pick:
    return lambda pieces: [p for p in _part(SHARE)(pieces) if p.lang == lang]


SHORT = Recipe(epochs=2, around=0, strangers=0.0)
RUNS = {
    "as shipped": Run(replace(SHORT, around=4, strangers=0.15), _part(SHARE)),
    "no strange sentences": Run(replace(SHORT, around=4), _part(SHARE)),
    "nor a look at the sentences around, as all below": Run(SHORT, _part(SHARE)),
    "18 layers": Run(replace(SHORT, layers=18), _part(SHARE)),
    "10 layers": Run(replace(SHORT, layers=10), _part(SHARE)),
    "sentences alone": Run(replace(SHORT, context=False), _part(SHARE)),
    "Dutch pieces only": Run(SHORT, _only("nl")),
    "English pieces only": Run(SHORT, _only("en")),
    "a quarter of the pieces, as many steps": Run(replace(SHORT, epochs=8), _part(SHARE / 4)),
    "half of the pieces, as many steps": Run(replace(SHORT, epochs=4), _part(SHARE / 2)),
    "twice the pieces": Run(SHORT, _part(2 * SHARE)),
    "multilingual-e5-small, sentences alone": Run(
        replace(SHORT, base=e5.NAME, layers=12, context=False, rank=0, rate=5e-5, epochs=4), _part(SHARE)
    ),
}


def ablate(name: str) -> dict[str, Any]:
    """The recipe, how many sentences it learned from, how long that took, and what it scores on the test pieces."""
    run, parts = RUNS[name], split(read_pieces())
    pieces = run.pick(parts.train)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        trainer, card = train(Split(pieces, parts.calibration, parts.test), run.recipe, Path(work))
    minutes = (time.perf_counter() - begun) / 60
    stance, document = trainer.predict(parts.test)
    reads = read(parts.test, stance * card["scale"] + torch.tensor(card["bias"]), document)
    return {"name": name, "training": card["training"], "minutes": round(minutes), **report(reads)}


def main() -> None:
    done = {json.loads(line)["name"] for line in RESULTS.read_text("utf-8").splitlines()} if RESULTS.exists() else set()
    for name in sys.argv[1:] or [n for n in RUNS if n not in done]:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write(json.dumps(ablate(name)) + "\n")


if __name__ == "__main__":
    main()
