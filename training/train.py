"""Train the reader from the labelled pieces in `training/data`; write adapter, heads and card to `nlp/weights/reader`.

    python -m training.train [--out nlp/weights/reader]

One fixed seed, one recipe. A run that was stopped goes on from its last checkpoint. Pieces, never sentences, are held
out: `training.pieces` says which calibrate and which are reported on, by `training.evaluate`.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from nlp.reader import STANCES, THEMES
from nlp.stance import WEIGHTS
from training.pieces import Piece, Split, read_pieces, split
from training.report import calibrate
from training.trainer import Recipe, Trainer

VERSION = "4"


def train(parts: Split, recipe: Recipe, work: Path) -> tuple[Trainer, dict[str, Any]]:
    """A trained and calibrated reader, and its card. `work` keeps the checkpoints."""
    trainer = Trainer(recipe)
    trainer.fit(parts.train, work / "checkpoint.pt")
    stance, _ = trainer.predict(parts.calibration)
    labels = torch.tensor([s for p in parts.calibration for s in p.stance])
    scale, bias = calibrate(stance, labels, len(parts.calibration))
    return trainer, {
        "name": "zeepbel-reader",
        "version": VERSION,
        "base": recipe.base,
        "layers": recipe.layers,
        "around": recipe.around,
        "stances": STANCES,
        "themes": THEMES,
        "scale": scale,
        "bias": bias,
        "training": _seen(parts.train) | asdict(recipe),
    }


def save(trainer: Trainer, card: dict[str, Any], folder: Path) -> None:
    """Adapter and heads in bfloat16, and the card; what `nlp.stance.ArticleReader` loads."""
    state = trainer.reader.state_dict()
    heads = {k: v.contiguous().cpu().bfloat16() for k, v in state.items() if not k.startswith("base.")}
    save_file(heads, folder / "heads.safetensors")
    trainer.reader.base.to(torch.bfloat16).save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)  # a form that peft leaves; docs/model.md is the model card
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _seen(pieces: list[Piece]) -> dict[str, int]:
    return {"pieces": len(pieces), "sentences": sum(len(p.sentences) for p in pieces)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    trainer, card = train(split(read_pieces()), Recipe(), out)
    save(trainer, card, out)
    (out / "checkpoint.pt").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
