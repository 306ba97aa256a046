"""Reading the claim ledger: the list of claims, one claim's travels, and what became of plans."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from models.answers import CitedFigure, Page
from models.claim_answers import ClaimDetail, ClaimHit, ClaimVersion, Correction, Guidance, KnownVerdict
from models.claims import STRONGEST
from models.cursors import decode, encode
from models.figures import Wanted, described, rows_query, wanted_conditions
from models.filters import Filters
from models.records import Later, Outcome
from models.selection import matching
from models.tables import Article, Claim, FigureRow, FormerFigure, Source, saved_id

ClaimSort = Literal["newest", "spread"]
GuidanceBy = Literal["company", "source"]
MOST_SIGHTINGS = 500
BATCH = 200
_SPREAD = 1_000_000  # an outlet more counts before any number of articles

PLAN = col(FigureRow.modality).in_(("planned", "forecast"))
_SEEN: ColumnElement[Any] = func.coalesce(Article.published, Article.first_seen)
_KEYS: dict[ClaimSort, Any] = {
    "newest": col(Claim.first_seen),
    "spread": col(Claim.sources) * _SPREAD + col(Claim.articles),
}


def claims(
    session: Session,
    filters: Filters,
    wanted: Wanted,
    sort: ClaimSort = "newest",
    limit: int = 20,
    cursor: str | None = None,
) -> Page[ClaimHit]:
    """A page of the claims that a figure under the filters states; verdicts are those of the claim.

    Newest first by first sighting, or most spread first by outlets and then articles. Raises `QueryError` on a cursor
    that is damaged or belongs to another search.
    """
    rows, following = _page(session, filters, wanted, sort, limit, cursor)
    total = session.exec(select(func.count()).select_from(Claim).where(*_under(filters, wanted))).one()
    return Page[ClaimHit](items=_hits(session, rows), total=total, next=following)


def every_claim(session: Session, filters: Filters, wanted: Wanted, sort: ClaimSort = "newest") -> Iterator[ClaimHit]:
    """All claims under the filters, read in batches."""
    following: str | None = None
    while True:
        rows, following = _page(session, filters, wanted, sort, BATCH, following)
        yield from _hits(session, rows)
        if following is None:
            return
        session.expunge_all()


def claim(session: Session, name: str) -> ClaimDetail | None:
    """One claim by its id, null when there is none."""
    row = session.exec(select(Claim).where(Claim.name == name)).first()
    if row is None or not row.articles:
        return None
    query = rows_query().where(FigureRow.claim_id == row.id).order_by(_SEEN, col(FigureRow.id)).limit(MOST_SIGHTINGS)
    seen = session.exec(query).all()
    sightings = described(session, seen)
    dates = {figure.id: article.published or article.first_seen for figure, article, *_ in seen}
    return ClaimDetail(
        claim=_hits(session, [row])[0],
        versions=_versions(sightings, dates),
        verdicts=_verdicts(sightings, dates),
        corrections=_corrections(session, saved_id(row), sightings),
        languages=sorted({figure.lang for figure in sightings if figure.lang}),
        sightings=sightings,
    )


def guidance(session: Session, by: GuidanceBy = "company") -> list[Guidance]:
    """What became of plans and forecasts, per company they are about or per outlet that gave them, most first.

    A figure of several companies counts for each of them.
    """
    query = select(FigureRow, Source.name).join(Article, col(Article.id) == col(FigureRow.article_id)).join(Source)
    found: dict[str, list[tuple[float, Later]]] = {}
    for figure, source in session.exec(query.where(PLAN, func.json_array_length(FigureRow.later) > 0)):
        last = Later.model_validate(figure.later[-1])
        for name in figure.subjects if by == "company" else [source]:
            found.setdefault(name, []).append((_stated(figure), last))
    return sorted((_guidance(name, rows) for name, rows in found.items()), key=lambda g: (-g.figures, g.name))


def _stated(figure: FigureRow) -> float:
    return figure.value if figure.value_to is None else (figure.value + figure.value_to) / 2


def _guidance(name: str, rows: Sequence[tuple[float, Later]]) -> Guidance:
    outcomes = [later.outcome for _, later in rows]
    ratios = [later.actual / stated for stated, later in rows if stated > 0 and later.outcome != "unverifiable"]
    return Guidance(
        name=name, figures=len(rows), met=outcomes.count("met"), above=outcomes.count("above"),
        below=outcomes.count("below"), unverifiable=outcomes.count("unverifiable"),
        ratio=round(median(ratios), 3) if ratios else None,
    )  # fmt: skip


def _page(
    session: Session, filters: Filters, wanted: Wanted, sort: ClaimSort, limit: int, cursor: str | None
) -> tuple[list[Claim], str | None]:
    scope, key = f"claims {sort} {filters} {wanted}", _KEYS[sort]
    query = select(Claim, key.label("key")).where(*_under(filters, wanted))
    if cursor:
        value, row = decode(scope, cursor)
        query = query.where(or_(key < value, and_(key == value, col(Claim.id) > row)))
    rows = session.exec(query.order_by(key.desc(), col(Claim.id)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return [claim for claim, _ in rows[:limit]], encode(scope, last[1], saved_id(last[0])) if last else None


def _under(filters: Filters, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The conditions on `Claim`. The verdict is asked of the claim, all else of a figure that states it."""
    yield col(Claim.articles) > 0
    if wanted.verdict:
        yield col(Claim.verdict).in_(wanted.verdict)
    figure = Wanted(wanted.metric, wanted.org, wanted.unit, wanted.period, (), wanted.modality)
    conditions = [*matching(filters), *wanted_conditions(figure)]
    if conditions:
        yield col(Claim.id).in_(select(FigureRow.claim_id).join(Article).where(*conditions))


