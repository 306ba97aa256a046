"""Filters as conditions on `Article`: the one meaning that search, series, figures and exports share."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, literal_column, or_
from sqlmodel import col, select

from models.columns import UtcDateTime
from models.filters import Filters
from models.fulltext import Found
from models.records import Stance
from models.tables import Article, OrgRow, Score, Source, ThemeRow

LEAN = 0.1  # beyond this an article as a whole leans

# time of publication to sort by, an article without one last; as in the indexes article_newest and article_oldest
NEWEST: ColumnElement[datetime] = func.coalesce(
    Article.published, literal_column("'0001-01-01 00:00:00.000000'"), type_=UtcDateTime()
)
OLDEST: ColumnElement[datetime] = func.coalesce(
    Article.published, literal_column("'9999-12-31 23:59:59.999999'"), type_=UtcDateTime()
)

CURRENT = and_(col(Score.article_id) == col(Article.id), col(Score.current))
MODEL: ColumnElement[str] = col(Score.model_name) + " " + col(Score.model_version)


def reading(model: str | None) -> ColumnElement[bool]:
    """The condition that joins each article to its current score, or to the last one by `model` ("name version")."""
    if model is None:
        return CURRENT
    last = select(func.max(Score.id)).where(model == MODEL).group_by(col(Score.article_id))
    return and_(col(Score.article_id) == col(Article.id), col(Score.id).in_(last))


def matching(filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions under which an `Article` passes all filters."""
    return [*_dates(filters), *_labels(filters), *_words(filters)]


def stance_of(net_stance: float | None) -> Stance | None:
    """Where an article leans: beyond 0.1 to either side, or neutral."""
    if net_stance is None:
        return None
    return "hype" if net_stance > LEAN else "caution" if net_stance < -LEAN else "neutral"


def leans(stances: Sequence[str]) -> ColumnElement[bool]:
    """The condition on `Score` that an article leans one of these ways."""
    net = col(Score.net_stance)
    ways = {"hype": net > LEAN, "caution": net < -LEAN, "neutral": net.between(-LEAN, LEAN)}
    return or_(false(), *(ways[stance] for stance in stances if stance in ways))


def _dates(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.since:
        conditions.append(col(Article.published) >= datetime.combine(filters.since, time.min, UTC))
    if filters.until:
        conditions.append(col(Article.published) <= datetime.combine(filters.until, time.max, UTC))
    return conditions


def _labels(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.lang:
        conditions.append(col(Article.lang).in_(filters.lang))
    if filters.source:
        named = select(Source.id).where(col(Source.name).in_(filters.source))
        conditions.append(col(Article.source_id).in_(named))
    if filters.theme:
        conditions.append(_has(ThemeRow.article_id, col(ThemeRow.theme).in_(filters.theme)))
    if filters.org:
        conditions.append(_has(OrgRow.article_id, col(OrgRow.org).in_(filters.org)))
    if filters.stance:
        conditions.append(_has(Score.article_id, CURRENT, leans(filters.stance)))
    return conditions


def _words(filters: Filters) -> list[ColumnElement[bool]]:
    return [Found(filters.q)] if filters.q.strip() else []


def _has(article_id: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(article_id == Article.id, *conditions).correlate(Article)
