"""What is done to the vectors of the encoder before they are kept and compared; plain NumPy, without the encoder."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAME = "e5-small"
VERSION = "1"  # of what is made of a text: other vectors for the same text are another version
DIMENSIONS = 384
SCALE = 423  # of int8 vectors: 127 stands for 0.3, which hardly a component exceeds
LANGUAGES = Path(__file__).parent / "data" / "e5-languages.npy"  # mean vectors of Dutch and English articles [2, 384]


def neutral(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors [n, 384] of the encoder without what tells Dutch from English, of length one again."""
    dutch, english = _means()
    direction = (dutch - english) / np.linalg.norm(dutch - english)
    moved = vectors - (dutch + english) / 2
    moved -= np.outer(moved @ direction, direction)
    scaled: NDArray[np.float32] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return scaled


@cache
def _means() -> NDArray[np.float32]:
    means: NDArray[np.float32] = np.load(LANGUAGES)
    return means


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """A byte a dimension, for keeping: components times `SCALE`, rounded; what is beyond 0.3 is cut."""
    return np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)


def cosines(one: NDArray[np.int8], other: NDArray[np.int8]) -> NDArray[np.float32]:
    """Of quantised vectors [n, 384] and [m, 384]: cosines [n, m]."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    found: NDArray[np.float32] = a @ b.T
    return found
