"""The reader: a causal language model that reads an article once and gives each sentence and the whole its scores.

The sentences of an article are joined by newlines after the start token. The state at the newline that ends a
sentence has seen the headline and everything up to there, but nothing of what follows, where irony and arguments set
up to be knocked down show; so it looks at the states of its neighbours on both sides, in one transformer layer over
sentences. From there a linear layer gives stance, and the mean over a part of the article relevance and themes of that
part. The base is tuned by low-rank adapters (LoRA), which with the layers on top is all that is shipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import torch
from torch import Tensor, nn

from models.records import Stance, Theme

STANCES: tuple[Stance, Stance, Stance] = ("hype", "caution", "neutral")
THEMES: tuple[Theme, ...] = (
    "capex", "financing_debt", "valuation", "energy", "chips", "adoption_demand", "productivity_jobs", "regulation",
    "circular_deals", "historical_parallel", "returns_monetisation", "systemic_risk", "models_progress", "geopolitics",
)  # fmt: skip
WINDOW = 1536  # tokens read in one pass; a longer article is read in windows that open with its headline
PART = 13  # sentences, as many as the longest piece that was learned from; the mean over many more shows no theme
VIEWS = 8  # attention heads of the layer over sentences
LONGEST = 256  # tokens of one sentence; the rest of a longer one is not read


@dataclass(frozen=True)
class Passage:
    """Token ids of one pass and the positions in it where a sentence ends."""

    ids: list[int]
    ends: list[int]

    @property
    def parts(self) -> int:
        """How many parts it is judged in, all of about one length."""
        return -(-len(self.ends) // PART)


class Reader(nn.Module):
    """Base and heads. `forward` gives logits of all passages: stance [sentences, 3], document [parts, 1 + themes].

    A sentence looks at `around` neighbours on each side, at none when it is 0.
    """

    def __init__(self, base: Any, hidden: int, around: int) -> None:
        super().__init__()
        self.base = base
        self.around = around
        self.look = _look(hidden) if around else None
        self.stance = nn.Linear(hidden, len(STANCES))
        self.document = nn.Linear(hidden, 1 + len(THEMES))

    def forward(self, ids: Tensor, mask: Tensor, rows: Tensor, ends: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        sentences = self._looked(self.states(ids, mask, rows, ends), rows)
        count = torch.bincount(parts).unsqueeze(1)
        total = torch.zeros(len(count), sentences.shape[1], device=ids.device).index_add_(0, parts, sentences)
        return self.stance(sentences), self.document(total / count)

    def states(self, ids: Tensor, mask: Tensor, rows: Tensor, ends: Tensor) -> Tensor:
        """At the end of each sentence, [sentences, hidden], float32."""
        states: Tensor = self.base(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        return states[rows, ends].float()

    def _looked(self, sentences: Tensor, rows: Tensor) -> Tensor:
        """The states after a look at their neighbours in the same row of the batch."""
        if self.look is None:
            return sentences
        place = torch.arange(len(rows), device=rows.device)
        hidden = (rows[:, None] != rows) | ((place[:, None] - place).abs() > self.around)
        looked: Tensor = self.look(sentences[None], src_mask=hidden)[0]
        return looked.float()


def _look(hidden: int) -> nn.TransformerEncoderLayer:
    """A layer that changes nothing before it has learned something."""
    layer = nn.TransformerEncoderLayer(
        hidden, VIEWS, hidden, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
    )
    for weights in (layer.self_attn.out_proj.weight, layer.linear2.weight, layer.linear2.bias):
        nn.init.zeros_(weights)
    return layer


def cut(base: Any, layers: int) -> None:
    """Leave out all but the lowest `layers` of the base: the upper ones are about the next word, not the sentence."""
    base.layers = base.layers[:layers]
    base.config.num_hidden_layers = layers
    base.config.layer_types = base.config.layer_types[:layers]


def encode(tokenizer: Any, sentences: Sequence[str]) -> list[list[int]]:
    """Token ids per sentence, each with its closing newline, or separator where the tokenizer knows no newline."""
    newline = tokenizer("\n", add_special_tokens=False)["input_ids"] or [tokenizer.sep_token_id]
    texts = [" ".join(s.split()) or "-" for s in sentences]
    return [ids[:LONGEST] + newline for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]


def passages(encoded: Sequence[list[int]], start: int, window: int = WINDOW) -> list[Passage]:
    """Cut an article into passes of at most `window` tokens; each after the first opens with the first sentence again.

    The end positions of all passes, in order, are those of the sentences, each once.
    """
    made: list[Passage] = []
    ids, ends = [start], list[int]()
    for sentence in encoded:
        if ends and len(ids) + len(sentence) > window:
            made.append(Passage(ids, ends))
            ids, ends = [start, *encoded[0]], []
        ids = ids + sentence
        ends.append(len(ids) - 1)
    return [*made, Passage(ids, ends)]


def collate(batch: Sequence[Passage], pad: int) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Right-padded ids and mask [passages, tokens]; row, position and part of each sentence end [sentences]."""
    longest = max(len(p.ids) for p in batch)
    ids = torch.tensor([p.ids + [pad] * (longest - len(p.ids)) for p in batch])
    mask = torch.tensor([[1] * len(p.ids) + [0] * (longest - len(p.ids)) for p in batch])
    rows = torch.tensor([i for i, p in enumerate(batch) for _ in p.ends])
    ends = torch.tensor([e for p in batch for e in p.ends])
    sizes = [len(p.ends) for p in batch]
    before = [0, *accumulate(p.parts for p in batch)]
    parts = torch.tensor([before[i] + s * p.parts // sizes[i] for i, p in enumerate(batch) for s in range(sizes[i])])
    return ids, mask, rows, ends, parts
