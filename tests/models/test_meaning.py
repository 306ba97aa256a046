"""The nearest under filters: exact while all fit the shortlist, whole pages beyond, and current whatever changes."""

from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from models import meaning
from models.embeddings import DIMENSIONS, Encoder, count_lacking, keep, lacking
from models.filters import Filters
from models.meaning import nearest, vector_of
from models.purge import purge_url
from models.selection import matching
from models.tables import Article, EmbeddingRow
from tests.builders import EN, NL, revise

ENCODER = Encoder("test", "1")
FILTERS = [Filters(), Filters(lang=("en",), theme=("energy",)), Filters(source=(NL[0],)), Filters(q="zeepbel")]


def vectors(count: int, seed: int = 1) -> NDArray[np.int8]:
    return np.random.default_rng(seed).integers(-60, 61, (count, DIMENSIONS)).astype(np.int8)


@pytest.fixture
def embedded(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The newsroom with a vector for each article that has a text."""
    monkeypatch.setattr(meaning, "_kept", WeakKeyDictionary())  # other tests wrote other vectors, and rolled back
    waiting = lacking(session, ENCODER, 1000)
    keep(session, ENCODER, waiting, vectors(len(waiting)))
    return session


def exact(session: Session, vector: NDArray[np.int8], filters: Filters) -> list[int]:
    """All articles under the filters, nearest first, by plain floating-point cosines."""
    query = select(EmbeddingRow.article_id, EmbeddingRow.vector).join(Article).where(*matching(replace(filters, q="")))
    rows = session.exec(query).all()
    stored = np.stack([np.frombuffer(row, np.int8) for _, row in rows]).astype(float)
    cosines = stored @ vector.astype(float) / np.linalg.norm(stored, axis=1)
    return [rows[place][0] for place in np.argsort(-cosines)]


@pytest.mark.parametrize("filters", FILTERS)
def test_a_small_collection_is_searched_exactly(embedded: Session, filters: Filters) -> None:
    (vector,) = vectors(1, seed=2)
    found = nearest(embedded, ENCODER, vector, filters, 20)
    assert [one.article for one in found] == exact(embedded, vector, filters)[:20]
    assert [one.cosine for one in found] == sorted((one.cosine for one in found), reverse=True)


@pytest.mark.parametrize("filters", FILTERS)
def test_beyond_the_shortlist_filters_still_fill_the_page(
    embedded: Session, monkeypatch: pytest.MonkeyPatch, filters: Filters
) -> None:
    monkeypatch.setattr(meaning, "SHORTEST", 12)
    monkeypatch.setattr(meaning, "SHORTLIST", 1)
    (vector,) = vectors(1, seed=3)
    there = exact(embedded, vector, filters)
    found = [one.article for one in nearest(embedded, ENCODER, vector, filters, 10)]
    assert len(found) == len(set(found)) == 10
    assert set(found) <= set(there)


def test_a_shortlist_of_signs_finds_what_is_near(embedded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "SHORTEST", 20)
    monkeypatch.setattr(meaning, "SHORTLIST", 1)
    article = embedded.exec(select(Article).where(Article.title == "Voetbal")).one()
    stored = vector_of(embedded, article.id or 0)
    assert stored
    moved = np.clip(stored[1] + vectors(1, seed=4)[0] // 3, -127, 127).astype(np.int8)
    assert nearest(embedded, ENCODER, moved, Filters(), 1)[0].article == article.id


def test_vectors_of_another_encoder_are_not_compared(embedded: Session) -> None:
    other = Encoder("test", "2")
    assert nearest(embedded, other, vectors(1)[0], Filters(), 10) == []
    assert count_lacking(embedded, other) > 0


def test_a_new_version_waits_for_a_new_vector_that_replaces_the_old(embedded: Session) -> None:
    assert count_lacking(embedded, ENCODER) == 0
    article = embedded.exec(select(Article).where(Article.title == "Voetbal")).one()
    first, second = vectors(2, seed=5)
    keep(embedded, ENCODER, [article], first[None])
    assert nearest(embedded, ENCODER, first, Filters(), 1)[0].article == article.id
    revise(embedded, article, "Voetbal", "Een heel ander verslag.")
    assert [one.id for one in lacking(embedded, ENCODER)] == [article.id]
    keep(embedded, ENCODER, [article], second[None])
    assert count_lacking(embedded, ENCODER) == 0
    assert nearest(embedded, ENCODER, second, Filters(), 1)[0].article == article.id
    assert nearest(embedded, ENCODER, first, Filters(), 1)[0].cosine < 0.5


def test_an_article_that_is_purged_is_not_found(embedded: Session) -> None:
    article = embedded.exec(select(Article).where(Article.title == "Voetbal")).one()
    stored = vector_of(embedded, article.id or 0)
    assert stored
    assert nearest(embedded, ENCODER, stored[1], Filters(), 1)[0].article == article.id
    purge_url(embedded, article.url)
    assert article.id not in [one.article for one in nearest(embedded, ENCODER, stored[1], Filters(), 500)]


def test_articles_without_a_text_have_no_vector(embedded: Session) -> None:
    without = embedded.exec(select(Article.id).where(col(Article.text).is_(None))).all()
    assert without
    assert all(vector_of(embedded, number or 0) is None for number in without)


def test_filters_of_no_article_find_nothing(embedded: Session) -> None:
    assert nearest(embedded, ENCODER, vectors(1)[0], Filters(source=("The Daily Nothing",)), 10) == []
    assert len(nearest(embedded, ENCODER, vectors(1)[0], Filters(source=EN), 500)) > 40
