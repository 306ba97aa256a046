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
    r"|(?<=\b[A-Z]{3})(?=\d)|(?<=\b[A-Z]{4})(?=\d)"  # USD|115, FCFA|20
    r"|(?<=\b(?:Rmb|SKr|NKr|DKr|SFr))(?=\d)|(?<=\b(?:Rs|Rp|RM))(?=\d)"  # SKr|45
)
GAPS = "\u00a0\u2009\u202f"  # no-break and thin spaces, which group digits: "1 500"
GROUP = 3  # digits in a group
FACE = re.compile(r"[^\w\s]*\d+[^\w\s]+|[^\w\s]+\d+[^\w\s]*")  # "8)", ":3"
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
    """The blank spaCy pipeline of a language with our infixes, and without faces: "($8)" does not end in one."""
    nlp = spacy.blank(lang)
    tokenizer = cast(Any, nlp.tokenizer)
    tokenizer.infix_finditer = BORDERS.finditer
    tokenizer.rules = {word: parts for word, parts in tokenizer.rules.items() if not FACE.fullmatch(word)}
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
    tokens, end = list[Token](), 0
    for word in nlp.make_doc(text):
        piece, start = word.text, word.idx
        if not piece.isspace():
            made = Token(piece, piece.lower().replace("’", "'"), start, start + len(piece), start > end)
            if tokens and _grouped(text, tokens[-1], made):
                first = tokens.pop()
                made = Token(first.text + piece, first.text + piece, first.start, made.end, first.spaced)
            tokens.append(made)
            end = start + len(piece)
    return _with_full_stop(tokens)


def _grouped(text: str, before: Token, token: Token) -> bool:
    """Three digits after a thin space continue the number before it: "1 500" is one number."""
    group = token.text.replace(",", ".").split(".")[0]
    apart = token.start - before.end == 1 and text[before.end] in GAPS
    begun = len(before.text) <= GROUP or before.end - before.start > len(before.text)
    digits = before.text.isdecimal() and before.text[0] != "0" and group.isdecimal()
    return apart and begun and digits and len(group) == GROUP


def _with_full_stop(tokens: list[Token]) -> list[Token]:
    """Part a full stop from the last word, where spaCy took it for an abbreviation's ("€ 909 mln.")."""
    if not tokens or not tokens[-1].text.endswith(".") or tokens[-1].text == ".":
        return tokens
    *rest, last = tokens
    word = last._replace(text=last.text[:-1], lower=last.lower[:-1], end=last.end - 1)
    return [*rest, word, Token(".", ".", last.end - 1, last.end, spaced=False)]
