"""Making the analyser: the model once a process, the bundled capex facts beside it."""

from typing import TYPE_CHECKING

from models.capex import bundled

if TYPE_CHECKING:
    from nlp.analyse import Analyser


def load_analyser(model: str | None = None) -> "Analyser":
    """The shipped reader or the given Hugging Face folder or id. Takes seconds. Raises `ModelError`."""
    from nlp.analyse import Analyser
    from nlp.stance import load_scorer

    return Analyser(load_scorer(model), bundled())
