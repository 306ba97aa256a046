"""Hard forms of financial news, a sentence each, from `forms-nl.toml` and `forms-en.toml`."""

import tomllib
from pathlib import Path

import pytest

from nlp.figures import read_figures
from nlp.sentences import Sentence

FORMS = [
    (lang, sentence, expected)
    for lang in ("nl", "en")
    for sentence, expected in tomllib.loads(
        Path(__file__).with_name(f"forms-{lang}.toml").read_text(encoding="utf-8")
    ).items()
]


@pytest.mark.parametrize(("lang", "sentence", "expected"), FORMS, ids=[f"{lang}: {text}" for lang, text, _ in FORMS])
def test_form(lang: str, sentence: str, expected: list[list[str | float]]) -> None:
    figures = read_figures([Sentence(sentence, 0, len(sentence))], lang, "2025-11-10")
    assert [[f.text, f.unit or "unknown"] for f in figures] == [row[:2] for row in expected]
    for figure, (_, _, value, *upper) in zip(figures, expected, strict=True):
        assert figure.value == pytest.approx(value, rel=1e-4)
        assert figure.value_to == (pytest.approx(upper[0], rel=1e-4) if upper else None)
