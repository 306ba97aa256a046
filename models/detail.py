"""One article with everything that may be shown of it."""

from typing import Any

from sqlalchemy import false, func
from sqlmodel import Session, col, select

from models.answers import ArticleDetail, Bar, Copy, Reading, Revision, Similar
from models.contributions import probabilities, sentence_parts, title_of
from models.figures import figures_of
from models.filters import Filters
from models.hits import hits, rows_query
from models.meaning import nearest, vector_of
from models.quotations import quotations, text_as_read
from models.records import ModelInfo
from models.tables import Article, Score, SentenceRow, Source, Version

LOOKED_AT, SHOWN = 30, 3  # neighbours, and how many of them are shown in another and in the same language


def detail(session: Session, article_id: int) -> ArticleDetail | None:
    """The article with quotations, bars, figures, copies and earlier versions; null when there is none."""
    row = session.exec(rows_query().where(Article.id == article_id)).first()
    if row is None:
        return None
    article, _, score = row
    (hit,) = hits(session, [row])
    return ArticleDetail(
        **hit.model_dump(),
        **article.model_dump(include={"author", "modified", "published_origin", "fetched", "reason", "version"}),
        revisions=_revisions(session, article_id),
        text=article.text if article.sample else None,
        **_read(session, article, score),
        cited=figures_of(session, article_id),
        elsewhere=_copies(session, article),
        similar=_similar(session, article),
        planted=article.planted,
        reading=_reading(score),
    )


def _read(session: Session, article: Article, score: Score | None) -> dict[str, Any]:
    """The sentences of the current reading, and what they and the title contribute to the net stance."""
    if score is None:
        return {"title_contribution": None, "sentences": []}
    query = select(SentenceRow).where(SentenceRow.score_id == score.id).order_by(col(SentenceRow.number))
    sentences = session.exec(query).all()
    quoted = quotations(text_as_read(article, score), sentences)
    parts: list[float | None] = [None] * len(sentences)
    of_title = None
    if score.net_stance is not None:
        parts[:], of_title = sentence_parts(probabilities(sentences), title_of(score), score.net_stance)
    fields: Any = {"number", "start", "end", "stance", "p_hype", "p_caution", "p_neutral"}
    bars = [
        Bar(**sentence.model_dump(include=fields), contribution=part, text=quoted.get(sentence.number))
        for sentence, part in zip(sentences, parts, strict=True)
    ]
    return {"title_contribution": of_title, "sentences": bars}


def _copies(session: Session, article: Article) -> list[Copy]:
    if article.story_id is None:
        return []
    told = (Article.story_id == article.story_id, Article.id != article.id)
    return [Copy(**fields) for fields in _named(session, *told)]


def _similar(session: Session, article: Article) -> list[Similar]:
    """The nearest by meaning that do not tell the same story: up to three in other languages, then in the same."""
    stored = vector_of(session, article.id or 0)
    if stored is None:
        return []
    cosines = {one.article: one.cosine for one in nearest(session, *stored, Filters(), LOOKED_AT)}
    named = _named(session, col(Article.id).in_(cosines), Article.id != article.id, ~_same_story(article))
    near = sorted((Similar(**fields, cosine=cosines[fields["id"]]) for fields in named), key=lambda one: -one.cosine)
    abroad = [one for one in near if one.lang != article.lang]
    return abroad[:SHOWN] + [one for one in near if one.lang == article.lang][:SHOWN]


def _same_story(article: Article) -> Any:
    return func.coalesce(Article.story_id == article.story_id, false()) if article.story_id else false()


def _named(session: Session, *conditions: Any) -> list[dict[str, Any]]:
    """The fields of a `Copy`, oldest first."""
    columns: list[Any] = [Article.id, Article.url, Article.title, Source.name, Article.lang, Article.published]
    query = select(*columns).join(Source).where(*conditions).order_by(col(Article.published), col(Article.id))
    names = ("id", "url", "title", "source", "lang", "published")
    return [dict(zip(names, row, strict=True)) for row in session.exec(query)]


def _revisions(session: Session, article_id: int) -> list[Revision]:
    query = select(Version).where(Version.article_id == article_id).order_by(col(Version.number))
    return [Revision(number=v.number, title=v.title, seen=v.seen) for v in session.exec(query)]


def _reading(score: Score | None) -> Reading | None:
    if score is None:
        return None
    model = ModelInfo(name=score.model_name, version=score.model_version, device=score.device)
    return Reading(model=model, at=score.at, version=score.version)
