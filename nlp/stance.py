"""Scoring articles with a transformer: the project's own reader, or a sentence classifier given by `--model`."""

import json
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import SafetensorError
from torch import Tensor

from models.errors import ModelError
from models.records import ModelInfo
from nlp.base import NAME, base_folder
from nlp.batches import batches
from nlp.reader import STANCES, THEMES, Passage, Reader, collate, cut, encode, passages

WEIGHTS = Path(__file__).parent / "weights" / "reader"
_TOKENS_A_PASS = 16_384  # on a GPU; a CPU takes one article at a time, as fast, and its score has no neighbours


@dataclass(frozen=True)
class Scores:
    """Of one article: probabilities per sentence in the order of `STANCES`; relevance and themes in 0 to 1, if any."""

    stances: list[tuple[float, float, float]]
    relevance: float | None = None
    themes: dict[str, float] = field(default_factory=dict)


class Scorer(Protocol):
    """What the analyser needs of a model. An article is its sentences in order, headline first."""

    info: ModelInfo

    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]: ...


def load_scorer(model: str | None = None) -> Scorer:
    """The shipped reader, or the reader or classifier in a Hugging Face folder or id. Raises `ModelError`."""
    if model is None:
        return ArticleReader(WEIGHTS)
    if (Path(model) / "card.json").exists():
        return ArticleReader(Path(model))
    return SentenceClassifier(model)


def best_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def best_dtype(device: str) -> torch.dtype:
    """bfloat16 on a GPU and where the processor computes in it; float32 elsewhere."""
    fast = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.bfloat16 if fast else torch.float32


class ArticleReader:
    """The project's reader: sentences in the context of their article, with relevance and themes."""

    def __init__(self, folder: Path) -> None:
        """From a folder that `training.train` wrote. Raises `ModelError` when it is not of this kind."""
        from transformers import AutoTokenizer

        self.card = _card(folder)
        device = best_device()
        self.dtype = best_dtype(device)
        self.info = ModelInfo(
            name=self.card["name"], version=self.card["version"], device=f"{device} {_short(self.dtype)}"
        )
        self.tokenizer = AutoTokenizer.from_pretrained(base_folder())
        try:
            self.network = _network(folder, self.card, self.dtype).to(device).eval()
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"The weights in {folder} do not fit {NAME}: {error}") from error
        self._device = device
        self._pool = _pool(device)

    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]:
        passes = self._passes(articles)
        flat = [p for several in passes for p in several]
        stance, document = self._run(flat)
        found, at = [], 0
        for several in passes:
            rows = range(at, at + len(several))
            at += len(several)
            found.append(self._scores([stance[i] for i in rows], [document[i] for i in rows]))
        return found

    def _run(self, flat: list[Passage]) -> tuple[dict[int, Tensor], dict[int, Tensor]]:
        """Stance [sentences, 3] and document [parts, 1 + themes] of each passage, as logits.

        On a CPU each core reads articles of its own, the longest first.
        """
        stance: dict[int, Tensor] = {}
        document: dict[int, Tensor] = {}
        waiting = list(self._inputs(flat, _limit(self._device)))[::-1]
        for (group, _), (sentences, parts) in zip(waiting, self._pool.map(self._pass, waiting), strict=True):
            stance |= dict(zip(group, torch.split(sentences.cpu(), [len(flat[i].ends) for i in group]), strict=True))
            document |= dict(zip(group, torch.split(parts.cpu(), [flat[i].parts for i in group]), strict=True))
        return stance, document

    @torch.inference_mode()
    def _pass(self, waiting: tuple[list[int], list[Tensor]]) -> tuple[Tensor, Tensor]:
        _, inputs = waiting
        sentences, parts = self.network(*inputs)
        return sentences, parts

    @torch.no_grad()
    def states(self, articles: Sequence[Sequence[str]]) -> list[Tensor]:
        """What the stance layer reads, per article [sentences, hidden], float32: features for another task.

        Articles share a pass on a CPU too, as many short ones go through it several times as fast.
        """
        passes = self._passes(articles)
        flat = [p for several in passes for p in several]
        found: dict[int, Tensor] = {}
        for group, inputs in self._inputs(flat, _TOKENS_A_PASS):
            sizes = [len(flat[i].ends) for i in group]
            states = self.network.states(*inputs[:4]).cpu()
            found |= dict(zip(group, torch.split(states, sizes), strict=True))
        ordered = iter([found[i] for i in range(len(flat))])
        return [torch.cat([next(ordered) for _ in several]) for several in passes]

    def _passes(self, articles: Sequence[Sequence[str]]) -> list[list[Passage]]:
        return [passages(encode(self.tokenizer, a), self.tokenizer.bos_token_id) for a in articles]

    def _inputs(self, flat: list[Passage], limit: int) -> Iterator[tuple[list[int], list[Tensor]]]:
        """Batches: which passages are in each, and what the reader takes."""
        for group in batches([len(p.ids) for p in flat], limit):
            batch = collate([flat[i] for i in group], self.tokenizer.pad_token_id)
            yield group, [t.to(self._device) for t in batch]

    def _scores(self, stance: list[Tensor], document: list[Tensor]) -> Scores:
        logits = torch.cat(stance) * self.card["scale"] + torch.tensor(self.card["bias"])
        parts = torch.cat(document)
        relevance = parts[:, 0].mean().sigmoid()
        strongest = parts[:, 1:].amax(0).sigmoid()  # a theme of a part is one of the article
        themes = dict(zip(THEMES, (round(v, 4) for v in strongest.tolist()), strict=True))
        return Scores(_rounded(logits.softmax(1)), round(float(relevance), 4), themes)


