"""Train the reader from the labelled pieces in `training/data` and write adapter, heads and card to `nlp/weights/reader`.

    python training/train.py [--epochs 3] [--seed 1] [--out nlp/weights/reader]

Pieces, never sentences, are held out: every eighth piece on real facts, for calibration and for the report.
"""

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from sklearn.metrics import confusion_matrix, f1_score
from torch import nn
from transformers import AutoModel, AutoTokenizer

from nlp.base import NAME, base_folder
from nlp.reader import STANCES, THEMES, Reader, collate, encode, passages

DATA = Path(__file__).parent / "data"
HELD_OUT = 8


@dataclass(frozen=True)
class Piece:
    """A labelled article; `relevant` is None where nobody judged it, then themes are unknown too."""

    name: str
    lang: str
    sentences: list[str]
    stance: list[int]
    relevant: bool | None
    themes: list[str]


def read_pieces(folder: Path) -> list[Piece]:
    pieces: list[Piece] = []
    for path in sorted(folder.glob("*/*.jsonl")):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        pieces += _whole(records) if "sentences" in records[0] else _by_sentence(records, path)
    return pieces


def _whole(records: list[dict[str, Any]]) -> list[Piece]:
    return [
        Piece(r["id"], r["lang"], [s["text"] for s in r["sentences"]], [STANCES.index(s["stance"]) for s in r["sentences"]],
              r["relevant"], r["themes"])
        for r in records
    ]  # fmt: skip


def _by_sentence(records: list[dict[str, Any]], path: Path) -> list[Piece]:
    by_piece: dict[int, list[dict[str, Any]]] = {}
    for r in records:
        by_piece.setdefault(r["piece"], []).append(r)
    return [
        Piece(f"{path.parent.name}-{path.stem}-{n}", path.stem, [r["text"] for r in rows],
              [STANCES.index(r["stance"]) for r in rows], None, [])
        for n, rows in by_piece.items()
    ]  # fmt: skip


