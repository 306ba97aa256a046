"""Training in miniature: it learns, and a run that was stopped ends where an unbroken one does."""

from pathlib import Path

import pytest
import torch

from training import trainer
from training.pieces import Piece
from training.trainer import Recipe, Trainer

pytestmark = pytest.mark.model

RECIPE = Recipe(layers=2, rank=2, epochs=2, batch=1)


def piece(name: str, relevant: bool, *sentences: str) -> Piece:
    stance = tuple(i % 3 for i in range(len(sentences)))
    return Piece(
        name=name, lang="en", brief="b", genre="analysis", sentences=sentences, stance=stance,
        votes=((0, 1), *(() for _ in stance[1:])), phenomena=(None,) * len(stance), relevant=relevant,
        lean=1 if relevant else None, themes=("capex",) if relevant else (), annotators=2,
    )  # fmt: skip


PIECES = [
    piece("one", True, "Orders for AI chips soar.", "Critics see a bubble.", "The firm is in Ghent."),
    piece("two", False, "A school opens.", "It has two floors."),
    piece("three", True, "Spending on AI pays off.", "Debt is piling up."),
]


class Stopped(Exception):
    """As if the machine went down."""


def test_a_stopped_run_goes_on_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "CHECKPOINT", 2)
    unbroken = Trainer(RECIPE)
    unbroken.fit(PIECES, tmp_path / "whole.pt")
    stopped, step = Trainer(RECIPE), Trainer._step
    steps: list[int] = []

    def fails(self: Trainer, *given: object) -> None:
        steps.append(1)
        if len(steps) > 3:
            raise Stopped
        step(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_step", fails)
        with pytest.raises(Stopped):
            stopped.fit(PIECES, tmp_path / "part.pt")
    again = Trainer(RECIPE)
    again.fit(PIECES, tmp_path / "part.pt")
    for one, other in zip(unbroken.predict(PIECES), again.predict(PIECES), strict=True):
        assert torch.allclose(one, other, atol=1e-3)


def test_a_checkpoint_of_another_run_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "CHECKPOINT", 1)
    Trainer(RECIPE).fit(PIECES[:1], tmp_path / "c.pt")
    first = torch.load(tmp_path / "c.pt")["run"]
    Trainer(RECIPE).fit(PIECES, tmp_path / "c.pt")
    state = torch.load(tmp_path / "c.pt")
    assert state["run"] != first
    assert state["step"] == 6


def test_the_share_of_the_votes_is_what_is_learned() -> None:
    learner = Trainer(RECIPE)
    agreed = [Piece(**{**vars(PIECES[0]), "votes": ((),) * 3})]
    assert not torch.isclose(learner._loss(agreed), learner._loss(PIECES[:1]))


def test_sentences_read_alone_give_one_row_each() -> None:
    learner = Trainer(Recipe(layers=2, rank=2, context=False))
    stance, document = learner.predict(PIECES)
    assert (len(stance), len(document)) == (7, 3)
