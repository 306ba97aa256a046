"""Cutting a text into sentences with their places in it (sentencex, and two rules that news needs)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_WORD = re.compile(r"\w")
_LONGEST = 4_000  # characters segmented at once: sentencex takes the square of it where quotation marks abound


@dataclass(frozen=True)
class Sentence:
    """A sentence and its code-point offsets in the text, end exclusive; `text` has no white space around it."""

    text: str
    start: int
    end: int


def split(text: str, lang: str) -> list[Sentence]:
    """The sentences of a text in order. A line break always ends one; a piece without a letter or digit is none."""
    found: list[Sentence] = []
    for offset, part in (part for line in _LINE.finditer(text) for part in _parts(line.start(), line.group())):
        for start, end in _join(part, _pieces(part, lang)):
            sentence = _trim(text, offset + start, offset + end)
            if sentence:
                found.append(sentence)
    return found


def _parts(offset: int, line: str) -> Iterator[tuple[int, str]]:
    """(offset, text) of a line; one longer than a paragraph is cut after a full stop, else at white space."""
    start = 0
    while len(line) - start > _LONGEST:
        stop, space = (line.rfind(mark, start, start + _LONGEST) for mark in (". ", " "))
        end = (stop + 1 if stop > start else space) if space > start else start + _LONGEST
        yield offset + start, line[start:end]
        start = end
    yield offset + start, line[start:]


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
