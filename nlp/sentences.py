"""Cutting a text into sentences with their places in it (sentencex, and two rules that news needs)."""

import re
from dataclasses import dataclass

import sentencex

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its code-point offsets in the text, end exclusive; `text` has no white space around it."""

    text: str
    start: int
    end: int


def split(text: str, lang: str) -> list[Sentence]:
    """The sentences of a text in order. A line break always ends one; a piece without a letter or digit is none."""
    found: list[Sentence] = []
    for line in _LINE.finditer(text):
        for start, end in _join(line.group(), _pieces(line.group(), lang)):
            sentence = _trim(text, line.start() + start, line.start() + end)
            if sentence:
                found.append(sentence)
    return found


def _pieces(line: str, lang: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for piece in sentencex.segment(lang, line):
        start = line.find(piece, at)
        if start < 0:  # the segmenter changed white space: take the rest of the line as one sentence
            break
        spans.append((start, start + len(piece)))
        at = start + len(piece)
    return [*spans, (at, len(line))] if at < len(line) else spans


def _join(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Undo a cut before a lower-case letter: it followed an abbreviation ("3,5 mrd. in 2025")."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and line[start:end].lstrip()[:1].islower():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trim(text: str, start: int, end: int) -> Sentence | None:
    piece = text[start:end]
    kept = piece.strip()
    if not _WORD.search(kept):
        return None
    start += len(piece) - len(piece.lstrip())
    return Sentence(kept, start, start + len(kept))
