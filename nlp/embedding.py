"""Vectors of texts: near each other where the meaning is, in Dutch and English alike.

The encoder is multilingual-e5-small (Wang et al. 2024): 384 dimensions, the mean of the states of a text's tokens,
scaled to length one. Queries and passages are told apart by the word they open with, as the encoder was trained.

Left at that, all vectors share a large part (cosines of 0.7 and more where nothing is shared), and a text is nearer to
any text in its own language than to its translation: a Dutch query never finds an English article. So the centre of
the two languages is subtracted and the direction from the one to the other taken out, which needs no language of
the text (after Libovický et al. 2020, "On the Language Neutrality of Pre-trained Multilingual Representations").
`training/centre.py` measures the means of both languages; `benchmarks/retrieval.py` shows what it brings.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.records import ModelInfo
from nlp.batches import batches
from nlp.e5 import HIDDEN, NAME, POSITIONS, e5_folder
from nlp.stance import best_device, best_dtype

DIMENSIONS = HIDDEN
SCALE = 423  # of int8 vectors: 127 stands for 0.3, which hardly a component exceeds
LEAD = 128  # tokens of an article that are read, headline first: twice as many rank no better and cost twice as much
LANGUAGES = Path(__file__).parent / "data" / "e5-languages.npy"  # mean vectors of Dutch and English articles [2, 384]
_VERSION = "1"  # of what is made of a text: other vectors for the same text are another version
_TOKENS_A_BATCH = {"cpu": 2_048}
_TOKENS_A_BATCH_ON_GPU = 65_536

Kind = Literal["query", "passage"]


class Embedder:
    """The encoder, loaded. `info` says what made the vectors, and on what."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the command line shows its own
        device = best_device()
        dtype = best_dtype(device)
        folder = e5_folder()
        self.info = ModelInfo(name=NAME, version=_VERSION, device=f"{device} {str(dtype).removeprefix('torch.')}")
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        network = AutoModel.from_pretrained(folder, dtype=dtype, add_pooling_layer=False)
        self._network = network.to(device).eval()
        self._device = device

    def embed(self, texts: Sequence[str], kind: Kind) -> NDArray[np.float32]:
        """Vectors [texts, 384] of length one, in the order of the texts: a product of two is their cosine."""
        return neutral(self.encode(texts, kind))

    @torch.inference_mode()
    def encode(self, texts: Sequence[str], kind: Kind) -> NDArray[np.float32]:
        """The same as the encoder gives them, language and all."""
        opened = [f"{kind}: {' '.join(text.split())}" for text in texts]
        longest = LEAD if kind == "passage" else POSITIONS
        encoded = self._tokenizer(opened, truncation=True, max_length=longest)["input_ids"] if opened else []
        found = np.empty((len(texts), DIMENSIONS), np.float32)
        limit = _TOKENS_A_BATCH.get(self._device, _TOKENS_A_BATCH_ON_GPU)
        for group in batches([len(ids) for ids in encoded], limit):
            found[group] = self._run([encoded[i] for i in group]).cpu().numpy()
        return found

    def _run(self, batch: list[list[int]]) -> Tensor:
        inputs = self._tokenizer.pad({"input_ids": batch}, return_tensors="pt").to(self._device)
        states = self._network(**inputs).last_hidden_state.float()
        mask = inputs["attention_mask"].unsqueeze(2)
        return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)


def article_text(title: str, text: str) -> str:
    """What an article is embedded by: headline and body, of which `embed` reads the beginning."""
    return f"{title}\n{text}"


def neutral(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors [n, 384] of the encoder without what tells Dutch from English, of length one again."""
    dutch, english = _means()
    direction = (dutch - english) / np.linalg.norm(dutch - english)
    moved = vectors - (dutch + english) / 2
    moved -= np.outer(moved @ direction, direction)
    scaled: NDArray[np.float32] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return scaled


@cache
def _means() -> NDArray[np.float32]:
    means: NDArray[np.float32] = np.load(LANGUAGES)
    return means


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """A byte a dimension, for keeping: components times `SCALE`, rounded; what is beyond 0.3 is cut."""
    return np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)


def cosines(one: NDArray[np.int8], other: NDArray[np.int8]) -> NDArray[np.float32]:
    """Of quantised vectors [n, 384] and [m, 384]: cosines [n, m]."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    found: NDArray[np.float32] = a @ b.T
    return found
