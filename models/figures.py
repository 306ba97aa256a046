"""Cited figures: the list that can be filtered, and those of one article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from models.answers import CitedFigure, Page
from models.cursors import decode, encode
from models.filters import Filters
from models.quotations import LONGEST_QUOTE, quotations, text_as_read, words
from models.selection import CURRENT, NEWEST, matching
from models.tables import Article, Claim, FigureOrg, FigureRow, Score, SentenceRow, Source

BATCH = 500

Row = tuple[FigureRow, Article, str, str | None, Score | None]


@dataclass(frozen=True)
class Wanted:
    """Filters on the figure itself, off when empty. A period also finds what lies in it: 2025 finds 2025-Q3."""

    metric: tuple[str, ...] = ()
    org: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()


def cited(
    session: Session,
    filters: Filters,
    metric: Sequence[str] = (),
    org: Sequence[str] = (),
    unit: Sequence[str] = (),
    period: Sequence[str] = (),
    verdict: Sequence[str] = (),
    modality: Sequence[str] = (),
    limit: int = 20,
    cursor: str | None = None,
) -> Page[CitedFigure]:
    """A page of figures, newest article first, in the order of its text. `filters` are on the articles.

    Raises `QueryError` on a cursor that is damaged or belongs to another search.
    """
    wanted = Wanted(*map(tuple, (metric, org, unit, period, verdict, modality)))
    conditions = [*matching(filters), *wanted_conditions(wanted)]
    rows, following = _page(session, filters, wanted, limit, cursor)
    total = session.exec(select(func.count()).select_from(FigureRow).join(Article).where(*conditions)).one()
    return Page[CitedFigure](items=described(session, rows), total=total, next=following)


def every_figure(session: Session, filters: Filters, wanted: Wanted) -> Iterator[CitedFigure]:
    """All figures under the filters, read in batches: memory stays flat however many there are."""
    following: str | None = None
    while True:
        rows, following = _page(session, filters, wanted, BATCH, following)
        yield from described(session, rows)
        if following is None:
            return
        session.expunge_all()


def counts_by_verdict(session: Session, filters: Filters, wanted: Wanted) -> dict[str, int]:
    """How many of the figures under the filters have each verdict; unchecked are those without any check."""
    query = select(func.coalesce(FigureRow.verdict, "unchecked").label("verdict"), func.count()).join(Article)
    rows = session.exec(query.where(*matching(filters), *wanted_conditions(wanted)).group_by("verdict")).all()
    return {"consistent": 0, "inconsistent": 0, "unverifiable": 0, "unchecked": 0, **dict(rows)}


def figures_of(session: Session, article_id: int) -> list[CitedFigure]:
    """The figures of one article, in the order of its text."""
    query = rows_query().where(FigureRow.article_id == article_id).order_by(col(FigureRow.start), col(FigureRow.id))
    return described(session, session.exec(query).all())


def _page(
    session: Session, filters: Filters, wanted: Wanted, limit: int, cursor: str | None
) -> tuple[list[Row], str | None]:
    scope = f"{filters} {wanted}"
    query = rows_query().add_columns(NEWEST.label("key")).where(*matching(filters), *wanted_conditions(wanted))
    if cursor:
        key, row = decode(scope, cursor)
        query = query.where(or_(NEWEST.op("<")(key), and_(NEWEST.op("=")(key), col(FigureRow.id) > row)))
    rows = session.exec(query.order_by(NEWEST.desc(), col(FigureRow.id)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return [tuple(row[:-1]) for row in rows[:limit]], encode(scope, last[-1], last[0].id) if last else None


def rows_query() -> Any:
    """Figures with their article, the name of its source, the name of their claim and the current score."""
    columns: list[Any] = [FigureRow, Article, Source.name, Claim.name, Score]
    return (
        select(*columns)
        .join(Article, col(Article.id) == col(FigureRow.article_id))
        .join(Source, col(Source.id) == col(Article.source_id))
        .outerjoin(Claim, col(Claim.id) == col(FigureRow.claim_id))
        .outerjoin(Score, CURRENT)
    )


def wanted_conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a `FigureRow` passes the filters."""
    for name in ("metric", "unit", "verdict", "modality"):
        if values := getattr(wanted, name):
            yield col(getattr(FigureRow, name)).in_(values)
    if wanted.period:
        yield in_period(col(FigureRow.period), wanted.period)
    if wanted.org:
        yield col(FigureRow.id).in_(select(FigureOrg.figure_id).where(col(FigureOrg.org).in_(wanted.org)))


def in_period(period: Any, values: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a period is one of these or lies in it: 2025-Q3 in 2025."""
    return or_(*(or_(period == value, period.startswith(f"{value}-", autoescape=True)) for value in values))


def described(session: Session, rows: Iterable[Row]) -> list[CitedFigure]:
    """The rows of `rows_query` as they are answered."""
    rows = list(rows)
    quotes = _quotes(session, rows)
    return [
        CitedFigure(
            **figure.model_dump(exclude={"article_id", "claim_id", "since"}),
            article=figure.article_id,
            title=article.title,
            source=source,
            lang=article.lang,
            published=article.published,
            sample=article.sample,
            quote=quotes[figure.article_id].get(figure.sentence),
            claim=claim,
        )
        for figure, article, source, claim, _ in rows
    ]


def _quotes(session: Session, rows: Sequence[Row]) -> dict[int, dict[int, str]]:
    """Per article its quotable sentences by number; of the sample, which may be shown whole, every short one."""
    readings = {score.id: (article, score) for _, article, _, _, score in rows if score is not None}
    query = select(SentenceRow).where(col(SentenceRow.score_id).in_(readings)).order_by(col(SentenceRow.number))
    sentences: dict[int | None, list[SentenceRow]] = {score: [] for score in readings}
    for sentence in session.exec(query):
        sentences[sentence.score_id].append(sentence)
    quotes: dict[int, dict[int, str]] = {figure.article_id: {} for figure, *_ in rows}
    for score_id, (article, score) in readings.items():
        text = text_as_read(article, score)
        choose = _short if article.sample else quotations
        quotes[score.article_id] = choose(text, sentences[score_id])
    return quotes


def _short(text: str | None, sentences: Sequence[SentenceRow]) -> dict[int, str]:
    quotes = {s.number: text[s.start : s.end].strip() for s in sentences} if text else {}
    return {number: quote for number, quote in quotes.items() if words(quote) <= LONGEST_QUOTE}
