"""How alike two texts are: the Jaccard index of their runs of five words."""

import re

SHINGLE = 5
Shingles = set[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    words = re.findall(r"[\w,.$]*\w", text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def likeness(one: Shingles, other: Shingles) -> float:
    return len(one & other) / len(one | other)
