"""A model of the right form that knows nothing, or gives no probabilities, is refused with what to do."""

from collections.abc import Callable, Sequence

import pytest

from models.errors import ModelError
from models.records import ModelInfo
from nlp import selfcheck
from nlp.stance import Scorer, Scores

Triple = tuple[float, float, float]


class Fake:
    """A scorer that answers by the text alone."""

    info = ModelInfo(name="fake", version="1", device="cpu")

    def __init__(self, answer: Callable[[str], Triple]) -> None:
        self._answer = answer

    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]:
        return [Scores([self._answer(s) for s in a]) for a in articles]


@pytest.mark.parametrize("blind", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.2, 0.2, 0.6)])
def test_a_model_that_always_says_the_same_is_refused(blind: Triple) -> None:
    with pytest.raises(ModelError, match="reads only 4 of 12 plain sentences right"):
        selfcheck.check(Fake(lambda _: blind))


@pytest.mark.parametrize("odd", [(float("nan"),) * 3, (0.9, 0.9, 0.9), (-0.5, 1.0, 0.5)])
def test_what_are_no_probabilities_is_refused(odd: Triple) -> None:
    with pytest.raises(ModelError, match="gives no probabilities"):
        selfcheck.check(Fake(lambda _: odd))


@pytest.mark.model
def test_the_shipped_reader_passes(reader: Scorer) -> None:
    selfcheck.check(reader)
