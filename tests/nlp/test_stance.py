"""The shipped reader: plain cases right, scores that add up, and the same whatever else is in the batch."""

import json
import shutil
from pathlib import Path

import pytest

from models.errors import ModelError
from nlp.reader import THEMES
from nlp.stance import WEIGHTS, ArticleReader, Scorer, load_scorer

pytestmark = pytest.mark.model

PAIRS = [
    (
        "Demand for AI computing keeps outstripping supply and the spending is already paying off handsomely.",
        "Investors warn that the AI spending spree is a bubble that will end in a painful crash.",
    ),
    (
        "De vraag naar rekenkracht overtreft elke verwachting en de investeringen verdienen zich nu al terug.",
        "Beleggers vrezen dat de geldstroom naar AI een zeepbel is die met een harde klap uiteenspat.",
    ),
]


@pytest.mark.parametrize(("praise", "doubt"), PAIRS)
def test_tells_praise_from_doubt(reader: Scorer, praise: str, doubt: str) -> None:
    (up,), (down,) = (scores.stances for scores in reader.score([[praise], [doubt]]))
    assert max(up) == up[0]
    assert max(down) == down[1]


def test_probabilities_sum_to_one(reader: Scorer) -> None:
    for scores in reader.score([[s for pair in PAIRS for s in pair], [""], ["?!", "a" * 5000]]):
        assert scores.relevance is not None
        assert 0 <= scores.relevance <= 1
        assert set(scores.themes) == set(THEMES)
        for stance in scores.stances:
            assert abs(sum(stance) - 1) < 1e-6


def test_a_score_does_not_depend_on_its_neighbours(reader: Scorer) -> None:
    articles = [list(pair) * length for length, pair in enumerate(PAIRS * 4, 1)]
    together = reader.score(articles)
    for article, scores in zip(articles, together, strict=True):
        alone = reader.score([article])[0]
        for one, other in zip(alone.stances, scores.stances, strict=True):
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 0.01


def test_a_long_article_is_read_to_its_end(reader: Scorer) -> None:
    article = [s for pair in PAIRS for s in pair] * 40
    assert len(reader.score([article])[0].stances) == len(article)


def test_nothing_gives_nothing(reader: Scorer) -> None:
    assert reader.score([]) == []


def test_a_model_that_is_not_there_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_scorer(str(tmp_path / "missing"))


def test_states_are_what_the_stance_layer_reads(reader: Scorer) -> None:
    assert isinstance(reader, ArticleReader)
    articles = [list(PAIRS[0]), [PAIRS[1][0]]]
    states = reader.states(articles)
    assert [len(s) for s in states] == [2, 1]
    for rows, scores in zip(states, reader.score(articles), strict=True):
        said = reader.network.stance(rows).argmax(1).tolist()
        assert said == [s.index(max(s)) for s in scores.stances]


def reader_folder(folder: Path, **changes: object) -> str:
    """A copy of the shipped reader whose card says something else."""
    shutil.copytree(WEIGHTS, folder)
    card = json.loads((folder / "card.json").read_text("utf-8")) | changes
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    return str(folder)


@pytest.mark.parametrize("changes", [{"base": "another"}, {"stances": ["up", "down", "flat"]}, {"themes": []}])
def test_a_reader_for_another_base_or_other_labels_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="made for another base or other labels"):
        load_scorer(reader_folder(tmp_path / "reader", **changes))


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    folder = Path(reader_folder(tmp_path / "reader"))
    (folder / "heads.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="do not fit gemma-3-270m"):
        load_scorer(str(folder))


@pytest.mark.parametrize("around", [0, 30, 60])
def test_a_theme_of_one_part_is_not_lost_in_a_long_article(reader: Scorer, around: int) -> None:
    part = [
        "Debt for AI data centres swells to a record",
        "Meta sold 30 billion dollars of bonds to pay for its data centres.",
        "Private credit funds lend the builders billions against the chips in them.",
        "Banks warn that these loans could sour when the rents for computing fall.",
    ] * 3
    dry = [f"Item {i} on the agenda of the council was noted without a vote." for i in range(around)]
    assert reader.score([dry + part + dry])[0].themes["financing_debt"] > 0.95
