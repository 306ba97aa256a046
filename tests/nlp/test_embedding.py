"""Embeddings: near where the meaning is, whatever the language; and a byte a dimension is enough."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.embedding import DIMENSIONS, LEAD, Embedder, article_text, cosines, neutral, quantise

UNIT = arrays(np.float32, (2, DIMENSIONS), elements=st.floats(-1, 1, width=32)).map(
    lambda v: (v + np.float32(1e-3)) / np.linalg.norm(v + np.float32(1e-3), axis=1, keepdims=True)
)
PAIRS = [
    ("De centrale bank verhoogde de rente met een kwart procentpunt.", "The central bank raised rates by a quarter."),
    ("Een ziekenhuis laat software naar röntgenfoto's kijken.", "A hospital lets software look at X-rays."),
    ("De netbeheerder heeft geen ruimte voor nieuwe klanten.", "The grid operator has no room for new customers."),
    ("Chipmaker bouwt een fabriek in Arizona.", "Chip maker builds a plant in Arizona."),
]


@pytest.mark.model
def test_a_translation_is_nearer_than_another_subject_in_the_same_language(embedder: Embedder) -> None:
    dutch, english = (embedder.embed(texts, "passage") for texts in zip(*PAIRS, strict=True))
    across, same = dutch @ english.T, dutch @ dutch.T
    np.fill_diagonal(same, -1)
    assert (np.diag(across) > same.max(1)).all()


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    texts = [" ".join(pair) * count for count, pair in enumerate(PAIRS, 1)]
    together = embedder.embed(texts, "passage")
    alone = np.concatenate([embedder.embed([text], "passage") for text in texts])
    assert together.shape == (len(texts), DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert (together * alone).sum(1).min() > 0.995


@pytest.mark.model
def test_nothing_and_empty_and_endless_texts(embedder: Embedder) -> None:
    assert embedder.embed([], "query").shape == (0, DIMENSIONS)
    assert np.isfinite(embedder.embed(["", "Пузырь", "woord " * 5000], "query")).all()


@pytest.mark.model
def test_an_article_is_embedded_by_its_beginning(embedder: Embedder) -> None:
    lead = "De huur van rekenkracht wordt duurder. " * LEAD
    one, other = embedder.embed([article_text("Kop", lead), article_text("Kop", lead + "Iets heel anders.")], "passage")
    assert np.allclose(one, other, atol=1e-5)


@given(UNIT)
def test_language_is_taken_out_whole(vectors: np.ndarray) -> None:
    found = neutral(vectors)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_byte_a_dimension_keeps_the_cosine() -> None:
    dice = np.random.default_rng(1)
    vectors = dice.normal(size=(50, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = quantise(vectors)
    assert kept.dtype == np.int8
    assert np.abs(cosines(kept, kept) - vectors @ vectors.T).max() < 0.01


def test_what_is_beyond_the_scale_is_cut_and_does_not_wrap() -> None:
    vector = np.zeros((1, DIMENSIONS), np.float32)
    vector[0, :2] = 0.8, -0.6
    assert quantise(vector)[0, :3].tolist() == [127, -127, 0]
