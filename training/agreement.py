"""Two annotators who did not see each other's labels, and how far they agree before a third settles it."""

from collections.abc import Iterable, Sequence

from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score

from nlp.reader import STANCES
from training.pieces import Piece

HEAD = ("language", "pieces", "sentences", "same", "macro-F1", "Cohen's kappa", "opposite", "article Spearman",
        "same relevance")  # fmt: skip
LEANING = {STANCES.index("hype"), STANCES.index("caution")}


def agreement(pieces: Iterable[Piece], lang: str) -> list[object]:
    """The row under `HEAD` of one language, over the pieces that two annotators labelled."""
    twice = [p for p in pieces if p.lang == lang and p.annotators > 1]
    pairs = [p.votes[i][:2] or (stance, stance) for p in twice for i, stance in enumerate(p.stance)]
    first, second = zip(*pairs, strict=True)
    whole = [(p, *p.second) for p in twice if p.second]
    leans = [(p.lean, lean) for p, _, lean in whole if None not in (p.lean, lean)]
    return [
        lang,
        len(twice),
        len(pairs),
        _share([a == b for a, b in pairs]),
        f"{f1_score(first, second, average='macro'):.2f}",
        f"{cohen_kappa_score(first, second):.2f}",
        _share([{a, b} == LEANING for a, b in pairs]),
        f"{spearmanr(*zip(*leans, strict=True)).statistic:.2f}",
        _share([p.relevant == relevant for p, relevant, _ in whole]),
    ]


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.1%}"
