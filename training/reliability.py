"""The reliability diagram as an SVG that reads in light and dark."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

SIDE, EDGE = 320, 48
COLOURS = {"nl": "#d9731a", "en": "#2b6cb0"}
NAMES = {"nl": "Dutch", "en": "English"}


def diagram(by: Mapping[str, Any]) -> str:
    """Dots at (mean probability, share right) for the `bins` of each language, beside the diagonal."""
    most = max(n for of in by.values() for _, _, n in of["bins"])
    dots = "".join(_dot(p, right, n / most, COLOURS[lang]) for lang, of in by.items() for p, right, n in of["bins"])
    ticks = "".join(_tick(t / 4) for t in range(5))
    keys = "".join(
        f'<circle cx="{EDGE + 16}" cy="{22 + 18 * i}" r="5" fill="{COLOURS[lang]}"/>'
        f'<text x="{EDGE + 28}" y="{26 + 18 * i}">{NAMES[lang]}</text>'
        for i, lang in enumerate(by)
    )
    size = SIDE + EDGE + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        'font-family="sans-serif" font-size="12" fill="#808080" role="img">'
        "<title>Reliability: share of labels that are right, by their probability</title>"
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#808080" stroke-dasharray="4 4"/>'
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" stroke="#808080" fill="none"/>{ticks}{dots}{keys}'
        f'<text x="{_x(0.5)}" y="{size - 8}" text-anchor="middle">probability of the label</text>'
        f'<text transform="translate(14 {_y(0.5)}) rotate(-90)" text-anchor="middle">share right</text></svg>\n'
    )


def _dot(p: float, right: float, size: float, colour: str) -> str:
    return f'<circle cx="{_x(p)}" cy="{_y(right)}" r="{3 + 11 * sqrt(size):.1f}" fill="{colour}" fill-opacity="0.7"/>'


def _tick(value: float) -> str:
    return (
        f'<text x="{_x(value)}" y="{_y(0) + 16}" text-anchor="middle">{value:g}</text>'
        f'<text x="{_x(0) - 6}" y="{_y(value) + 4}" text-anchor="end">{value:g}</text>'
    )


def _x(value: float) -> float:
    return round(EDGE + value * SIDE, 1)


def _y(value: float) -> float:
    return round(12 + (1 - value) * SIDE, 1)
