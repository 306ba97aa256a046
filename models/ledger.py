"""Reading the claim ledger: the list of claims, one claim's travels, and what became of plans."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from models.answers import CitedCheck, CitedFigure, Page
from models.claim_answers import ClaimDetail, ClaimHit, ClaimVersion, Correction, Guidance, KnownVerdict
from models.claims import strongest
from models.columns import saved_id
from models.cursors import decode, encode
from models.figures import Wanted, described, in_period, rows_query, wanted_conditions
from models.filters import Filters
from models.records import Later, Outcome
from models.selection import matching
from models.tables import Article, Claim, FigureRow, FormerFigure, Source

ClaimSort = Literal["newest", "spread"]
GuidanceBy = Literal["company", "source"]
MOST_SIGHTINGS = 100
BATCH = 200

_SEEN = col(FigureRow.since)
_PLAN = col(FigureRow.modality).in_(("planned", "forecast"))
_ANSWERED = func.json_array_length(FigureRow.later) > 0
_KEYS: dict[ClaimSort, Any] = {"newest": col(Claim.first_seen), "spread": col(Claim.spread)}


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
    """One claim by its id, also when every article has taken it out since; null when there is none."""
    row = session.exec(select(Claim).where(Claim.name == name)).first()
    if row is None:
        return None
    query = rows_query().where(FigureRow.claim_id == row.id).order_by(_SEEN, col(FigureRow.id)).limit(MOST_SIGHTINGS)
    seen = session.exec(query).all()
    sightings = described(session, seen)
    dates = {saved_id(figure): figure.since for figure, *_ in seen}
    former = _former(session, saved_id(row))
    return ClaimDetail(
        claim=_hits(session, [row])[0],
        versions=_versions(sightings, dates),
        verdicts=_verdicts(sightings, dates, former),
        corrections=list(_corrections(session, row, former)),
        languages=sorted({figure.lang for figure in sightings if figure.lang}),
        sightings=sightings,
        dates=dates,
    )


def guidance(session: Session, by: GuidanceBy = "company") -> list[Guidance]:
    """What became of plans and forecasts, per company they are about or per outlet that gave them, most first.

    One number of a claim counts once for a company or an outlet, however often it was printed; a figure of several
    companies counts for each of them.
    """
    columns: list[Any] = [
        FigureRow.value, FigureRow.value_to, FigureRow.subjects, FigureRow.later, FigureRow.claim_id, Source.name,
    ]  # fmt: skip
    query = select(*columns).join(Article, col(Article.id) == col(FigureRow.article_id)).join(Source)
    found: dict[str, dict[tuple[Any, ...], tuple[float, Later]]] = {}
    for value, value_to, subjects, later, stated, source in session.exec(
        query.where(FigureRow.metric == "capex", _PLAN, _ANSWERED).order_by(_SEEN)
    ):
        answer = value if value_to is None else (value + value_to) / 2, Later.model_validate(later[-1])
        for name in subjects if by == "company" else [source]:
            found.setdefault(name, {}).setdefault((stated, value, value_to), answer)
    rows = [_guidance(name, list(answers.values())) for name, answers in found.items()]
    return sorted(rows, key=lambda g: (-g.figures, g.name))


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
        query = query.where(or_(key < value, (key == value) & (col(Claim.id) > row)))
    rows = session.exec(query.order_by(key.desc(), col(Claim.id)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return [claim for claim, _ in rows[:limit]], encode(scope, last[1], saved_id(last[0])) if last else None


def _under(filters: Filters, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The conditions on `Claim`: its own columns where they say it, else those of a figure that states it."""
    yield col(Claim.articles) > 0
    for name in ("metric", "unit", "verdict"):
        if values := getattr(wanted, name):
            yield col(getattr(Claim, name)).in_(values)
    if wanted.period:
        yield in_period(col(Claim.period), wanted.period)
    figure = list(wanted_conditions(Wanted(org=wanted.org, modality=wanted.modality)))
    article = matching(filters)
    if article:
        yield col(Claim.id).in_(select(FigureRow.claim_id).join(Article).where(*article, *figure))
    elif figure:
        yield col(Claim.id).in_(select(FigureRow.claim_id).where(*figure))


