"""How many articles have each value of a filter, under all the other filters."""

from dataclasses import replace
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from models.answers import Facets, FacetValue
from models.filters import Filters
from models.selection import CURRENT, LEAN, matching
from models.tables import Article, OrgRow, Score, Source, ThemeRow

MOST_ORGS = 50


def facets(session: Session, filters: Filters) -> Facets:
    """Counts per language, source, theme, organisation (the 50 most named) and stance, most frequent first."""
    net = col(Score.net_stance)
    lean = case((net > LEAN, "hype"), (net < -LEAN, "caution"), (net.is_not(None), "neutral"))
    values = {
        "lang": _count(session, select(Article.lang, func.count()), replace(filters, lang=())),
        "source": _count(session, select(Source.name, func.count()).join(Article), replace(filters, source=())),
        "theme": _count(session, select(ThemeRow.theme, func.count()).join(Article), replace(filters, theme=())),
        "org": _count(session, select(OrgRow.org, func.count()).join(Article), replace(filters, org=())),
        "stance": _count(session, select(lean, func.count()).join(Article, CURRENT), replace(filters, stance=())),
    }
    values["org"] = values["org"][:MOST_ORGS]
    return Facets(**values)


def _count(session: Session, query: Any, filters: Filters) -> list[FacetValue]:
    value = query.selected_columns[0]
    rows = session.exec(query.where(value.is_not(None), *matching(filters)).group_by(value)).all()
    counted = [FacetValue(value=name, articles=articles) for name, articles in rows]
    return sorted(counted, key=lambda item: (-item.articles, item.value))
