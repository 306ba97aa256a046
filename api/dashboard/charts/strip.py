"""A whole article as one strip: a bar a sentence, in order, as wide as the sentence is long."""

from dataclasses import dataclass

from models.answers import Bar

WIDTH = 1000.0
GAP = 2.0
NARROWEST = 1.5


@dataclass(frozen=True)
class Piece:
    """A sentence on the strip; `strength` from 1 to 3 is how sure the model is of its label."""

    number: int
    x: float
    width: float
    stance: str
    strength: int


def strip(bars: list[Bar]) -> list[Piece]:
    """Pieces over `WIDTH` units, widths in proportion to the length of the sentences."""
    total = sum(bar.end - bar.start for bar in bars)
    room = WIDTH - GAP * (len(bars) - 1)
    pieces, x = [], 0.0
    for bar in bars:
        width = max((bar.end - bar.start) / total * room, NARROWEST) if total else NARROWEST
        pieces.append(Piece(bar.number, round(x, 1), round(width, 1), bar.stance or "unscored", strength(bar)))
        x += width + GAP
    return pieces


def likeliest(bar: Bar) -> float | None:
    """The probability of the label."""
    chances = [p for p in (bar.p_hype, bar.p_caution, bar.p_neutral) if p is not None]
    return max(chances, default=None)


def strength(bar: Bar) -> int:
    """1 below two in three, 3 from five in six, 2 between."""
    chance = likeliest(bar) or 0
    return 1 + (chance >= 2 / 3) + (chance >= 5 / 6)
