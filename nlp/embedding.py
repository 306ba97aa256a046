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
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.records import ModelInfo
from nlp.batches import batches
from nlp.e5 import POSITIONS, e5_folder
from nlp.stance import best_device, best_dtype
from nlp.vectors import DIMENSIONS, NAME, VERSION, cosines, neutral, quantise

__all__ = ["DIMENSIONS", "LEAD", "Embedder", "article_text", "cosines", "neutral", "quantise"]

LEAD = 128  # tokens of an article that are read, headline first: twice as many rank no better and cost twice as much
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
        self.info = ModelInfo(name=NAME, version=VERSION, device=f"{device} {str(dtype).removeprefix('torch.')}")
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
