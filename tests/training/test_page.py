"""The page of numbers is the one that the last evaluation wrote, and that evaluation was of the shipped reader."""

import json

from nlp.stance import WEIGHTS
from training.evaluate import DOCS, REPORT
from training.page import page, renewed
from training.pieces import read_pieces, split
from training.reliability import diagram


def test_the_documentation_says_what_was_measured_of_what_ships() -> None:
    found = json.loads(REPORT.read_text("utf-8"))
    card = json.loads((WEIGHTS / "card.json").read_text("utf-8"))
    assert (found["model"]["name"], found["model"]["version"]) == (card["name"], card["version"])
    assert (DOCS / "model-numbers.md").read_text("utf-8") == page(found)
    method = (DOCS / "method.md").read_text("utf-8")
    assert renewed(method, found) == method
    assert method.count("| stance, macro-F1 |") == 1
    assert (DOCS / "reliability.svg").read_text("utf-8") == diagram(found["test"]["language"])


def test_the_reader_was_trained_on_the_training_pieces_that_are_here() -> None:
    seen = json.loads((WEIGHTS / "card.json").read_text("utf-8"))["training"]
    train = split(read_pieces()).train
    assert (seen["pieces"], seen["sentences"]) == (len(train), sum(len(p.sentences) for p in train))


def test_another_report_changes_the_table_of_the_method_page_and_nothing_else() -> None:
    found = json.loads(REPORT.read_text("utf-8"))
    method = (DOCS / "method.md").read_text("utf-8")
    other = json.loads(json.dumps(found))
    other["test"]["language"]["nl"]["macro_f1"] = [0.1, 0.0, 0.2]
    assert "0.100 (0.000 to 0.200)" in renewed(method, other)
    assert renewed(renewed(method, other), found) == method
