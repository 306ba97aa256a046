"""The reader beside a `transformers` pipeline on the same weights and sentences, and beside what the processor can do.

The pipeline classifies one sentence at a time with the reader's own weights: with its defaults (float32, no batches)
and at its best here (the reader's number format, sorted by length, in batches). The reader reads whole articles, so it
also has the context that the pipeline lacks; the title is read once and counted once.
"""

import time
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import psutil
import torch
from transformers import Gemma3TextForSequenceClassification, pipeline

from benchmarks.reading import documents
from nlp.reader import STANCES, encode
from nlp.sentences import split
from nlp.stance import WEIGHTS, ArticleReader

ARTICLES = 60
BATCH_SIZES = (4, 16, 64)
ROWS = 2_000  # of the matrix product that the processor is judged by


def measure() -> Iterator[tuple[str, str]]:
    """Sentences a second of each way and their ratios, tokens a second, share of the matrix rate, memory."""
    reader = ArticleReader(WEIGHTS)
    articles = [[str(d.title), *(s.text for s in split(d.text or "", str(d.lang)))] for d in documents()[:ARTICLES]]
    sentences = [s for a in articles for s in a]
    reader.score(articles[:4])
    before = psutil.Process().memory_info().rss
    ours = _rate(sentences, lambda: reader.score(articles))
    grown = psutil.Process().memory_info().rss - before
    plain = _pipeline_rate(reader, sentences, torch.float32, 1)
    best = max(_pipeline_rate(reader, sorted(sentences, key=len), reader.dtype, size) for size in BATCH_SIZES)
    tokens = sum(len(ids) for a in articles for ids in encode(reader.tokenizer, a))
    speed = tokens * ours / len(sentences)
    peak = _matrix_rate(reader)
    yield "scoring, whole articles", f"{ours:.0f} sentences/s, {speed:.0f} tokens/s ({reader.info.device})"
    yield "pipeline with its defaults", f"{plain:.1f} sentences/s: the reader has {ours / plain:.1f} times that"
    yield "pipeline at its best", f"{best:.1f} sentences/s: the reader has {ours / best:.1f} times that"
    used = speed * _operations(reader) / peak
    yield "share of the best matrix rate", f"{used:.0%} of {peak / 1e12:.2f} TFLOP/s"
    begun = time.perf_counter()
    for article in articles:
        encode(reader.tokenizer, article)
    share = (time.perf_counter() - begun) * ours / len(sentences)
    yield "tokenising, share of scoring", f"{share:.1%}"
    yield "memory grown while scoring", f"{grown / 2**20:.0f} MiB"


def _rate(sentences: list[str], score: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    score()
    return len(sentences) / (time.perf_counter() - begun)


def _pipeline_rate(reader: ArticleReader, sentences: list[str], dtype: torch.dtype, size: int) -> float:
    """On every tenth sentence, as the defaults are slow; sorted ones stay sorted."""
    config = copy(reader.network.base.config)
    config.num_labels = len(STANCES)
    network = Gemma3TextForSequenceClassification(config)
    network.model.load_state_dict(reader.network.base.state_dict())
    classify = pipeline("text-classification", model=network.to(dtype).eval(), tokenizer=reader.tokenizer)
    some = [s + "\n" for s in sentences[::10]]
    classify(some[:2])
    return _rate(some, lambda: classify(some, batch_size=size))


def _operations(reader: ArticleReader) -> int:
    """Floating-point operations a token: two for each weight of the layers (attention itself is little)."""
    return 2 * sum(p.numel() for layer in reader.network.base.layers for p in layer.parameters())


def _matrix_rate(reader: ArticleReader) -> float:
    """Operations a second of a product in the shape of the feed-forward layer, best of several."""
    weight = reader.network.base.layers[0].mlp.up_proj.weight
    rows = torch.randn(ROWS, weight.shape[1], dtype=weight.dtype, device=weight.device)
    best = 0.0
    with torch.inference_mode():
        for _ in range(20):
            begun = time.perf_counter()
            rows @ weight.T
            best = max(best, 2 * ROWS * weight.numel() / (time.perf_counter() - begun))
    return best
