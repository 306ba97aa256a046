"""Making the analyser: the model once a process, the bundled capex facts beside it."""

from typing import TYPE_CHECKING

from models.capex import bundled

if TYPE_CHECKING:
    from nlp.analyse import Analyser


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
