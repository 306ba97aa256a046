"""Whether a sentence is understood word for word, as it must be before one of its figures is called wrong."""

import re

from nlp.checks.passage import Cited, Passage
from nlp.checks.wording import words
from nlp.figures.grammar import grammar
from nlp.figures.period import times
from nlp.figures.quantity import Line
from nlp.orgs import mentions

_NAME = re.compile(r"(?<=[a-zà-ÿ0-9,.)] )[A-Z][\w&-]*[a-zà-ÿ]\w*")  # a capital within a sentence
_PART = re.compile(r"[,;:()–—]\s|\s[–—-]\s")


def is_understood(passage: Passage, cited: Cited) -> bool:
    """Whether the figure's part of the sentence has no word but those that are known to change nothing.

    Names of organisations, times, figures and the words for capital expenditure count as known. What stands beyond a
    comma may say more, as long as the sentence is not one that another hangs on ("That Meta spent ... is untrue").
    """
    here, wording = cited.figure.sentence, passage.wording
    text = bare(passage, here)
    for found in (*passage.wording.find("capex", text), *passage.wording.find("titles", text)):
        text = _blank(text, found.start(), found.end())
    for other in passage.row(here):
        text = _blank(text, other.figure.start, other.figure.end)
    if wording.starts("subordinate", passage.text(cited)):
        return False
    start = max((m.end() for m in _PART.finditer(text) if m.end() <= cited.figure.start), default=0)
    end = min((m.start() for m in _PART.finditer(text) if m.start() >= cited.figure.end), default=len(text))
    return wording.is_plain(text[start:end])


def is_elliptic(passage: Passage, cited: Cited) -> bool:
    """Whether the sentence does no more than put another amount in the place of the one before: "At Meta it was 19"."""
    text = bare(passage, cited.figure.sentence)
    text = _blank(text, cited.figure.start, cited.figure.end)
    known = set(words(passage.wording.texts["elliptic"]))
    return all(w in known for w in words(text))


def has_strangers(passage: Passage, sentence: int) -> bool:
    """Whether a sentence holds a name that is none of the organisations that are known."""
    text = bare(passage, sentence)
    for found in passage.wording.find("titles", text):
        text = _blank(text, found.start(), found.end())
    return _NAME.search(text) is not None


def bare(passage: Passage, sentence: int) -> str:
    """A sentence without the names of organisations and the times that it holds, of the same length."""
    text = passage.sentences[sentence]
    line = Line(text, [], grammar(passage.lang))
    published = passage.published.isoformat() if passage.published else None
    spans = [(m.start, m.end) for m in mentions(text)] + [(t.start, t.end) for t in times(line, published)]
    for start, end in spans:
        text = _blank(text, start, end)
    return text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "0" * (end - start) + text[end:]
