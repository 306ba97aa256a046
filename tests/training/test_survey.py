"""The page about the data is that of the data, and likeness is seen."""

from pathlib import Path

from training.pieces import read_pieces
from training.survey import _alike, survey


def test_the_page_in_the_documentation_is_the_one_that_the_command_prints() -> None:
    page = Path(__file__).parents[2] / "docs" / "training-data.md"
    assert page.read_text("utf-8") == survey(read_pieces())


def test_copies_are_counted_as_pairs() -> None:
    texts = ["de markt sloot hoger na cijfers", "de markt sloot hoger na cijfers", "iets heel anders over stroom"]
    assert _alike(texts) == [1, 1, 1]
