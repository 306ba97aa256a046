"""Train the reader from the labelled pieces in `training/data`; write adapter, heads and card to `nlp/weights/reader`.

    python -m training.train [--epochs 3] [--seed 1] [--out nlp/weights/reader]

Pieces, never sentences, are held out: every eighth piece on real facts, for calibration and for the report.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from rich.progress import track
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from nlp.base import NAME, base_folder
from nlp.reader import STANCES, THEMES, Reader, collate, encode, passages
from nlp.stance import WEIGHTS
from training.pieces import Piece, read_pieces, split
from training.report import calibrate, report

HEAD_RATE = 1e-3
POOL = 16  # batches; within so many, articles of like length go together
DOCUMENT_WEIGHT = 0.5  # of relevance and themes against stance in the loss


class Trainer:
    """A reader with fresh adapters on the packaged base, and its tokenizer."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer = AutoTokenizer.from_pretrained(base_folder())
        base = AutoModel.from_pretrained(base_folder(), dtype=torch.bfloat16)
        rank = options.rank
        adapter = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules="all-linear")
        tuned = get_peft_model(base, adapter)
        tuned.peft_config["default"].base_model_name_or_path = NAME  # not the place of the base on this machine
        for p in tuned.parameters():
            if p.requires_grad:  # what is learned is kept in float32, the frozen base in bfloat16
                p.data = p.data.float()
        self.reader = Reader(tuned, base.config.hidden_size).to(self.device)

    def logits(self, pieces: list[Piece]) -> tuple[Tensor, Tensor]:
        batch = [passages(encode(self.tokenizer, p.sentences), self.tokenizer.bos_token_id)[0] for p in pieces]
        inputs = [t.to(self.device) for t in collate(batch, self.tokenizer.pad_token_id)]
        with torch.autocast(self.device, torch.bfloat16):
            stance, document = self.reader(*inputs)
        return stance, document

    def loss(self, pieces: list[Piece]) -> Tensor:
        stance, document = self.logits(pieces)
        target = torch.tensor([s for p in pieces for s in p.stance], device=self.device)
        loss = nn.functional.cross_entropy(stance, target, label_smoothing=0.05)
        judged = [i for i, p in enumerate(pieces) if p.relevant is not None]
        if judged:
            loss = loss + DOCUMENT_WEIGHT * self._document_loss([pieces[i] for i in judged], document[judged])
        return loss

    def _document_loss(self, pieces: list[Piece], logits: Tensor) -> Tensor:
        """Relevance of all, and themes of the relevant ones; the others have none by definition."""
        wanted = torch.tensor([[float(bool(p.relevant)), *(float(t in p.themes) for t in THEMES)] for p in pieces])
        each = nn.functional.binary_cross_entropy_with_logits(logits, wanted.to(self.device), reduction="none")
        about = wanted[:, :1].to(self.device)
        return each[:, 0].mean() + (each[:, 1:] * about).sum(1).mean() / 4

    def fit(self, pieces: list[Piece]) -> None:
        batches = self._batches(pieces)
        named = [(n, p) for n, p in self.reader.named_parameters() if p.requires_grad]
        adapters = [p for n, p in named if n.startswith("base.")]
        heads = [p for n, p in named if not n.startswith("base.")]
        groups = [{"params": adapters, "lr": self.options.rate}, {"params": heads, "lr": HEAD_RATE}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _warm_then_linear(len(batches)))
        self.reader.train()
        for batch in track(batches, "Training"):
            self.loss(batch).backward()
            nn.utils.clip_grad_norm_([*adapters, *heads], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()

    def _batches(self, pieces: list[Piece]) -> list[list[Piece]]:
        """All batches of all epochs: shuffled, yet with articles of like length together, so that little is padding."""
        dice, size = random.Random(self.options.seed), self.options.batch
        batches: list[list[Piece]] = []
        for _ in range(self.options.epochs):
            order = dice.sample(pieces, len(pieces))
            pools = [sorted(order[at : at + size * POOL], key=_length) for at in range(0, len(order), size * POOL)]
            epoch = [pool[at : at + size] for pool in pools for at in range(0, len(pool), size)]
            batches += dice.sample(epoch, len(epoch))
        return batches

    @torch.no_grad()
    def predict(self, pieces: list[Piece]) -> tuple[Tensor, Tensor]:
        self.reader.eval()
        rows = [self.logits(pieces[at : at + 8]) for at in range(0, len(pieces), 8)]
        return torch.cat([s for s, _ in rows]).cpu(), torch.cat([d for _, d in rows]).cpu()

    def save(self, folder: Path, card: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        heads = {k: v.contiguous().cpu() for k, v in self.reader.state_dict().items() if not k.startswith("base.")}
        save_file(heads, folder / "heads.safetensors")
        self.reader.base.to(torch.bfloat16).save_pretrained(folder)
        (folder / "README.md").unlink(missing_ok=True)  # a form that peft leaves; docs/model.md is the model card
        (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _length(piece: Piece) -> int:
    return sum(map(len, piece.sentences))


def _warm_then_linear(steps: int) -> Any:
    warm = max(1, steps // 10)
    return lambda i: min((i + 1) / warm, (steps - i) / (steps - warm + 1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=4, help="articles a step")
    parser.add_argument("--rank", type=int, default=16, help="of the adapters")
    parser.add_argument("--rate", type=float, default=3e-4, help="learning rate of the adapters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    return parser.parse_args()


def main() -> None:
    options = _options()
    rest, held = split(read_pieces())
    trainer = Trainer(options)
    trainer.fit(rest)
    stance, document = trainer.predict(held)
    scale, bias = calibrate(stance, torch.tensor([s for p in held for s in p.stance]), len(held))
    found = report(held, stance * scale + torch.tensor(bias), document)
    print(json.dumps(found, indent=1))
    chosen = {k: v for k, v in vars(options).items() if k != "out"}
    seen = {"pieces": len(rest), "sentences": sum(len(p.sentences) for p in rest)}
    card = {
        "name": "zeepbel-reader", "version": "1", "base": NAME, "stances": STANCES, "themes": THEMES,
        "scale": scale, "bias": bias, "training": {**seen, **chosen}, "held_out": found,
    }  # fmt: skip
    trainer.save(options.out, card)


if __name__ == "__main__":
    main()
