"""The claim ledger: figures that state the same quantity, in any article and language, are versions of one claim.

A claim is one metric of the same organisations in one period, as a level or as a change. Within that, a figure is a
version of the claim whose first value it is near to: "nearly 100" and "over 100 billion" are one, the group's revenue
and that of its cloud arm are not.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from math import log, sqrt
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.columns import saved_id
from models.records import Verdict
from models.spans import overlap
from models.tables import Article, Claim, FigureRow, FormerFigure

NEAR = 1.12  # factor within which two numbers for the same thing are versions of each other
FAR = 2.0  # the same for capex of a period: one quantity with several definitions, where an error is a version too
SAME = 1.02  # the same where only the words or the period differ: the very number, at about the time
APART = timedelta(days=45)
SPENDING = ("capex", "investment")  # what one paper calls capital spending another calls investing
LARGEST = 1e18
STRONGEST: tuple[Verdict, ...] = ("inconsistent", "consistent", "unverifiable")
LONGEST_NAME = 80
BATCH = 500

_SPREAD = 1_000_000  # an outlet more counts before any number of articles
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"), (1e3, "k"))


class Key(NamedTuple):
    """What the figures of a claim share. A change without a period is one of the month in which it appeared."""

    metric: str
    subjects: tuple[str, ...]
    period: str | None
    change: bool
    direction: str | None
    unit: str
    noun: str | None


def follow(session: Session, article: Article, figures: Iterable[FigureRow]) -> None:
    """Give each figure its claim, a new one where none fits, and the moment since when the article gives it so."""
    for figure in figures:
        key = claim_key(figure, article.published)
        if key is None:
            continue
        when = _appeared(article)
        claim = _nearest(session, key, figure) or _same(session, key, figure, when) or _new(session, key, figure, when)
        figure.claim_id = saved_id(claim)
        figure.since = _since(session, article, figure)


def claim_key(figure: FigureRow, published: datetime | None) -> Key | None:
    """What a figure is one claim by; null when it cannot be followed.

    Not followed are figures about nobody, without a unit, of the metric "other" (counts excepted), denied ones, the
    start of a change, which is of another time, and values that are not positive or beyond reason.
    """
    about_nothing = figure.metric == "other" and figure.unit != "count"
    if not figure.subjects or figure.unit is None or about_nothing or figure.denied or figure.role == "from":
        return None
    if not all(0 < value < LARGEST for value in (figure.value, figure.value_to) if value is not None):
        return None
    change, period = figure.role == "by", figure.period
    if change and period is None:
        if published is None:
            return None
        period = f"{published:%Y-%m}"
    noun = figure.noun.casefold() if figure.unit == "count" and figure.noun else None
    direction = figure.direction if change else None
    return Key(figure.metric, tuple(sorted(set(figure.subjects))), period, change, direction, figure.unit, noun)


def middle(figure: FigureRow) -> float:
    """The value to compare with: of a range the geometric mean of its ends."""
    return figure.value if figure.value_to is None else sqrt(figure.value) * sqrt(figure.value_to)


def refresh(session: Session, claims: Collection[int]) -> None:
    """Bring the totals of these claims up to date; a claim that nothing states or ever stated goes."""
    session.flush()
    ordered = sorted(claims)
    for some in (ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)):
        for claim in session.exec(select(Claim).where(col(Claim.id).in_(some)).order_by(col(Claim.id))).all():
            if not _total(session, claim) and not _was_stated(session, claim):
                session.delete(claim)
    session.flush()


def remember(session: Session, article: Article, version: int) -> None:
    """Keep the followed figures of the version of an article that is about to be replaced."""
    query = select(FigureRow).where(FigureRow.article_id == article.id, col(FigureRow.claim_id).is_not(None))
    kept: Any = {"article_id", "claim_id", "text", "value", "value_to", "qualifier", "verdict", "checks", "since"}
    session.add_all(
        FormerFigure(**figure.model_dump(include=kept), version=version, replaced=article.fetched)
        for figure in session.exec(query)
    )
    session.flush()


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


def _appeared(article: Article) -> datetime:
    return article.published or article.first_seen


def _since(session: Session, article: Article, figure: FigureRow) -> datetime:
    """When the article first gave the figure so: with its first version, or with the update that brought it."""
    earlier = select(func.min(FormerFigure.since)).where(
        FormerFigure.article_id == article.id, FormerFigure.claim_id == figure.claim_id,
        FormerFigure.value == figure.value, col(FormerFigure.value_to).is_not_distinct_from(figure.value_to),
    )  # fmt: skip
    known: datetime | None = session.exec(earlier).one()
    if known is not None:
        return known
    return _appeared(article) if article.version == 1 else article.modified or article.fetched


def _nearest(session: Session, key: Key, figure: FigureRow) -> Claim | None:
    value = middle(figure)
    known = session.exec(select(Claim).where(Claim.key == _written(key))).all()
    near = [(abs(log(value / claim.anchor)), claim.name, claim) for claim in known]
    distance, _, claim = min(near, default=(0.0, "", None))
    reach = FAR if key.metric == "capex" and figure.period and not key.change else NEAR
    return claim if claim and distance <= log(reach) else None


def _same(session: Session, key: Key, figure: FigureRow, when: datetime) -> Claim | None:
    """The claim that gives the very number of the same organisations at about the time, in other words.

    Of two reports of one result one names the quarter and the other does not, or one says capex and the other that
    the company invests. Not of a change without a period: shares fall by 3% on many a day.
    """
    if key.change and figure.period is None:
        return None
    value = middle(figure)
    query = select(Claim).where(
        Claim.who == _who(key), col(Claim.metric).in_(SPENDING if key.metric in SPENDING else (key.metric,)),
        Claim.unit == key.unit, Claim.change == key.change, col(Claim.direction).is_not_distinct_from(key.direction),
        col(Claim.noun).is_not_distinct_from(key.noun), col(Claim.anchor).between(value / SAME, value * SAME),
        col(Claim.first_seen) <= when + APART, col(Claim.last_seen) >= when - APART,
    )  # fmt: skip
    found = session.exec(query.order_by(col(Claim.id))).all()
    return next((claim for claim in found if overlap(figure.period, claim.period)), None)


def _new(session: Session, key: Key, figure: FigureRow, when: datetime) -> Claim:
    """A fresh claim, or the one that another process has just made of the same figure."""
    claim = Claim(
        **{**key._asdict(), "subjects": list(key.subjects)}, name=_name(key, middle(figure)), key=_written(key),
        who=_who(key),
        anchor=middle(figure), first_seen=when, last_seen=when,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(claim)
    except IntegrityError:
        return session.exec(select(Claim).where(Claim.name == claim.name)).one()
    return claim


def _who(key: Key) -> str:
    return repr(key.subjects)


def _written(key: Key) -> str:
    return repr(tuple(key))


def _name(key: Key, value: float) -> str:
    """A readable id: "microsoft-capex-2025-q3-34.9bn-usd"."""
    who = "-".join(map(_slug, key.subjects))
    if len(who) > LONGEST_NAME:
        who = f"{who[:LONGEST_NAME]}-{hashlib.blake2b(who.encode(), digest_size=3).hexdigest()}"
    when = (key.period or "").replace("../", "until-").replace("/..", "-on").replace("/", "-to-").lower()
    moved = (key.direction or "change") if key.change else ""
    unit = _slug(key.noun or "count") if key.unit == "count" else _slug(key.unit)
    return "-".join(part for part in (who, _slug(key.metric), when, moved, _short(value), unit) if part)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).replace("_", "-").strip("-")


def _short(value: float) -> str:
    size, letter = next(((size, letter) for size, letter in _SCALES if value >= size), (1.0, ""))
    return f"{value / size:.4g}{letter}"


def _total(session: Session, claim: Claim) -> int:
    """Fill the totals of the claim from its figures; returns in how many articles it stands."""
    columns: list[Any] = [
        func.count(func.distinct(Article.id)), func.count(func.distinct(Article.source_id)), func.min(FigureRow.since),
        func.max(FigureRow.since), func.min(FigureRow.value),
        func.max(func.coalesce(FigureRow.value_to, FigureRow.value)),
    ]  # fmt: skip
    query = select(*columns).select_from(FigureRow).join(Article).where(FigureRow.claim_id == claim.id)
    articles, sources, first, last, low, high = session.exec(query).one()
    claim.articles, claim.sources, claim.spread = articles, sources, sources * _SPREAD + articles
    if articles:
        former = session.exec(select(func.min(FormerFigure.since)).where(FormerFigure.claim_id == claim.id)).one()
        claim.first_seen, claim.last_seen, claim.low, claim.high = min(first, former or first), last, low, high
    verdicts: Sequence[str | None] = session.exec(
        select(FigureRow.verdict).where(FigureRow.claim_id == claim.id).distinct()
    ).all()
    claim.verdict = strongest(verdicts)
    return int(articles)


def _was_stated(session: Session, claim: Claim) -> bool:
    return session.exec(select(FormerFigure.id).where(FormerFigure.claim_id == claim.id).limit(1)).first() is not None
