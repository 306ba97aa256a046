"""From sentences to the article: net stance and intensity (docs/method.md gives the formula)."""

from collections.abc import Sequence

HEADLINE, LEAD, BODY = 2.0, 1.5, 1.0  # the weight of the title, of the next two sentences, of every other
NEUTRAL = 0.5  # how much a neutral sentence dilutes, against a leaning one


def net_stance(stances: Sequence[tuple[float, float, float]], *, titled: bool) -> float | None:
    """Weighted mean of p_hype - p_caution in [-1, 1]; None without sentences. `titled`: the first one is the title."""
    if not stances:
        return None
    weights = [_weight(i, titled) for i in range(len(stances))]
    lean = sum(w * (hype - caution) for w, (hype, caution, _) in zip(weights, stances, strict=True))
    mass = sum(w * (1 - (1 - NEUTRAL) * neutral) for w, (_, _, neutral) in zip(weights, stances, strict=True))
    return round(lean / mass, 4)


def intensity(stances: Sequence[tuple[float, float, float]]) -> float | None:
    """Share of the sentences whose likeliest label is hype or caution."""
    if not stances:
        return None
    return round(sum(max(hype, caution) > neutral for hype, caution, neutral in stances) / len(stances), 4)


def _weight(position: int, titled: bool) -> float:
    place = position if titled else position + 1
    return HEADLINE if place == 0 else LEAD if place <= 2 else BODY  # noqa: PLR2004