def _hits(session: Session, rows: Sequence[Claim]) -> list[ClaimHit]:
    ends = _ends(session, [saved_id(row) for row in rows])
    plans = _outcomes(session, [saved_id(row) for row in rows])
    fields: Any = set(ClaimHit.model_fields) & set(Claim.model_fields) - {"id"}
    made = []
    for row in rows:
        (first, article, source), (last, _, _) = ends[saved_id(row)]
        made.append(
            ClaimHit(
                **row.model_dump(include=fields),
                id=row.name,
                text=first.text,
                latest=last.text,
                first_source=source,
                first_article=saved_id(article),
                outcome=plans.get(saved_id(row)),
                sample=article.sample,
                planted=first.planted or last.planted,
            )
        )
    return made


Sighted = tuple[FigureRow, Article, str]


def _ends(session: Session, claims: Sequence[int]) -> dict[int, tuple[Sighted, Sighted]]:
    """The first and the last figure of each claim, with article and source."""
    claim, number = col(FigureRow.claim_id), col(FigureRow.id)
    first = func.row_number().over(partition_by=claim, order_by=(_SEEN, number))
    last = func.row_number().over(partition_by=claim, order_by=(_SEEN.desc(), number.desc()))
    ranked = (
        select(FigureRow.id, first.label("first"), last.label("last"))
        .join(Article, col(Article.id) == col(FigureRow.article_id))
        .where(col(FigureRow.claim_id).in_(claims))
        .subquery()
    )
    columns: list[Any] = [FigureRow, Article, Source.name, ranked.c.first]
    query = (
        select(*columns)
        .join(ranked, ranked.c.id == FigureRow.id)
        .join(Article, col(Article.id) == col(FigureRow.article_id))
        .join(Source, col(Source.id) == col(Article.source_id))
        .where(or_(ranked.c.first == 1, ranked.c.last == 1))
    )
    firsts: dict[int, Sighted] = {}
    lasts: dict[int, Sighted] = {}
    for figure, article, source, place in session.exec(query):
        (firsts if place == 1 else lasts)[figure.claim_id] = (figure, article, source)
    return {claim: (one, lasts.get(claim, one)) for claim, one in firsts.items()}


def _outcomes(session: Session, claims: Sequence[int]) -> dict[int, Outcome]:
    """What became of the plans and forecasts among the figures of each claim, by the first of them."""
    told = and_(col(FigureRow.claim_id).in_(claims), PLAN, func.json_array_length(FigureRow.later) > 0)
    query = select(FigureRow.claim_id, FigureRow.later).where(told).order_by(col(FigureRow.id).desc())
    return {claim: cast(Outcome, later[-1]["outcome"]) for claim, later in session.exec(query) if claim is not None}


def _versions(sightings: Sequence[CitedFigure], dates: Mapping[int, datetime]) -> list[ClaimVersion]:
    """The different ways of putting it in order of first sighting, each with how many articles put it so."""
    groups: dict[tuple[Any, ...], list[CitedFigure]] = {}
    for figure in sightings:
        groups.setdefault((figure.value, figure.value_to, figure.qualifier, figure.modality), []).append(figure)
    return [
        ClaimVersion(
            **first.model_dump(include={"text", "value", "value_to", "qualifier", "modality", "source", "article"}),
            lang=first.lang, first_seen=dates[first.id], articles=len({f.article for f in group}),
            verdict=next((v for v in STRONGEST if v in {f.verdict for f in group}), None),
        )
        for group in groups.values()
        for first in group[:1]
    ]  # fmt: skip


def _verdicts(sightings: Sequence[CitedFigure], dates: Mapping[int, datetime]) -> list[KnownVerdict]:
    """Every verdict with the day from which it was known, oldest first; one that only repeats is left out."""
    known: dict[tuple[Any, ...], KnownVerdict] = {}
    for one in sorted((k for figure in sightings for k in _known(figure, dates[figure.id])), key=lambda k: k.since):
        known.setdefault((one.verdict, one.text), one)
    return list(known.values())


def _known(figure: CitedFigure, seen: datetime) -> Iterator[KnownVerdict]:
    """What the check at publication said, and what each later filing did."""
    decisive = next((check for check in figure.checks if check.verdict == figure.verdict), None)
    told: Any = {"text": figure.text, "article": figure.article}
    if decisive is not None:
        said = decisive.explanations or {figure.lang or "en": decisive.explanation}
        yield KnownVerdict(since=seen, verdict=decisive.verdict, explanation=said, **told)
    for later in figure.later:
        day = datetime.fromisoformat(f"{later.known}T00:00:00+00:00")
        yield KnownVerdict(since=max(day, seen), verdict=later.outcome, explanation=later.explanation, **told)


def _corrections(session: Session, claim: int, sightings: Sequence[CitedFigure]) -> list[Correction]:
    """Articles that put the figure differently in an earlier version, in order of the update."""
    now: dict[int, list[str]] = {}
    for figure in sightings:
        now.setdefault(figure.article, []).append(figure.text)
    columns: list[Any] = [FormerFigure, Article.title, Source.name]
    query = select(*columns).join(Article, col(Article.id) == col(FormerFigure.article_id)).join(Source)
    rows = session.exec(query.where(FormerFigure.claim_id == claim).order_by(col(FormerFigure.id))).all()
    return [
        Correction(
            article=was.article_id, title=title, source=source, was=was.text, verdict=was.verdict,
            to=next(iter(now.get(was.article_id, [])), None), seen=was.replaced,
        )
        for was, title, source in rows
        if was.text not in now.get(was.article_id, [])
    ]  # fmt: skip
