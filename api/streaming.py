"""Documents in, answers out, in the same order: a document that cannot be read gives an error, the rest goes on."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import BaseModel

from models.records import Analysis, Document

if TYPE_CHECKING:  # the reader brings PyTorch, which takes seconds to load
    from nlp.analyse import Analyser

_TOGETHER = 32


class Refused(BaseModel):
    """A document that could not be read, and why."""

    id: str | int | None
    error: str


def answer_all(items: Iterable[Document | Refused], analyser: "Analyser") -> Iterator[Analysis | Refused]:
    """One answer an item, in input order, streaming."""
    waiting = iter(items)
    while group := list(islice(waiting, _TOGETHER)):
        analyses = iter(_careful([i for i in group if isinstance(i, Document)], analyser))
        for item in group:
            yield item if isinstance(item, Refused) else next(analyses)


def _careful(documents: list[Document], analyser: "Analyser") -> list[Analysis | Refused]:
    try:
        return list(analyser.analyse(documents))
    except Exception as error:  # noqa: BLE001  one document that breaks a reader must not end a stream of a million
        if len(documents) == 1:
            return [Refused(id=documents[0].id, error=f"could not be analysed: {type(error).__name__}: {error}")]
        return [answer for d in documents for answer in _careful([d], analyser)]
