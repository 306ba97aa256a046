"""The labelled pieces, and which of them are held out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.reader import STANCES

DATA = Path(__file__).parent / "data"
HELD_OUT = 8  # every eighth piece on real facts


@dataclass(frozen=True)
class Piece:
    """A labelled article, headline first; `relevant` is None where nobody judged it, then themes are unknown too."""

    name: str
    lang: str
    sentences: tuple[str, ...]
    stance: tuple[int, ...]
    relevant: bool | None = None
    themes: tuple[str, ...] = ()


def read_pieces(folder: Path = DATA) -> list[Piece]:
    """All pieces of `folder/<set>/<lang>.jsonl`: a piece a line, or (the first set) a sentence a line."""
    pieces: list[Piece] = []
    for path in sorted(folder.glob("*/*.jsonl")):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        pieces += [_whole(r) for r in records] if "sentences" in records[0] else _by_sentence(records, path)
    return pieces


def split(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Pieces to train on, and pieces to calibrate and report on."""
    held = {p.name for p in [p for p in pieces if p.relevant is not None][::HELD_OUT]}
    return [p for p in pieces if p.name not in held], [p for p in pieces if p.name in held]


def _whole(record: dict[str, Any]) -> Piece:
    sentences = record["sentences"]
    return Piece(
        name=record["id"],
        lang=record["lang"],
        sentences=tuple(s["text"] for s in sentences),
        stance=tuple(STANCES.index(s["stance"]) for s in sentences),
        relevant=record["relevant"],
        themes=tuple(record["themes"]),
    )


def _by_sentence(records: list[dict[str, Any]], path: Path) -> list[Piece]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for record in records:
        rows.setdefault(record["piece"], []).append(record)
    return [
        Piece(
            name=f"{path.parent.name}-{path.stem}-{number}",
            lang=path.stem,
            sentences=tuple(r["text"] for r in piece),
            stance=tuple(STANCES.index(r["stance"]) for r in piece),
        )
        for number, piece in rows.items()
    ]
