"""What the training data is made of, as the page docs/training-data.md.

python -m training.survey > docs/training-data.md
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_predict

from nlp.reader import STANCES, THEMES
from training.agreement import HEAD, agreement
from training.pieces import Piece, read_pieces, split
from training.table import table

LANGUAGES = ("nl", "en")
NEAR = (0.9, 0.7, 0.5)  # cosine
OPENING = 4  # words
ROWS = 500  # compared with all others at once

INTRODUCTION = """# Training data

Made by `python -m training.survey`. A piece is a short article, headline first, every sentence labelled by the
[codebook](codebook.md), with relevance, themes and the stance of the whole. Writers and annotators are language models
that worked by written briefs. Restated pieces keep the facts, names, amounts, hedges and speakers of a real page
(`source`), every sentence in words of our own: never cite them as spoken. Invented pieces and minimal pairs (`pairs`,
twins that differ in a turn) have invented people and figures."""

SECOND = """Every piece was labelled by its writer and by a second model that saw the bare text; of the invented pieces
relevance and themes come from one reading. A third settled where the two differed. The reader learns from the share of
the votes, and is judged on what was settled. Models that resemble each other agree too easily, so take this as an upper
bound on how clear the labels are."""


def survey(pieces: Sequence[Piece]) -> str:
    """The whole page, in Markdown."""
    sections: list[tuple[str, Callable[[Sequence[Piece]], str]]] = [
        ("Briefs", _briefs),
        ("Who learns from what", _parts),
        ("Phenomena by language and stance", _phenomena),
        ("Genres by language and stance", _genres),
        ("Articles", _articles),
        ("What must not give the label away", _giveaways),
        ("Likeness", _likeness),
        ("Second labels", _second),
    ]
    return "\n\n".join([INTRODUCTION, *(f"## {title}\n\n{write(pieces)}" for title, write in sections)]) + "\n"


def _briefs(pieces: Sequence[Piece]) -> str:
    groups = {name: [p for p in pieces if p.brief == name] for name in sorted({p.brief for p in pieces})}
    rows = [[name, len(of), _count(of), *_shares(of)] for name, of in {**groups, "all": pieces}.items()]
    return table(["brief", "pieces", "sentences", *STANCES], rows)


def _parts(pieces: Sequence[Piece]) -> str:
    """By piece and by brief: the test briefs had writers of their own, who left out events of the other pieces."""
    rows = [[name, len(of), _count(of), *_shares(of)] for name, of in vars(split(pieces)).items()]
    return table(["part", "pieces", "sentences", *STANCES], rows)


def _phenomena(pieces: Sequence[Piece]) -> str:
    found = [(n or "none noted", p.lang, s) for p in pieces for n, s in zip(p.phenomena, p.stance, strict=True)]
    return _crossed("phenomenon", found)


def _genres(pieces: Sequence[Piece]) -> str:
    return _crossed("genre", [(p.genre, p.lang, s) for p in pieces for s in p.stance])


def _articles(pieces: Sequence[Piece]) -> str:
    relevant = [p for p in pieces if p.relevant]
    leans = Counter((p.lean, p.lang) for p in relevant)
    themes = Counter((t, p.lang) for p in relevant for t in p.themes)
    off = Counter(p.lang for p in pieces if not p.relevant)
    rows: list[list[object]] = [["off the subject", *(off[lang] for lang in LANGUAGES)]]
    rows += [[f"stance {lean:+d}", *(leans[lean, lang] for lang in LANGUAGES)] for lean in range(-2, 3)]
    rows += [[theme, *(themes[theme, lang] for lang in LANGUAGES)] for theme in THEMES]
    return table(["articles", *LANGUAGES], rows)


def _giveaways(pieces: Sequence[Piece]) -> str:
    """Words a sentence by label, and what a model gets that knows only length and place (ten folds)."""
    rows = [(s, len(t.split()), i) for p in pieces for i, (t, s) in enumerate(zip(p.sentences, p.stance, strict=True))]
    words = ", ".join(f"{name} {fmean(n for s, n, _ in rows if s == k):.1f}" for k, name in enumerate(STANCES))
    features = np.array([[n, n * n, i, i == 0] for _, n, i in rows], float)
    gold = np.array([s for s, _, _ in rows])
    blind = LogisticRegression(class_weight="balanced", max_iter=1000)
    given = cross_val_predict(blind, (features - features.mean(0)) / features.std(0), gold, cv=10)
    found = f1_score(gold, given, average="macro")
    return f"Words a sentence: {words}. From length and place alone a model gets macro-F1 {found:.2f} (chance 0.33)."


def _likeness(pieces: Sequence[Piece]) -> str:
    """Near-duplicates among sentences and among pieces, shared openings, and sentences of one mould."""
    sentences = [s for p in pieces for s in p.sentences]
    near, nearer = _alike(sentences), _alike([" ".join(p.sentences) for p in pieces])
    openings = Counter(" ".join(re.findall(r"\w+", s.lower())[:OPENING]) for s in sentences).most_common(5)
    moulds = Counter(re.sub(r"\b[A-Z][\w&.-]*|\d[\d.,]*", "#", s) for s in sentences)
    same = sum(n for mould, n in moulds.items() if n > 1 and len(mould.split()) > OPENING)
    return "\n\n".join(
        [
            table(["pairs alike", "sentences", "pieces"], zip([f"from {n}" for n in NEAR], near, nearer, strict=True)),
            "Alike is the cosine of TF-IDF weights of words and pairs of words.",
            f"Most frequent openings of {OPENING} words: {', '.join(f'“{o}” ({n})' for o, n in openings)}.",
            f"Sentences of more than {OPENING} words that are the same but for names and numbers: {same}.",
        ]
    )


def _second(pieces: Sequence[Piece]) -> str:
    return f"{SECOND}\n\n{table(HEAD, [agreement(pieces, lang) for lang in LANGUAGES])}"


def _alike(texts: Sequence[str]) -> list[int]:
    """How many pairs have at least each cosine of `NEAR`."""
    weights = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
    counts = np.zeros(len(NEAR), int)
    for at in range(0, len(texts), ROWS):
        cosines = (weights[at : at + ROWS] @ weights.T).data
        counts += [int((cosines >= least).sum()) for least in NEAR]
    return [int(n - len(texts)) // 2 for n in counts]  # each pair was seen twice, each text with itself


def _crossed(name: str, found: Iterable[tuple[str, str, int]]) -> str:
    counts = Counter(found)
    columns = [(lang, k) for lang in LANGUAGES for k in range(len(STANCES))]
    rows = [[row, *(counts[row, lang, k] for lang, k in columns)] for row in sorted({n for n, _, _ in counts})]
    return table([name, *(f"{lang} {STANCES[k]}" for lang, k in columns)], rows)


def _shares(pieces: Iterable[Piece]) -> list[str]:
    counts = Counter(s for p in pieces for s in p.stance)
    return [f"{counts[k] / counts.total():.0%}" for k in range(len(STANCES))]


def _count(pieces: Iterable[Piece]) -> int:
    return sum(len(p.sentences) for p in pieces)


if __name__ == "__main__":
    print(survey(read_pieces()), end="")
