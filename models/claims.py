"""The claim ledger: figures that state the same quantity, in any article and language, are versions of one claim.

A claim is one metric of the same organisations in one period, as a level or as a change. Within that, a figure is a
version of the claim whose first value it is near to: "nearly 100" and "over 100 billion" are one, the group's revenue
and that of its cloud arm are not.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from math import log, sqrt
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.records import Verdict
from models.tables import Article, Claim, FigureRow, FormerFigure, saved_id

NEAR = 1.12  # factor within which two numbers for the same thing are versions of each other
FAR = 2.0  # the same where metric and period leave room for one quantity only, so that an error is a version too
SINGLE = frozenset({"capex", "revenue", "profit", "market_cap"})
STRONGEST: tuple[Verdict, ...] = ("inconsistent", "consistent", "unverifiable")
LONGEST_NAME = 80

_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"), (1e3, "k"))


def follow(session: Session, article: Article, figures: Iterable[FigureRow]) -> None:
    """Give each figure its claim, a new one where none fits; figures of nobody or of no known unit have none."""
    when = article.published or article.first_seen
    for figure in figures:
        key = claim_key(figure, article.published)
        if key is not None:
            figure.claim_id = saved_id(_nearest(session, key, figure) or _new(session, key, figure, when))


def claim_key(figure: FigureRow, published: datetime | None) -> str | None:
    """What the figures of a claim share; null when the figure cannot be followed.

    A change without a period is one of the month in which the article appeared.
    """
    if not figure.subjects or figure.unit is None or (figure.metric == "other" and figure.unit != "count"):
        return None
    if middle(figure) <= 0:
        return None
    change, period = figure.role == "by", figure.period
    if change and period is None:
        if published is None:
            return None
        period = f"{published:%Y-%m}"
    kind = f"by {figure.direction or ''}" if change else "level"
    noun = (figure.noun or "").casefold() if figure.unit == "count" else ""
    return "|".join((figure.metric, "+".join(sorted(figure.subjects)), period or "", kind, figure.unit, noun))


def middle(figure: FigureRow) -> float:
    """The value to compare with: of a range the geometric mean of its ends."""
    if figure.value_to is None or figure.value <= 0:
        return figure.value
    return sqrt(figure.value * figure.value_to)


def refresh(session: Session, claims: Collection[int]) -> None:
    """Bring the totals of these claims up to date; a claim that nothing states or ever stated goes."""
    session.flush()
    for claim in session.exec(select(Claim).where(col(Claim.id).in_(claims))).all():
        if not _total(session, claim) and not _was_stated(session, claim):
            session.delete(claim)
    session.flush()


def remember(session: Session, article: Article, version: int) -> None:
    """Keep the followed figures of the version of an article that is about to be replaced."""
    query = select(FigureRow).where(FigureRow.article_id == article.id, col(FigureRow.claim_id).is_not(None))
    session.add_all(
        FormerFigure(
            **figure.model_dump(include={"article_id", "claim_id", "text", "value", "value_to", "unit", "verdict"}),
            version=version,
            replaced=article.fetched,
        )
        for figure in session.exec(query)
    )


def claims_of(session: Session, *conditions: Any) -> set[int]:
    """The claims of the figures under the conditions."""
    query = select(FigureRow.claim_id).where(*conditions, col(FigureRow.claim_id).is_not(None)).distinct()
    return {claim for claim in session.exec(query) if claim is not None}


def former_claims(session: Session, articles: Any) -> set[int]:
    """The claims that earlier versions of these articles stated; `articles` is a query for their ids."""
    return set(session.exec(select(FormerFigure.claim_id).where(col(FormerFigure.article_id).in_(articles))))


def strongest(verdicts: Iterable[str | None]) -> Verdict | None:
    """The verdict that counts of several: an accusation before a confirmation before a doubt; null without any."""
    given = set(verdicts)
    return next((verdict for verdict in STRONGEST if verdict in given), None)


def _nearest(session: Session, key: str, figure: FigureRow) -> Claim | None:
    value = middle(figure)
    known = session.exec(select(Claim).where(Claim.key == key)).all()
    near = [(abs(log(value / claim.anchor)), claim.name, claim) for claim in known]
    distance, _, claim = min(near, default=(0.0, "", None))
    return claim if claim and distance <= log(_reach(figure)) else None


def _reach(figure: FigureRow) -> float:
    return FAR if figure.metric in SINGLE and figure.period and figure.role != "by" else NEAR


def _new(session: Session, key: str, figure: FigureRow, when: datetime) -> Claim:
    """A fresh claim, or the one that another process has just made of the same figure."""
    metric, _, period, kind, unit, noun = key.split("|")
    claim = Claim(
        name=_name(figure, period, change=kind != "level"), key=key, anchor=middle(figure), metric=metric,
        subjects=sorted(figure.subjects), period=period or None, change=kind != "level", unit=unit, noun=noun or None,
        direction=figure.direction if kind != "level" else None, first_seen=when, last_seen=when,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(claim)
    except IntegrityError:
        return session.exec(select(Claim).where(Claim.name == claim.name)).one()
    return claim


def _name(figure: FigureRow, period: str, *, change: bool) -> str:
    """A readable id: "microsoft-capex-2025-q3-34.9bn-usd"."""
    who = "-".join(_slug(subject) for subject in sorted(figure.subjects))
    if len(who) > LONGEST_NAME:
        who = f"{who[:LONGEST_NAME]}-{hashlib.blake2b(who.encode(), digest_size=3).hexdigest()}"
    when = period.replace("../", "until-").replace("/..", "-on").replace("/", "-to-")
    unit = _slug(figure.noun or "count") if figure.unit == "count" else _slug(figure.unit or "")
    moved = (figure.direction or "change") if change else ""
    parts = (who, _slug(figure.metric), when.lower(), moved, _short(middle(figure)), unit)
    return "-".join(part for part in parts if part)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).replace("_", "-").strip("-")


def _short(value: float) -> str:
    size, letter = next(((size, letter) for size, letter in _SCALES if value >= size), (1.0, ""))
    return f"{value / size:.4g}{letter}"


def _total(session: Session, claim: Claim) -> int:
    """Fill the totals of the claim from its figures; returns in how many articles it stands."""
    seen = func.coalesce(Article.published, Article.first_seen)
    columns: list[Any] = [
        func.count(func.distinct(Article.id)), func.count(func.distinct(Article.source_id)), func.min(seen),
        func.max(seen), func.min(FigureRow.value), func.max(func.coalesce(FigureRow.value_to, FigureRow.value)),
    ]  # fmt: skip
    query = select(*columns).select_from(FigureRow).join(Article).where(FigureRow.claim_id == claim.id)
    articles, sources, first, last, low, high = session.exec(query).one()
    claim.articles, claim.sources = articles, sources
    if articles:
        claim.first_seen, claim.last_seen, claim.low, claim.high = first, last, low, high
    verdicts: Sequence[str | None] = session.exec(
        select(FigureRow.verdict).where(FigureRow.claim_id == claim.id).distinct()
    ).all()
    claim.verdict = strongest(verdicts)
    return int(articles)


def _was_stated(session: Session, claim: Claim) -> bool:
    return session.exec(select(FormerFigure.id).where(FormerFigure.claim_id == claim.id).limit(1)).first() is not None
