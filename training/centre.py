"""Measure where Dutch and English articles lie for the encoder, and write it to `nlp/data/e5-languages.npy`.

    python -m training.centre

The mean vector of each language over all pieces in `training/data`; `nlp/embedding.py` says what it is for. Vectors
that were kept are of no use beside ones made with another file: raise the version there.
"""

import numpy as np

from nlp.embedding import LANGUAGES, Embedder, article_text
from training.pieces import Piece, read_pieces


def main() -> None:
    embedder, pieces = Embedder(), read_pieces()
    means = []
    for lang in ("nl", "en"):
        texts = [_text(p) for p in pieces if p.lang == lang]
        means.append(embedder.encode(texts, "passage").mean(0))
        print(f"{lang}: {len(texts)} pieces")
    np.save(LANGUAGES, np.stack(means).astype(np.float32))


def _text(piece: Piece) -> str:
    headline, *body = piece.sentences
    return article_text(headline, " ".join(body))


if __name__ == "__main__":
    main()
