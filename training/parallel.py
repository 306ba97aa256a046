"""Whether the reader leans the same way on the same content in Dutch and in English.

    python -m training.parallel

Forty invented pieces, each in both languages, half of them drafted in either; none is trained on.
"""

import json
from collections.abc import Sequence
from statistics import fmean

import numpy as np

from nlp.article import net_stance
from nlp.reader import STANCES
from nlp.stance import Scorer, Scores, load_scorer
from training.pieces import DATA
from training.report import with_interval

LANGUAGES = ("nl", "en")
PARALLEL = DATA / "parallel.jsonl"


def parallel(scorer: Scorer) -> dict[str, object]:
    """Mean net stance of each language and their difference (Dutch less English) with its interval, over pieces.

    `same_label`: share of the sentence pairs that get one label. `right`: share of sentences labelled as written.
    """
    records = [json.loads(line) for line in PARALLEL.read_text("utf-8").splitlines()]
    read = {lang: scorer.score([[s[lang] for s in r["sentences"]] for r in records]) for lang in LANGUAGES}
    net = {lang: [net_stance(s.stances, titled=True) or 0.0 for s in read[lang]] for lang in LANGUAGES}
    labels = {lang: _labels(read[lang]) for lang in LANGUAGES}
    written = [s["stance"] for r in records for s in r["sentences"]]
    apart = [np.array([nl - en]) for nl, en in zip(net["nl"], net["en"], strict=True)]
    return {
        "pieces": len(records),
        "sentence_pairs": len(written),
        "net_stance": {lang: round(fmean(net[lang]), 3) for lang in LANGUAGES},
        "dutch_less_english": with_interval(apart, lambda rows: float(np.mean(rows))),
        "same_label": _share(labels["nl"], labels["en"]),
        "right": {lang: _share(labels[lang], written) for lang in LANGUAGES},
    }


def _labels(read: Sequence[Scores]) -> list[str]:
    return [STANCES[p.index(max(p))] for scores in read for p in scores.stances]


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    return round(fmean(a == b for a, b in zip(one, other, strict=True)), 3)


if __name__ == "__main__":
    print(json.dumps(parallel(load_scorer()), indent=1))
