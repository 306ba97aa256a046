"""The outside check: read as it comes, the gold headlines never learned from."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.ecosent import Headline, accuracy, read_headlines
from models.errors import InputError


def test_headlines_are_read_as_they_come(tmp_path: Path) -> None:
    (tmp_path / "headlines.csv").write_text(
        'id,date,medium,headline,value,gold\n1,2015-02-02,NOS,"Rente stijgt, huizen dalen",-1,1\n2,,FD,Groei,1,0\n',
        "utf-8",
    )
    assert read_headlines(tmp_path) == [Headline("Rente stijgt, huizen dalen", -1, True), Headline("Groei", 1, False)]


def test_a_folder_without_them_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Give the folder"):
        read_headlines(tmp_path)


def test_gold_headlines_are_tested_on_and_not_learned_from() -> None:
    dice = np.random.default_rng(1)
    values = dice.integers(-1, 2, 120)
    features = dice.normal(size=(120, 4)).astype(np.float32) + values[:, None] * 5
    told = [Headline("", int(v), gold=i >= 90) for i, v in enumerate(values)]
    assert accuracy(told, features)[:2] == (30, 30)
    lied = [Headline("", int(v) if i < 90 else -int(v), gold=i >= 90) for i, v in enumerate(values)]
    assert accuracy(lied, features)[0] == int((values[90:] == 0).sum())
