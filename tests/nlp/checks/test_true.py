"""Passages that are true or cannot be decided, as newspapers write them: none of their figures may be called wrong."""

import tomllib
from pathlib import Path

import pytest

from models.capex import bundled
from nlp.checks.check import check_figures
from nlp.figures import read_figures
from nlp.sentences import split

PASSAGES = tomllib.loads(Path(__file__).with_name("true.toml").read_text(encoding="utf-8"))["passage"]
FACTS = bundled()


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p["text"][:60])
def test_nothing_is_called_wrong(passage: dict[str, str]) -> None:
    sentences = split(passage["text"], passage["lang"])
    figures = read_figures(sentences, passage["lang"], passage["published"])
    assert figures
    checked = check_figures(figures, sentences, passage["lang"], passage["published"], FACTS)
    assert [f.text for f in checked if any(c.verdict == "inconsistent" for c in f.checks)] == []