class _End(NamedTuple):
    """The first or last sighting of a claim."""

    since: datetime
    text: str
    article: int
    source: str
    sample: bool
    planted: bool


def _hits(session: Session, rows: Sequence[Claim]) -> list[ClaimHit]:
    numbers = [saved_id(row) for row in rows]
    ends, plans = _ends(session, numbers), _outcomes(session, numbers)
    fields: Any = (set(ClaimHit.model_fields) & set(Claim.model_fields)) - {"id"}
    made = []
    for row in rows:
        first, last = ends[saved_id(row)]
        hit = ClaimHit(
            **row.model_dump(include=fields), id=row.name, text=first.text, latest=last.text,
            first_source=first.source, first_article=first.article, outcome=plans.get(saved_id(row)),
            sample=first.sample, planted=first.planted or last.planted,
        )  # fmt: skip
        made.append(hit)
    return made


def _ends(session: Session, claims: Sequence[int]) -> dict[int, tuple[_End, _End]]:
    """Where each claim stood first, figures that were corrected since included, and where it was stated last."""
    first: dict[int, _End] = {}
    last: dict[int, _End] = {}
    for table, planted in ((FormerFigure, False), (FigureRow, FigureRow.planted)):
        for claim, place, end in _ranked(session, table, planted, claims):
            if place == 1 and (claim not in first or end.since < first[claim].since):
                first[claim] = end
            last[claim] = end
    return {claim: (first[claim], last[claim]) for claim in first}


def _ranked(session: Session, table: Any, planted: Any, claims: Sequence[int]) -> Iterator[tuple[int, int, _End]]:
    """The first and then the last figure of each claim in one of the two tables, with their places."""
    order = func.row_number().over(partition_by=table.claim_id, order_by=(table.since, table.id))
    back = func.row_number().over(partition_by=table.claim_id, order_by=(table.since.desc(), table.id.desc()))
    ranked = (
        select(table.id, order.label("place"), back.label("back")).where(col(table.claim_id).in_(claims)).subquery()
    )
    columns: list[Any] = [
        table.claim_id, ranked.c.place, table.since, table.text, Article.id, Source.name, Article.sample, planted,
    ]  # fmt: skip
    query = (
        select(*columns)
        .select_from(table)
        .join(ranked, ranked.c.id == table.id)
        .join(Article, col(Article.id) == table.article_id)
        .join(Source, col(Source.id) == col(Article.source_id))
        .where(or_(ranked.c.place == 1, ranked.c.back == 1))
        .order_by(ranked.c.place)
    )
    for claim, place, *end in session.exec(query):
        yield claim, place, _End(*end)


def _outcomes(session: Session, claims: Sequence[int]) -> dict[int, Outcome]:
    """What became of the plans and forecasts among the figures of each claim, by the first of them."""
    query = select(FigureRow.claim_id, FigureRow.later).where(col(FigureRow.claim_id).in_(claims), _PLAN, _ANSWERED)
    found = session.exec(query.order_by(_SEEN.desc(), col(FigureRow.id).desc()))
    return {claim: cast(Outcome, later[-1]["outcome"]) for claim, later in found if claim is not None}


def _versions(sightings: Sequence[CitedFigure], dates: Mapping[int, datetime]) -> list[ClaimVersion]:
    """The different ways of putting it in order of first sighting, each with how many articles put it so."""
    groups: dict[tuple[Any, ...], list[CitedFigure]] = {}
    for figure in sightings:
        groups.setdefault((figure.value, figure.value_to, figure.qualifier, figure.modality), []).append(figure)
    same: Any = {"text", "value", "value_to", "qualifier", "modality", "source", "article", "lang"}
    return [
        ClaimVersion(
            **group[0].model_dump(include=same),
            first_seen=dates[group[0].id],
            articles=len({figure.article for figure in group}),
            verdict=strongest(figure.verdict for figure in group),
        )
        for group in groups.values()
    ]


