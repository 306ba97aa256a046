"""Measures against values worked out by hand, and intervals that hold their estimate."""

from dataclasses import replace

import pytest
import torch
from sklearn.metrics import f1_score

from nlp.reader import THEMES
from training.pieces import Piece
from training.report import Read, bias, calibrate, read, reliability, report

PIECE = Piece(
    name="p", lang="nl", brief="b", genre="analysis", sentences=("a", "b", "c"), stance=(0, 1, 2), votes=((), (), ()),
    phenomena=(None, "irony", None), relevant=True, lean=1, themes=("capex",), annotators=1,
)  # fmt: skip


def reads_of(*said: tuple[int, int, int], lang: str = "nl") -> list[Read]:
    """Pieces labelled hype, caution, neutral, and what was said of each sentence with certainty."""
    pieces = [replace(PIECE, name=str(i), lang=lang, lean=i % 3) for i in range(len(said))]
    logits = torch.nn.functional.one_hot(torch.tensor(said).flatten(), 3) * 100.0
    document = torch.full((len(said), 1 + len(THEMES)), -9.0)
    document[:, :2] = 9
    return read(pieces, logits, document)


def test_all_right() -> None:
    found = report(reads_of(*[(0, 1, 2)] * 10))
    of = found["language"]["nl"]
    assert of["macro_f1"] == of["relevance_f1"] == of["themes_micro_f1"] == [1, 1, 1]
    assert of["opposite"] == [0, 0, 0]
    assert of["confusion"] == [[10, 0, 0], [0, 10, 0], [0, 0, 10]]
    assert of["brier"] == 0
    assert found["bias"] == {"nl": [0, 0, 0]}


def test_macro_f1_and_opposite_are_those_of_scikit_learn_and_of_counting() -> None:
    said = [(0, 1, 2), (1, 1, 2), (2, 0, 2), (0, 2, 1)] * 3
    of = report(reads_of(*said))["language"]["nl"]
    expected = f1_score([0, 1, 2] * len(said), [k for s in said for k in s], average="macro")
    assert of["macro_f1"][0] == pytest.approx(expected, abs=1e-3)
    assert of["opposite"][0] == pytest.approx(6 / 36, abs=1e-3)
    for value, low, high in (of["macro_f1"], of["opposite"]):
        assert low <= value <= high


def test_a_small_group_is_left_out() -> None:
    assert report(reads_of(*[(0, 1, 2)] * 10))["phenomenon"] == {}
    assert set(report(reads_of(*[(0, 1, 2)] * 20))["phenomenon"]) == {"irony"}


def test_a_lean_to_hype_in_one_language_shows_as_bias() -> None:
    found = bias([*reads_of(*[(0, 0, 2)] * 5), *reads_of(*[(0, 1, 2)] * 5, lang="en")])
    assert found["nl"][0] > 0.3
    assert found["en"] == [0, 0, 0]


def test_calibration_cools_what_is_too_sure() -> None:
    torch.manual_seed(0)
    target = torch.randint(3, (3000,))
    right = torch.rand(3000) < 0.7
    said = torch.where(right, target, (target + 1) % 3)
    sure = torch.nn.functional.one_hot(said, 3) * 6.0
    scale, offset = calibrate(sure, target, 300)
    cooled = (sure * scale + torch.tensor(offset)).softmax(1)
    assert float(cooled.max(1).values.mean()) == pytest.approx(0.7, abs=0.03)


def test_the_diagram_counts_every_sentence_once() -> None:
    found = reliability(reads_of((0, 1, 1), (2, 1, 2)))
    assert sum(n for _, _, n in found["bins"]) == 6
    assert found["bins"] == [[1.0, 0.667, 6]]
    assert found["calibration_error"] == pytest.approx(1 / 3, abs=1e-3)
