"""Which language a text is in: what its publisher says first, a detector only with enough text (py3langid)."""

import re

import py3langid

READ = ("nl", "en")  # the languages that are scored
_CANDIDATES = [
    "ar",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fi",
    "fr",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
    "vi",
    "zh",
]
_ENOUGH_WORDS = 3
_CLEAR_LEAD = 4.0  # log-likelihood between the first and the second language
_READ_AT_MOST = 4_000  # characters

py3langid.set_languages(_CANDIDATES)


def declared(code: str | None) -> str | None:
    """A publisher's language tag as ISO 639-1: "nl-BE" and "NL_be" are "nl"; None when it is no tag."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", (code or "").strip())
    return match[1].lower() if match else None


def detect(text: str) -> str | None:
    """The language of a text, or None when there is too little to tell."""
    if len(re.findall(r"[^\W\d_]{2,}", text[:_READ_AT_MOST])) < _ENOUGH_WORDS:
        return None
    (best, first), (_, second) = py3langid.rank(text[:_READ_AT_MOST])[:2]
    return str(best) if first - second >= _CLEAR_LEAD else None


def language(text: str, tag: str | None = None) -> str | None:
    """The declared language when there is one, else the detected one."""
    return declared(tag) or detect(text)