def _verdicts(
    sightings: Sequence[CitedFigure], dates: Mapping[int, datetime], former: Sequence["_Former"]
) -> list[KnownVerdict]:
    """Every verdict with the day from which it was known, oldest first; one that only repeats is left out."""
    known = [k for figure in sightings for k in _known(figure, dates[figure.id])]
    known += [k for was in former for k in _at_publication(was.row, was.row.checks, was.lang, was.row.article_id)]
    told: dict[tuple[str, str], KnownVerdict] = {}
    for one in sorted(known, key=lambda k: k.since):
        told.setdefault((one.verdict, one.text), one)
    return list(told.values())


def _known(figure: CitedFigure, since: datetime) -> Iterator[KnownVerdict]:
    """What the check at publication said, and what each later filing did."""
    checks = [check.model_dump() for check in figure.checks]
    yield from _at_publication(figure, checks, figure.lang, figure.article, since)
    for later in figure.later:
        day = datetime.fromisoformat(later.known).replace(tzinfo=UTC)
        yield KnownVerdict(
            since=max(day, since), verdict=later.outcome, text=figure.text, lang=figure.lang,
            explanation=later.explanation, article=figure.article,
        )  # fmt: skip


def _at_publication(
    figure: CitedFigure | FormerFigure,
    checks: Sequence[Mapping[str, Any]],
    lang: str | None,
    article: int,
    since: datetime | None = None,
) -> Iterator[KnownVerdict]:
    decisive = next((check for check in checks if check["verdict"] == figure.verdict), None)
    if decisive is not None:
        check = CitedCheck.model_validate(decisive)
        told = check.explanations or {lang or "en": check.explanation}
        yield KnownVerdict(
            since=since or cast(FormerFigure, figure).since, verdict=check.verdict, text=figure.text, lang=lang,
            explanation=told, article=article,
        )  # fmt: skip


class _Former(NamedTuple):
    """A figure of an earlier version of an article, with that article."""

    row: FormerFigure
    title: str
    lang: str | None
    version: int
    source: str


def _former(session: Session, claim: int) -> list[_Former]:
    columns: list[Any] = [FormerFigure, Article.title, Article.lang, Article.version, Source.name]
    query = select(*columns).join(Article, col(Article.id) == col(FormerFigure.article_id)).join(Source)
    rows = session.exec(query.where(FormerFigure.claim_id == claim).order_by(col(FormerFigure.id)))
    return [_Former(*row) for row in rows]


def _corrections(session: Session, claim: Claim, former: Sequence[_Former]) -> Iterator[Correction]:
    """The updates after which an article gave another value, or none, in order."""
    for was in former:
        following = _next_version(session, was)
        if any((one.value, one.value_to) == (was.row.value, was.row.value_to) for one in following):
            continue
        alike = [one.text for one in following if one.claim_id == claim.id] or [
            one.text for one in following if _key(session, one.claim_id) == claim.key
        ]
        yield Correction(
            article=was.row.article_id, title=was.title, source=was.source, lang=was.lang, was=was.row.text,
            verdict=was.row.verdict, to=next(iter(alike), None), seen=was.row.replaced,
        )  # fmt: skip


def _next_version(session: Session, was: _Former) -> Sequence[FigureRow | FormerFigure]:
    """The followed figures of the article in the version that was read after that one."""
    same, later = FormerFigure.article_id == was.row.article_id, col(FormerFigure.version) > was.row.version
    following: int | None = session.exec(select(func.min(FormerFigure.version)).where(same, later)).one()
    if following is not None:
        return session.exec(select(FormerFigure).where(same, FormerFigure.version == following)).all()
    now = FigureRow.article_id == was.row.article_id
    return session.exec(select(FigureRow).where(now, col(FigureRow.claim_id).is_not(None))).all()


def _key(session: Session, claim: int | None) -> str | None:
    found = session.get(Claim, claim)
    return found.key if found else None
