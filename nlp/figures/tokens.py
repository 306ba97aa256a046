"""Words and signs of a sentence: spaCy's blank pipeline, with infixes that part "260mrd" and "$3.5-$4".

spaCy's own rules split some of these only in some languages; here every border between a number, a letter and a
sign is a border, except inside a number ("1.025,5") and at an apostrophe ("zo'n", "euro's").
"""

import re
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple, cast

import spacy
from spacy.language import Language as Pipeline

SIGNS = r"[^\w\s.,'’`´:]"  # currency signs, percent, hyphens, brackets; the marks left out also occur inside words
BORDERS = re.compile(
    rf"(?<=[0-9½⅓⅔¼¾⅕⅛⅜⅝⅞])(?=[^\W\d_½⅓⅔¼¾⅕⅛⅜⅝⅞])"  # 260|mrd
    rf"|(?<=[^\W½⅓⅔¼¾⅕⅛⅜⅝⅞])(?=[½⅓⅔¼¾⅕⅛⅜⅝⅞])"  # 4|⅜
    rf"|(?<={SIGNS})(?=.)|(?<=.)(?={SIGNS})"  # $|3.5|-|$|4
    rf"|(?<=\w)(?=[.,:'’`´](?!\w))|(?<=[.,:])(?=[.,:])"  # 1.250|,|-
    r"|(?<=[^\W\d_])(?=[.,:][^\W_])(?!\.[^\W_]\.)|(?<=[^\W\d_][,:])(?=\w)|(?<=\d[,:])(?=[^\W\d_])"  # dollar|,|100
    r"|(?<=\b[A-Z]{3})(?=\d)"  # USD|115
)
FULL = 100_000  # words in a vocabulary
_lock = Lock()


class Token(NamedTuple):
    """A word or sign: its text, the same in lower case with plain apostrophes, and its place in the sentence."""

    text: str
    lower: str
    start: int
    end: int
    spaced: bool  # white space stands before it

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@lru_cache(maxsize=4)
def pipeline(lang: str) -> Pipeline:
    """The blank spaCy pipeline of a language with our infixes."""
    nlp = spacy.blank(lang)
    cast(Any, nlp.tokenizer).infix_finditer = BORDERS.finditer
    return nlp


def tokenise(texts: list[str], lang: str) -> list[list[Token]]:
    """The tokens of each text. White space gives no token.

    spaCy's vocabulary keeps every new word, so a full one is thrown away; that keeps memory flat over millions of
    sentences, and is several times faster than a memory zone an article, which forgets the common words too.
    """
    with _lock:
        nlp = pipeline(lang)
        if len(nlp.vocab) > FULL:
            pipeline.cache_clear()
            nlp = pipeline(lang)
        return [_tokens(nlp, text) for text in texts]


def _tokens(nlp: Pipeline, text: str) -> list[Token]:
    tokens, end = [], 0
    for word in nlp.make_doc(text):
        piece, start = word.text, word.idx
        if not piece.isspace():
            tokens.append(Token(piece, piece.lower().replace("’", "'"), start, start + len(piece), start > end))
            end = start + len(piece)
    return _with_full_stop(tokens)


def _with_full_stop(tokens: list[Token]) -> list[Token]:
    """Part a full stop from the last word, where spaCy took it for an abbreviation's ("€ 909 mln.")."""
    if not tokens or not tokens[-1].text.endswith(".") or tokens[-1].text == ".":
        return tokens
    *rest, last = tokens
    word = last._replace(text=last.text[:-1], lower=last.lower[:-1], end=last.end - 1)
    return [*rest, word, Token(".", ".", last.end - 1, last.end, spaced=False)]
