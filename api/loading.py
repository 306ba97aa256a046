"""Making the analyser and the encoder: each model once a process, the bundled capex facts beside the first."""

from typing import TYPE_CHECKING

from models.capex import bundled

if TYPE_CHECKING:
    from nlp.analyse import Analyser
    from nlp.embedding import Embedder


def load_analyser(model: str | None = None) -> "Analyser":
    """The shipped reader, or the given Hugging Face folder or id once it has passed its check. Takes seconds.

    Raises `ModelError`.
    """
    from nlp import selfcheck
    from nlp.analyse import Analyser
    from nlp.stance import load_scorer

    scorer = load_scorer(model)
    if model is not None:
        selfcheck.check(scorer)
    return Analyser(scorer, bundled())


def load_embedder() -> "Embedder":
    """The encoder of articles, for search by meaning. Takes seconds when PyTorch is not loaded. Raises `ModelError`."""
    from nlp.embedding import Embedder

    return Embedder()
