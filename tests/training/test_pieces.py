"""The labelled pieces that come with the project, and how they are shared out."""

import json
from pathlib import Path

import pytest

from models.errors import InputError
from nlp.reader import PART
from training.pieces import PIECES, TEST_BRIEFS, Piece, read_pieces, split


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return read_pieces()


def test_every_piece_and_every_sentence_is_there_once(pieces: list[Piece]) -> None:
    names = [p.name for p in pieces]
    sentences = [s.strip().casefold() for p in pieces for s in p.sentences]
    assert len(set(names)) == len(names)
    assert len(set(sentences)) == len(sentences)


def test_a_piece_off_the_subject_has_no_lean_and_no_themes(pieces: list[Piece]) -> None:
    for p in pieces:
        assert (p.lean is None) == (not p.relevant), p.name
        assert bool(p.themes) == p.relevant, p.name


def test_the_headline_is_the_first_sentence() -> None:
    for path in PIECES.glob("*.jsonl"):
        for record in map(json.loads, path.read_text("utf-8").splitlines()):
            assert record["title"] == record["sentences"][0]["text"], record["id"]
            assert record["brief"] == path.stem


def test_what_was_settled_is_one_of_the_votes(pieces: list[Piece]) -> None:
    for p in pieces:
        for i, (stance, votes) in enumerate(zip(p.stance, p.votes, strict=True)):
            assert not votes or stance in votes, p.name
            assert sum(p.share(i, k) for k in range(3)) == pytest.approx(1)


def test_no_piece_has_two_parts(pieces: list[Piece]) -> None:
    parts = split(pieces)
    names = [{p.name for p in part} for part in (parts.train, parts.calibration, parts.test)]
    assert sum(map(len, names)) == len(set.union(*names)) == len(pieces)
    assert {p.brief for p in parts.test} == set(TEST_BRIEFS)
    assert not {p.brief for p in parts.train} & set(TEST_BRIEFS)
    assert {p.brief for p in parts.calibration} == {p.brief for p in parts.train}


def test_no_page_is_restated_in_two_parts() -> None:
    records = [json.loads(line) for path in PIECES.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    test = {r["source"] for r in records if r["brief"] in TEST_BRIEFS}
    assert not test & {r["source"] for r in records if r["brief"] not in TEST_BRIEFS}


def test_a_line_that_is_no_piece_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl, line 1 is no labelled piece"):
        read_pieces(tmp_path)


def test_no_piece_is_longer_than_what_the_reader_judges_at_once(pieces: list[Piece]) -> None:
    assert max(len(p.sentences) for p in pieces) <= PART
