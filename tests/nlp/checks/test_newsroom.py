"""The checks on the whole sample newsroom: what was planted is found, and nothing else is called wrong."""

from api.demo.newsroom import load_newsroom
from api.demo.outlets import Piece
from models.capex import bundled
from models.records import CapexFact
from nlp.checks.check import check_figures
from nlp.figures import read_figures
from nlp.sentences import split

FOUND = 17  # of the 32 planted claims; the others name no figure, a group that the text does not name, or leave doubt


def accused(piece: Piece, facts: list[CapexFact]) -> list[tuple[int, int]]:
    """The stretches of an article that are called wrong."""
    published = piece.published.date().isoformat()
    sentences = split(piece.body, piece.lang)
    checked = check_figures(read_figures(sentences, piece.lang, published), sentences, piece.lang, published, facts)
    wrong = (f for f in checked if any(c.verdict == "inconsistent" for c in f.checks))
    return [(f.start + sentences[f.sentence].start, f.end + sentences[f.sentence].start) for f in wrong]


def test_only_planted_claims_are_accused() -> None:
    facts, found = bundled(), 0
    for _, piece in load_newsroom():
        texts = [fact.text for fact in piece.facts if fact.truth == "wrong"]
        planted = [(piece.body.find(text), piece.body.find(text) + len(text)) for text in texts]
        said = accused(piece, facts)
        assert all(any(start < b and a < end for a, b in planted) for start, end in said), piece.stem
        found += sum(any(start < b and a < end for start, end in said) for a, b in planted)
    assert found >= FOUND
