"""Full-text search on either database: which articles contain what was typed, and how well.

SQLite: the FTS5 table `article_words`. PostgreSQL: two generated columns of `article`. Both hold each text twice, as
written and in stems, so both know the same terms; BM25 and `ts_rank` differ in their numbers.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Double,
    and_,
    bindparam,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Session, col, select

from models.stems import every_stem
from models.tables import Article
from models.terms import Term, terms

TITLE_WEIGHT, TEXT_WEIGHT = 5.0, 1.0  # a match in the title counts five times

_INDEX = table("article_words", column("rowid"), column("article_words"))  # the last stands for all its text
_WRITTEN: Any = literal_column("article.words")
_STEMS: Any = literal_column("article.stems")
_WEIGHTS = "{0, 0, 0.2, 1}"  # of the letters D to A: the text has B, the title A
_BY_LENGTH = 1  # divide by the logarithm of the length, as `ts_rank` counts its options


class Found(ColumnElement[bool]):
    """The condition on `Article` that all that was typed occurs in it; false when nothing typed could occur."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, typed: str) -> None:
        self.terms = terms(typed)


def ranked(session: Session, query: Any, typed: str) -> tuple[Any, ColumnElement[float]]:
    """The query narrowed to the articles that match, and how well each does: the lower, the better."""
    searched = terms(typed)
    if not searched:
        return query.where(false()), literal(0.0)
    if session.get_bind().dialect.name == "sqlite":
        query = query.join(_INDEX, _INDEX.c.rowid == Article.id).where(_matches(searched))
        return query, func.bm25(column("article_words"), *(TITLE_WEIGHT, TEXT_WEIGHT) * 2)
    rank: Any = func.ts_rank(literal_column(f"'{_WEIGHTS}'::float4[]"), _STEMS, _tsquery(searched), _BY_LENGTH)
    return query.where(Found(typed)), -cast(rank, Double)  # a cursor carries doubles


@compiles(Found, "sqlite")
def _in_fts5(found: Found, compiler: Any, **options: Any) -> str:
    matches = col(Article.id).in_(select(_INDEX.c.rowid).where(_matches(found.terms))) if found.terms else false()
    return str(compiler.process(matches, **options))


@compiles(Found, "postgresql")
def _in_tsvector(found: Found, compiler: Any, **options: Any) -> str:
    written = [term for term in found.terms if _as_written(term)]
    others = [term for term in found.terms if not _as_written(term)]
    pairs = [(vector, some) for vector, some in ((_WRITTEN, written), (_STEMS, others)) if some]
    conditions = [vector.op("@@", is_comparison=True)(_tsquery(some)) for vector, some in pairs]
    return str(compiler.process(and_(*conditions) if conditions else false(), **options))


def _as_written(term: Term) -> bool:
    return term.exact or term.prefix


def _matches(searched: Sequence[Term]) -> ColumnElement[bool]:
    query = " AND ".join(map(_fts5, searched))
    return _INDEX.c.article_words.op("MATCH", is_comparison=True)(bindparam(None, query, unique=True))


def _fts5(term: Term) -> str:
    """One term in FTS5's language. Words are letters and digits only, so nothing in them needs escaping."""
    if _as_written(term):
        run = f'"{" ".join(term.words)}"' + ("*" if term.prefix else "")
        return f"({term.field or '{title text}'} : {run})"
    columns = f"{term.field}_stems" if term.field else "{title_stems text_stems}"
    runs = " OR ".join(f'"{run}"' for run in every_stem(term.words))
    return f"({columns} : ({runs}))"


def _tsquery(searched: Sequence[Term]) -> Any:
    return reduce(lambda one, other: one.op("&&")(other), map(_tsquery_of, searched))


def _tsquery_of(term: Term) -> Any:
    marks = {"title": "A", "text": "B"}.get(term.field or "", "AB") + ("*" if term.prefix else "")
    runs = [" ".join(term.words)] if _as_written(term) else every_stem(term.words)
    written = (" <-> ".join(f"{word}:{marks}" for word in run.split()) for run in runs)
    return func.to_tsquery("zeepbel_plain", " | ".join(written))
