"""Which sentences of an article may be shown in its own words.

At most five, none longer than 40 words, together at most a fifth of the words of the text. Chosen are the sentences
that lean most, from both sides in turn.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from models.tables import Article, Score, SentenceRow

MOST_QUOTES = 5
LONGEST_QUOTE = 40  # words
LARGEST_SHARE = 5  # one word in five


def words(text: str) -> int:
    return len(text.split())


def quotations(text: str | None, sentences: Sequence[SentenceRow]) -> dict[int, str]:
    """The quotable sentences by number; none without a text. The offsets of `sentences` count in `text`."""
    if text is None:
        return {}
    left = words(text) // LARGEST_SHARE
    chosen: dict[int, str] = {}
    for sentence in _strongest_in_turn(sentences):
        quote = text[sentence.start : sentence.end].strip()
        length = words(quote)
        if 0 < length <= min(left, LONGEST_QUOTE) and len(chosen) < MOST_QUOTES:
            chosen[sentence.number] = quote
            left -= length
    return chosen


def text_as_read(article: Article, score: Score | None) -> str | None:
    """The text that the offsets of a reading count in; null when the article has changed since or may not be kept."""
    return article.text if score is not None and score.version == article.version else None


def _strongest_in_turn(sentences: Sequence[SentenceRow]) -> Iterator[SentenceRow]:
    hype = sorted((s for s in sentences if s.stance == "hype"), key=lambda s: (-(s.p_hype or 0), s.number))
    caution = sorted((s for s in sentences if s.stance == "caution"), key=lambda s: (-(s.p_caution or 0), s.number))
    sides = [hype, caution] if len(hype) >= len(caution) else [caution, hype]
    return (sentence for pair in zip_longest(*sides) for sentence in pair if sentence is not None)
