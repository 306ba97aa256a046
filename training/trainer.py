"""Tuning a base into a reader: one recipe, the batches, the loss, checkpoints."""

import hashlib
import random
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from rich.progress import track
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from nlp import base as gemma
from nlp import e5
from nlp.reader import STANCES, THEMES, Passage, Reader, collate, cut, encode, passages
from training.pieces import Piece
from training.strangers import with_strangers

HEAD_RATE = 1e-3
POOL = 16  # batches; within so many, articles of like length go together
DOCUMENT_WEIGHT = 0.5  # of relevance and themes against stance in the loss
CHECKPOINT = 100  # steps
BASES = {gemma.NAME: gemma.base_folder, e5.NAME: e5.e5_folder}


@dataclass(frozen=True)
class Recipe:
    """What a training run is made of; the defaults make the shipped reader."""

    base: str = gemma.NAME
    layers: int = 14  # of the base's 18, from below; those above are left out
    rank: int = 16  # of the adapters; 0 tunes all weights but the word embeddings
    rate: float = 3e-4
    epochs: int = 3
    batch: int = 4  # articles a step
    context: bool = True  # sentences read in their article, not alone
    around: int = 4  # sentences on each side that one looks at before it is judged; 0: none
    strangers: float = 0.15  # share of the sentences after the headline that come from another piece
    seed: int = 1


class Trainer:
    """A reader on a packaged base that is ready to be tuned, and its tokenizer."""

    def __init__(self, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        folder = BASES[recipe.base]()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        base = AutoModel.from_pretrained(folder, dtype=torch.bfloat16 if recipe.rank else torch.float32)
        if recipe.base == gemma.NAME:
            cut(base, recipe.layers)
        self.reader = Reader(_tuned(base, recipe), base.config.hidden_size, recipe.around).to(self.device)

    def fit(self, pieces: list[Piece], checkpoint: Path) -> None:
        """Train on `pieces`, going on from `checkpoint` when it is one of this very run."""
        batches = self._batches(pieces)
        optimiser = self._optimiser()
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _warm_then_linear(len(batches)))
        state = _Checkpoint(checkpoint, _fingerprint(self.recipe, pieces))
        done = state.load(self.reader, optimiser, schedule)
        self.reader.train()
        for step, batch in enumerate(track(batches[done:], "Training"), done + 1):
            torch.manual_seed(self.recipe.seed + step)  # a run that goes on drops out what an unbroken one does
            self._step(batch, optimiser)
            schedule.step()
            if step % CHECKPOINT == 0:
                state.save(step, self.reader, optimiser, schedule)

    @torch.no_grad()
    def predict(self, pieces: list[Piece]) -> tuple[Tensor, Tensor]:
        """Logits: stance [sentences, 3] and whole [pieces, 1 + themes], in the order of `pieces`."""
        self.reader.eval()
        rows = [self._logits([p]) for p in pieces]
        return torch.cat([s for s, _ in rows]).cpu(), torch.cat([d for _, d in rows]).cpu()

    def _step(self, pieces: list[Piece], optimiser: torch.optim.Optimizer) -> None:
        self._loss(pieces).backward()
        learned = [p for group in optimiser.param_groups for p in group["params"]]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()

    def _optimiser(self) -> torch.optim.Optimizer:
        named = [(n, p) for n, p in self.reader.named_parameters() if p.requires_grad]
        deep = [p for n, p in named if n.startswith(("base.", "look."))]
        heads = [p for n, p in named if not n.startswith(("base.", "look."))]
        groups = [{"params": deep, "lr": self.recipe.rate}, {"params": heads, "lr": HEAD_RATE}]
        return torch.optim.AdamW(groups, weight_decay=0.01)

    def _logits(self, pieces: list[Piece]) -> tuple[Tensor, Tensor]:
        inputs = [t.to(self.device) for t in collate(self._passages(pieces), self.tokenizer.pad_token_id)]
        with torch.autocast(self.device, torch.bfloat16):
            stance, document = self.reader(*inputs)
        if self.recipe.context:
            return stance, document
        return stance, torch.stack([d.mean(0) for d in document.split([len(p.sentences) for p in pieces])])

    def _passages(self, pieces: list[Piece]) -> list[Passage]:
        encoded = [encode(self.tokenizer, p.sentences) for p in pieces]
        if not self.recipe.context:
            encoded = [[sentence] for sentences in encoded for sentence in sentences]
        return [passages(e, _start(self.tokenizer))[0] for e in encoded]

    def _loss(self, pieces: list[Piece]) -> Tensor:
        stance, document = self._logits(pieces)
        shares = [[p.share(i, k) for k in range(len(STANCES))] for p in pieces for i in range(len(p.sentences))]
        target = torch.tensor(shares, device=self.device)
        loss = nn.functional.cross_entropy(stance, target, label_smoothing=0.05)
        return loss + DOCUMENT_WEIGHT * self._document_loss(pieces, document)

    def _document_loss(self, pieces: list[Piece], logits: Tensor) -> Tensor:
        """Relevance of all, and themes of the relevant ones; the others have none by definition."""
        wanted = torch.tensor([[float(p.relevant), *(float(t in p.themes) for t in THEMES)] for p in pieces])
        each = nn.functional.binary_cross_entropy_with_logits(logits, wanted.to(self.device), reduction="none")
        about = wanted[:, :1].to(self.device)
        return each[:, 0].mean() + (each[:, 1:] * about).sum(1).mean() / 4

    def _batches(self, pieces: list[Piece]) -> list[list[Piece]]:
        """All batches of all epochs: shuffled, yet with articles of like length together, so that little is padding."""
        dice, size = random.Random(self.recipe.seed), self.recipe.batch
        batches: list[list[Piece]] = []
        for _ in range(self.recipe.epochs):
            order = with_strangers(dice.sample(pieces, len(pieces)), self.recipe.strangers, dice)
            pools = [sorted(order[at : at + size * POOL], key=_length) for at in range(0, len(order), size * POOL)]
            epoch = [pool[at : at + size] for pool in pools for at in range(0, len(pool), size)]
            batches += dice.sample(epoch, len(epoch))
        return batches


