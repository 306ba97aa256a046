"""The labelled pieces, and who may learn from which of them.

A file holds the pieces of one writer's brief. Whole briefs are kept for the test, so that neither the events nor the
manner of the test are ever trained on; of the other briefs every eighth piece is held out to calibrate on.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from models.errors import InputError
from nlp.reader import STANCES

DATA = Path(__file__).parent / "data"
PIECES = DATA / "pieces"
TEST_BRIEFS = ("en-test", "nl-test")
HELD_OUT = 8


@dataclass(frozen=True)
class Piece:
    """A labelled article, headline first. `stance`, `votes` and `phenomena` run along `sentences`.

    `votes` has the labels that annotators gave where they differed; `stance` is what was settled. `relevant` and
    `lean` (-2 all caution to 2 all hype, none when off the subject) are of the article, `second` has both as the
    second annotator gave them.
    """

    name: str
    lang: str
    brief: str
    genre: str
    sentences: tuple[str, ...]
    stance: tuple[int, ...]
    votes: tuple[tuple[int, ...], ...]
    phenomena: tuple[str | None, ...]
    relevant: bool
    lean: int | None
    themes: tuple[str, ...]
    annotators: int
    second: tuple[bool, int | None] | None = None

    @property
    def mean_lean(self) -> float:
        """The mean of the annotators' leans, 0 when off the subject."""
        given = [lean for lean in (self.lean, self.second and self.second[1]) if lean is not None]
        return fmean(given) if given else 0.0

    def share(self, sentence: int, label: int) -> float:
        """The share of the annotators of a sentence who gave it this label: what the reader is trained on."""
        votes = self.votes[sentence] or (self.stance[sentence],)
        return votes.count(label) / len(votes)


@dataclass(frozen=True)
class Split:
    """Pieces to learn from, to calibrate on, and to report on."""

    train: list[Piece]
    calibration: list[Piece]
    test: list[Piece]


def read_pieces(folder: Path = PIECES) -> list[Piece]:
    """All pieces of `folder/<brief>.jsonl`, a piece a line. Raises `InputError` with the place of what is wrong."""
    return [piece for path in sorted(folder.glob("*.jsonl")) for piece in _read(path)]


def split(pieces: Iterable[Piece]) -> Split:
    """The test briefs whole; of every other brief each eighth piece for calibration, the rest for training."""
    briefs: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        briefs[piece.brief].append(piece)
    test = [p for name in TEST_BRIEFS for p in briefs.pop(name, [])]
    calibration = [p for brief in briefs.values() for p in brief[HELD_OUT - 1 :: HELD_OUT]]
    kept = {p.name for p in calibration}
    return Split([p for brief in briefs.values() for p in brief if p.name not in kept], calibration, test)


def _read(path: Path) -> Iterable[Piece]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            yield _piece(json.loads(line))
        except (KeyError, ValueError) as error:
            raise InputError(f"{path.name}, line {number} is no labelled piece: {error!r}.") from error


def _piece(record: dict[str, Any]) -> Piece:
    sentences = record["sentences"]
    second = record.get("second")
    return Piece(
        name=record["id"],
        lang=record["lang"],
        brief=record["brief"],
        genre=record["genre"],
        sentences=tuple(s["text"] for s in sentences),
        stance=tuple(STANCES.index(s["stance"]) for s in sentences),
        votes=tuple(tuple(STANCES.index(v) for v in s.get("votes", ())) for s in sentences),
        phenomena=tuple(s.get("phenomenon") for s in sentences),
        relevant=record["relevant"],
        lean=record["stance"],
        themes=tuple(record["themes"]),
        annotators=record["annotators"],
        second=(second["relevant"], second["stance"]) if second else None,
    )