def _pool(device: str) -> ThreadPoolExecutor:
    """A thread a core on a CPU: cores that share a product wait for the slowest at every step, one that a neighbour
    keeps busy for instance; cores that read an article each do not."""
    if device != "cpu":
        return ThreadPoolExecutor(1)
    return ThreadPoolExecutor(torch.get_num_threads(), initializer=torch.set_num_threads, initargs=(1,))


def _card(folder: Path) -> dict[str, Any]:
    if not (folder / "card.json").exists():
        raise ModelError(f"No reader weights in {folder}. Reinstall Zeepbel, or give a folder or id with --model.")
    card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    made_for = (card.get("base"), card.get("stances"), card.get("themes"))
    if made_for != (NAME, list(STANCES), list(THEMES)) or not {"layers", "around"} <= set(card):
        raise ModelError(
            f"The reader in {folder} was made for another base or other labels. Train it with this version."
        )
    return card


def _network(folder: Path, card: dict[str, Any], dtype: torch.dtype) -> Reader:
    """The base with its adapters merged into it, and the heads."""
    from peft import PeftModel
    from safetensors.torch import load_file
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the command line shows its own
    network = AutoModel.from_pretrained(base_folder(), dtype=dtype)
    cut(network, card["layers"])
    with warnings.catch_warnings():  # peft still asks by a name that transformers has renamed
        warnings.simplefilter("ignore", FutureWarning)
        tuned = PeftModel.from_pretrained(network, folder).merge_and_unload()
    reader = Reader(tuned, network.config.hidden_size, card["around"])
    reader.load_state_dict(load_file(folder / "heads.safetensors"), strict=False)
    return reader


class SentenceClassifier:
    """A Hugging Face sequence classifier with the labels hype, caution, neutral; it sees one sentence at a time."""

    def __init__(self, model: str) -> None:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        device = best_device()
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model)
            network = AutoModelForSequenceClassification.from_pretrained(model, dtype=best_dtype(device))
        except (OSError, ValueError) as error:
            raise ModelError(f"The model {model} cannot be loaded: {error}") from error
        labels = {str(v).lower(): int(k) for k, v in network.config.id2label.items()}
        if set(labels) != set(STANCES):
            raise ModelError(f"The model {model} has the labels {sorted(labels)}; it needs exactly {sorted(STANCES)}.")
        self._order = [labels[s] for s in STANCES]
        self._network = network.to(device).eval()
        self._device = device
        self.info = ModelInfo(name=model, version="external", device=f"{device} {_short(best_dtype(device))}")

    @cached_property
    def _limit(self) -> int:
        return min(int(self._tokenizer.model_max_length), 512)

    @torch.inference_mode()
    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]:
        flat = [s for a in articles for s in a]
        found: dict[int, tuple[float, float, float]] = {}
        for group in batches([len(s) // 3 + 8 for s in flat], _limit(self._device)):
            inputs = self._tokenizer(
                [flat[i] for i in group], padding=True, truncation=True, max_length=self._limit, return_tensors="pt"
            ).to(self._device)
            logits = self._network(**inputs).logits.float().cpu()[:, self._order]
            found |= dict(zip(group, _rounded(logits.softmax(1)), strict=True))
        ordered = iter([found[i] for i in range(len(flat))])
        return [Scores([next(ordered) for _ in a]) for a in articles]


def _limit(device: str) -> int:
    """Tokens a batch: a CPU takes one article at a time."""
    return 0 if device == "cpu" else _TOKENS_A_PASS


def _rounded(probabilities: Tensor) -> list[tuple[float, float, float]]:
    """Four decimals that still sum to 1: what rounding leaves goes to the likeliest."""
    rows: list[tuple[float, float, float]] = []
    for row in probabilities.tolist():
        values = [round(v, 4) for v in row]
        values[values.index(max(values))] += 1 - sum(values)
        hype, caution, neutral = (round(v, 4) for v in values)
        rows.append((hype, caution, neutral))
    return rows


def _short(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")