class Trainer:
    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer = AutoTokenizer.from_pretrained(base_folder())
        base = AutoModel.from_pretrained(base_folder(), dtype=torch.bfloat16)
        adapter = LoraConfig(
            r=options.rank, lora_alpha=2 * options.rank, lora_dropout=0.05, target_modules="all-linear"
        )
        tuned = get_peft_model(base, adapter)
        for p in tuned.parameters():
            if p.requires_grad:
                p.data = p.data.float()
        self.reader = Reader(tuned, base.config.hidden_size).to(self.device)

    def logits(self, pieces: list[Piece]) -> tuple[torch.Tensor, torch.Tensor]:
        batch = [passages(encode(self.tokenizer, p.sentences), self.tokenizer.bos_token_id)[0] for p in pieces]
        inputs = [t.to(self.device) for t in collate(batch, self.tokenizer.pad_token_id)]
        with torch.autocast(self.device, torch.bfloat16):
            return self.reader(*inputs)  # type: ignore[no-any-return]

    def loss(self, pieces: list[Piece]) -> torch.Tensor:
        stance, document = self.logits(pieces)
        target = torch.tensor([s for p in pieces for s in p.stance], device=self.device)
        loss = nn.functional.cross_entropy(stance, target, label_smoothing=0.05)
        judged = [i for i, p in enumerate(pieces) if p.relevant is not None]
        if judged:
            wanted = torch.tensor(
                [[float(pieces[i].relevant or 0), *(float(t in pieces[i].themes) for t in THEMES)] for i in judged]
            )
            each = nn.functional.binary_cross_entropy_with_logits(
                document[judged], wanted.to(self.device), reduction="none"
            )
            themed = torch.tensor([[1.0] + [float(bool(pieces[i].relevant))] * len(THEMES) for i in judged]).to(
                self.device
            )
            loss = loss + 0.5 * (each[:, 0].mean() + (each[:, 1:] * themed[:, 1:]).mean())
        return loss

    def fit(self, pieces: list[Piece]) -> None:
        size, epochs = self.options.batch, self.options.epochs
        steps = epochs * math.ceil(len(pieces) / size)
        heads = [p for n, p in self.reader.named_parameters() if p.requires_grad and not n.startswith("base.")]
        adapters = [p for n, p in self.reader.named_parameters() if p.requires_grad and n.startswith("base.")]
        optimiser = torch.optim.AdamW(
            [{"params": adapters, "lr": self.options.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
        )
        warm = max(1, steps // 10)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda i: min((i + 1) / warm, (steps - i) / (steps - warm + 1))
        )
        dice, begun, done = random.Random(self.options.seed), time.monotonic(), 0
        self.reader.train()
        for epoch in range(epochs):
            order = dice.sample(pieces, len(pieces))
            for at in range(0, len(order), size):
                loss = self.loss(order[at : at + size])
                loss.backward()
                nn.utils.clip_grad_norm_([*heads, *adapters], 1.0)
                optimiser.step()
                optimiser.zero_grad()
                schedule.step()
                done += 1
                if done % 20 == 0:
                    print(
                        f"epoch {epoch + 1} step {done}/{steps} loss {loss.item():.3f} {time.monotonic() - begun:.0f}s",
                        flush=True,
                    )

    @torch.no_grad()
    def predict(self, pieces: list[Piece]) -> tuple[torch.Tensor, torch.Tensor]:
        self.reader.eval()
        rows = [self.logits(pieces[at : at + 8]) for at in range(0, len(pieces), 8)]
        return torch.cat([s for s, _ in rows]).cpu(), torch.cat([d for _, d in rows]).cpu()


def calibrate(logits: torch.Tensor, target: torch.Tensor) -> tuple[float, list[float]]:
    """Temperature and bias per class by maximum likelihood on held-out sentences (Guo et al. 2017, with a bias)."""
    scale, bias = torch.zeros(1, requires_grad=True), torch.zeros(3, requires_grad=True)
    optimiser = torch.optim.LBFGS([scale, bias], max_iter=100)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(logits * scale.exp() + bias, target) + 0.01 * (bias**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return float(scale.exp()), [round(float(b), 4) for b in bias.detach()]


def report(pieces: list[Piece], stance: torch.Tensor, document: torch.Tensor) -> dict[str, Any]:
    found: dict[str, Any] = {}
    at = 0
    spans = []
    for p in pieces:
        spans.append((at, at + len(p.sentences)))
        at += len(p.sentences)
    for lang in ("nl", "en"):
        gold = [s for p in pieces if p.lang == lang for s in p.stance]
        got = [int(k) for p, (a, b) in zip(pieces, spans) if p.lang == lang for k in stance[a:b].argmax(1)]
        found[lang] = {
            "pieces": sum(p.lang == lang for p in pieces), "sentences": len(gold),
            "macro_f1": round(float(f1_score(gold, got, average="macro")), 3),
            "opposite": round(sum({g, k} == {0, 1} for g, k in zip(gold, got)) / len(gold), 3),
            "confusion": confusion_matrix(gold, got, labels=[0, 1, 2]).tolist(),
        }  # fmt: skip
    judged = [i for i, p in enumerate(pieces) if p.relevant is not None]
    gold_r = [pieces[i].relevant for i in judged]
    found["relevance_f1"] = round(float(f1_score(gold_r, [bool(document[i, 0] > 0) for i in judged])), 3)
    about = [i for i in judged if pieces[i].relevant]
    wanted = [[t in pieces[i].themes for t in THEMES] for i in about]
    for threshold in (0.2, 0.3, 0.4, 0.5):
        got_t = [[bool(v) for v in document[i, 1:].sigmoid() > threshold] for i in about]
        found[f"themes_micro_f1_at_{threshold}"] = round(
            float(f1_score(wanted, got_t, average="micro", zero_division=0)), 3
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=4, help="articles a step")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=0, help="train on so many pieces only, for a quick try")
    parser.add_argument("--out", type=Path, default=Path("nlp/weights/reader"))
    options = parser.parse_args()
    pieces = read_pieces(DATA)
    real = [p for p in pieces if p.relevant is not None]
    held = real[::HELD_OUT]
    rest = [p for p in pieces if p not in held][: options.limit or None]
    trainer = Trainer(options)
    trainer.fit(rest)
    stance, document = trainer.predict(held)
    scale, bias = calibrate(stance, torch.tensor([s for p in held for s in p.stance]))
    found = report(held, stance * scale + torch.tensor(bias), document)
    print(json.dumps(found, indent=1))
    options.out.mkdir(parents=True, exist_ok=True)
    trainer.reader.base.save_pretrained(options.out)
    heads = {k: v.contiguous().cpu() for k, v in trainer.reader.state_dict().items() if not k.startswith("base.")}
    save_file(heads, options.out / "heads.safetensors")
    card = {"name": "zeepbel-reader", "version": "1", "base": NAME, "stances": STANCES, "themes": THEMES, "scale": scale, "bias": bias,
            "training": {"pieces": len(rest), "sentences": sum(len(p.sentences) for p in rest), "epochs": options.epochs, "rank": options.rank,
                         "rate": options.rate, "seed": options.seed}, "held_out": found}  # fmt: skip
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
