"""One article with everything that may be shown of it."""

from typing import Any

from sqlmodel import Session, col, select

from models.answers import ArticleDetail, Bar, Copy, Reading, Revision
from models.contributions import probabilities, sentence_parts, title_of
from models.figures import figures_of
from models.hits import hits, rows_query
from models.quotations import quotations, text_as_read
from models.records import ModelInfo
from models.tables import Article, Score, SentenceRow, Source, Version


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
    columns: list[Any] = [Article.id, Article.url, Article.title, Source.name, Article.lang, Article.published]
    query = (
        select(*columns)
        .join(Source)
        .where(Article.story_id == article.story_id, Article.id != article.id)
        .order_by(col(Article.published), col(Article.id))
    )
    names = ("id", "url", "title", "source", "lang", "published")
    return [Copy(**dict(zip(names, row, strict=True))) for row in session.exec(query)]


def _revisions(session: Session, article_id: int) -> list[Revision]:
    query = select(Version).where(Version.article_id == article_id).order_by(col(Version.number))
    return [Revision(number=v.number, title=v.title, seen=v.seen) for v in session.exec(query)]


def _reading(score: Score | None) -> Reading | None:
    if score is None:
        return None
    model = ModelInfo(name=score.model_name, version=score.model_version, device=score.device)
    return Reading(model=model, at=score.at, version=score.version)
