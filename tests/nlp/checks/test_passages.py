"""Whole passages through the reader of figures and the checks: what must be accused, assured and left alone.

A mark with a question mark is right but not found yet: nothing is said of it. When that changes, so must the mark.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from models.capex import bundled
from models.records import Figure
from nlp.checks.check import check_figures
from nlp.figures import read_figures
from nlp.sentences import Sentence, split

_MARK = re.compile(r"\[([^|\]]+)\|(\w+\??)\]")
FILES = ("passages.toml", "mended.toml", "fresh.toml", "traps.toml", "last.toml")
FACTS = bundled()


class Marked(NamedTuple):
    """A stretch of the text and the verdict that it should get, with a question mark where it does not yet."""

    start: int
    end: int
    verdict: str


def passages() -> list[dict[str, str]]:
    read = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in FILES)
    return [passage for text in read for passage in tomllib.loads(text)["passage"]]


def unmark(text: str) -> tuple[str, list[Marked]]:
    plain, marks, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        marks.append(Marked(len(plain), len(plain) + len(mark[1]), mark[2]))
        plain, at = plain + mark[1], mark.end()
    return plain + text[at:], marks


def verdict(figures: list[Figure], sentences: list[Sentence], mark: Marked) -> str:
    """The verdict on the figure that shares at least half of the marked stretch; accusation before assurance."""
    said = set()
    for figure in figures:
        start, end = (at + sentences[figure.sentence].start for at in (figure.start, figure.end))
        shared = min(end, mark.end) - max(start, mark.start)
        if shared * 2 >= min(end - start, mark.end - mark.start) > 0:
            said |= {c.verdict for c in figure.checks}
    return next((v for v in ("inconsistent", "consistent") if v in said), "none")


@pytest.mark.parametrize("passage", passages(), ids=lambda p: p["text"][:60])
def test_verdicts(passage: dict[str, str]) -> None:
    text, marks = unmark(passage["text"])
    sentences = split(text, passage["lang"])
    found = read_figures(sentences, passage["lang"], passage["published"])
    checked = check_figures(found, sentences, passage["lang"], passage["published"], FACTS)
    got = {text[m.start : m.end]: verdict(checked, sentences, m) for m in marks}
    assert got == {text[m.start : m.end]: "none" if "?" in m.verdict else m.verdict for m in marks}


def test_few_of_the_verdicts_are_still_missing() -> None:
    marked = Counter(m.verdict for p in passages() for m in unmark(p["text"])[1])
    for kind in ("consistent", "inconsistent"):
        assert marked[f"{kind}?"] / (marked[kind] + marked[f"{kind}?"]) < 0.15
