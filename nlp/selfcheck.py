"""Whether a model given by `--model` knows hype from caution at all: plain sentences that any of the kind gets."""

from models.errors import ModelError
from models.records import Stance
from nlp.reader import STANCES
from nlp.stance import Scorer

KNOWN: tuple[tuple[str, Stance], ...] = (
    ("Demand for AI computing is insatiable and every dollar invested is already paying off.", "hype"),
    ("De vraag naar AI-chips is enorm en de investeringen betalen zich nu al dubbel en dwars terug.", "hype"),
    ("Nvidia's orders hit a record as customers rush to build ever more AI data centres.", "hype"),
    ("Dit is geen zeepbel: AI gaat de productiviteit van de hele economie omhoogstuwen.", "hype"),
    ("The AI spending spree is a bubble that will end in painful losses for investors.", "caution"),
    ("Economen waarschuwen dat de AI-zeepbel op knappen staat en dat beleggers hun geld kwijtraken.", "caution"),
    ("AI firms are drowning in debt while the promised returns fail to appear.", "caution"),
    ("De miljarden voor AI leveren vrijwel niets op en de twijfel onder beleggers groeit.", "caution"),
    ("The company was founded in 1998 and has its head office in Ghent.", "neutral"),
    ("De vergadering begint dinsdag om tien uur in het gemeentehuis.", "neutral"),
    ("The report was published on Thursday and has 84 pages.", "neutral"),
    ("Hij volgt in mei de vorige directeur op, die met pensioen gaat.", "neutral"),
)
TOLERANCE = 0.01
ENOUGH = 9  # of twelve; one that guesses gets there once in 260 times


def check(scorer: Scorer) -> None:
    """Raises `ModelError` when the scorer reads too few of the known sentences right, or gives no probabilities."""
    found = scorer.score([[text] for text, _ in KNOWN])
    triples = [scores.stances[0] for scores in found]
    if not all(min(t) >= 0 and abs(sum(t) - 1) < TOLERANCE for t in triples):  # said so that NaN fails too
        raise ModelError(f"The model {scorer.info.name} gives no probabilities. Use one that was trained on stance.")
    right = sum(STANCES[t.index(max(t))] == stance for t, (_, stance) in zip(triples, KNOWN, strict=True))
    if right < ENOUGH:
        raise ModelError(
            f"The model {scorer.info.name} reads only {right} of {len(KNOWN)} plain sentences right, so it was not "
            "trained to tell hype from caution in Dutch and English. Use another, or leave --model out."
        )
