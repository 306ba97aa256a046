"""What a reader typed as a vector: the encoder of queries loads at the first search by meaning, and stays."""

from functools import cache
from typing import TYPE_CHECKING

from models.embeddings import Encoder
from models.modes import Asked, Mode

if TYPE_CHECKING:
    from nlp.query import QueryEncoder


def asked(typed: str, mode: Mode) -> Asked | None:
    """How to search with what was typed; null by words, or when nothing was typed.

    Raises `ModelError` when the encoder is not installed.
    """
    if mode == "words" or not typed.strip():
        return None
    encoder = _encoder()
    return Asked(mode, Encoder(encoder.name, encoder.version), encoder.encode(typed))


@cache
def _encoder() -> "QueryEncoder":
    from nlp.query import QueryEncoder

    return QueryEncoder()