def _tuned(base: Any, recipe: Recipe) -> Any:
    """The base with fresh adapters, or all of it but the word embeddings; what is learned is kept in float32."""
    if not recipe.rank:
        base.get_input_embeddings().requires_grad_(False)
        return base
    adapter = LoraConfig(r=recipe.rank, lora_alpha=2 * recipe.rank, target_modules="all-linear")
    with warnings.catch_warnings():  # peft still asks by a name that transformers has renamed
        warnings.simplefilter("ignore", FutureWarning)
        tuned = get_peft_model(base, adapter)
    tuned.peft_config["default"].base_model_name_or_path = recipe.base  # not the place of the base on this machine
    for p in tuned.parameters():
        if p.requires_grad:
            p.data = p.data.float()
    return tuned


@dataclass(frozen=True)
class _Checkpoint:
    """What was learned so far, of the run with this fingerprint."""

    path: Path
    run: str

    def save(self, step: int, reader: Reader, optimiser: Any, schedule: Any) -> None:
        learned = {n: p.detach() for n, p in reader.named_parameters() if p.requires_grad}
        half = self.path.with_suffix(".half")
        torch.save({"run": self.run, "step": step, "learned": learned, "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict()}, half)  # fmt: skip
        half.replace(self.path)

    def load(self, reader: Reader, optimiser: Any, schedule: Any) -> int:
        """The step to go on from, 0 without a checkpoint of this run."""
        if not self.path.exists() or (state := torch.load(self.path))["run"] != self.run:
            return 0
        reader.load_state_dict(state["learned"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        return int(state["step"])


def _start(tokenizer: Any) -> int:
    return int(tokenizer.cls_token_id if tokenizer.bos_token_id is None else tokenizer.bos_token_id)


def _fingerprint(recipe: Recipe, pieces: list[Piece]) -> str:
    return hashlib.sha256(repr((recipe, pieces)).encode()).hexdigest()


def _length(piece: Piece) -> int:
    return sum(map(len, piece.sentences))


def _warm_then_linear(steps: int) -> Any:
    warm = max(1, steps // 10)
    return lambda i: min((i + 1) / warm, (steps - i) / (steps - warm + 1))
