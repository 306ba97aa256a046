"""Do the frozen features know the tone of Dutch economic news? An outside check on headlines that others have coded.

    python -m benchmarks.ecosent FOLDER

FOLDER has `headlines.csv` of github.com/vanatteveldt/ecosent (MIT), which does not come with this project: columns
`headline`, `value` (-1, 0, 1) and `gold` (1 for the 284 that are only tested on). A logistic regression on
standardised features, its C chosen by five-fold cross-validation on the other headlines; nothing else is tuned.
Published accuracy on the 284: CNN 0.63, one trained coder 0.82 (van Atteveldt, van der Velden and Boukes 2021,
"The Validity of Sentiment Analysis").
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.errors import InputError
from nlp.embedding import Embedder
from nlp.stance import WEIGHTS, ArticleReader

STRENGTHS = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)  # of C, the inverse of the penalty
PUBLISHED = "published: CNN 0.63, one trained coder 0.82"


@dataclass(frozen=True)
class Headline:
    """A headline, its tone (-1, 0, 1) and whether it is one of those to be tested on."""

    text: str
    value: int
    gold: bool


def measure(folder: Path) -> Iterator[tuple[str, str]]:
    """Accuracy on the gold headlines with the features of the encoder and of the reader. Raises `InputError`."""
    headlines = read_headlines(folder)
    texts = [h.text for h in headlines]
    yield "tone of headlines, encoder", _line(headlines, Embedder().embed(texts, "query"))
    states = ArticleReader(WEIGHTS).states([[t] for t in texts])
    yield "tone of headlines, reader", _line(headlines, torch.cat(states).numpy())
    yield "tone of headlines", PUBLISHED


def read_headlines(folder: Path) -> list[Headline]:
    """All headlines. Raises `InputError` if they are not there."""
    path = folder / "headlines.csv"
    if not path.exists():
        raise InputError(f"There is no {path}. Give the folder with the headlines of ecosent.")
    with path.open(encoding="utf-8", newline="") as lines:
        return [Headline(r["headline"], int(r["value"]), r["gold"] == "1") for r in csv.DictReader(lines)]


def accuracy(headlines: Sequence[Headline], features: NDArray[np.float32]) -> tuple[int, int, float]:
    """Gold headlines that a linear head on `features` [headlines, n] gets right, of how many, and the C chosen."""
    values = np.array([h.value for h in headlines])
    gold = np.array([h.gold for h in headlines])
    head = LogisticRegressionCV(
        Cs=STRENGTHS, cv=5, max_iter=2000, l1_ratios=(0,), use_legacy_attributes=False, scoring="accuracy"
    )
    model = make_pipeline(StandardScaler(), head).fit(features[~gold], values[~gold])
    right = int((model.predict(features[gold]) == values[gold]).sum())
    return right, int(gold.sum()), float(head.C_)


def _line(headlines: Sequence[Headline], features: NDArray[np.float32]) -> str:
    right, of, strength = accuracy(headlines, features)
    interval = binomtest(right, of).proportion_ci(method="wilson")
    return f"accuracy {right / of:.2f} ({interval.low:.2f} to {interval.high:.2f}, n = {of}, C = {strength:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, value in measure(parser.parse_args().folder):
        print(f"{name:<52} {value}", flush=True)


if __name__ == "__main__":
    main()
