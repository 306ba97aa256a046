"""What a reader types, turned into an FTS5 query that can never be a syntax error.

Words must all occur, "a phrase" as it stands, `prefix*` as the beginning of a word. Everything else is punctuation.
"""

import re

TERM = re.compile(r'"([^"]*)"?|(\S+)')


def match_query(typed: str) -> str | None:
    """The FTS5 expression; null when nothing was typed that could occur in a text."""
    terms = [_term(phrase or word) for phrase, word in TERM.findall(typed)]
    return " AND ".join(term for term in terms if term) or None


def _term(words: str) -> str | None:
    plain = " ".join(re.sub(r'["*\x00]', " ", words).split())
    if not any(character.isalnum() for character in plain):
        return None
    return f'"{plain}"*' if words.rstrip().endswith("*") else f'"{plain}"'
