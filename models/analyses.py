"""The hand-over to reading and back: which articles wait, and storing what was read."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from models.claims import claims_of, follow, refresh, remember, strongest
from models.columns import saved_id
from models.records import Analysis, Figure, SentenceScore, Verdict
from models.tables import Article, FigureOrg, FigureRow, OrgRow, Score, SentenceRow, ThemeRow


def pending(session: Session, limit: int = 100, after: int = 0, again: bool = False) -> list[Article]:
    """The next articles with a text whose version has no current reading, by id, from beyond `after`.

    With `again`, all articles with a text. Store the readings and ask anew, with the last id as `after`.
    """
    query = select(Article).where(col(Article.id) > after, *_waits(again))
    return list(session.exec(query.order_by(col(Article.id)).limit(limit)))


def count_pending(session: Session, again: bool = False) -> int:
    """How many articles `pending` gives in all."""
    return session.exec(select(func.count()).select_from(Article).where(*_waits(again))).one()


def _waits(again: bool) -> list[Any]:
    has_text = col(Article.text).is_not(None)
    read = select(Score.id).where(Score.article_id == Article.id, col(Score.current), Score.version == Article.version)
    return [has_text] if again else [has_text, ~read.exists()]


def store(
    session: Session, article: Article, analysis: Analysis, told: Mapping[str, Sequence[Figure]] | None = None
) -> Score:
    """Make this reading of the article the current one; earlier scores stay, their labels and figures go.

    `told` holds the same figures by language of the reader, with their checks explained in it. Figures of an earlier
    version of the article are kept in their claims. The caller commits, so that nothing of a reading is seen before all
    of it is there.
    """
    touched = claims_of(session, FigureRow.article_id == article.id)
    _clear(session, article)
    score = _score(article, analysis)
    session.add(score)
    session.flush()
    session.add_all(_sentence(score, number, sentence) for number, sentence in enumerate(analysis.sentences))
    session.add_all(ThemeRow(article_id=saved_id(article), theme=theme) for theme in dict.fromkeys(analysis.themes))
    session.add_all(OrgRow(article_id=saved_id(article), org=org) for org in dict.fromkeys(analysis.orgs))
    _add_figures(session, article, analysis, told or {})
    article.lang = article.lang or analysis.lang
    refresh(session, touched | claims_of(session, FigureRow.article_id == article.id))
    return score


def verdict_of(figure: Figure) -> Verdict | None:
    """The strongest verdict of a figure's checks; null without a check."""
    return strongest(check.verdict for check in figure.checks)


def _clear(session: Session, article: Article) -> None:
    read = session.exec(select(Score.version).where(Score.article_id == article.id, col(Score.current))).first()
    if read is not None and read != article.version:
        remember(session, article, read)
    figures = select(FigureRow.id).where(FigureRow.article_id == article.id)
    session.exec(delete(FigureOrg).where(col(FigureOrg.figure_id).in_(figures)))
    for table in (FigureRow, ThemeRow, OrgRow):
        session.exec(delete(table).where(col(table.article_id) == article.id))
    session.exec(update(Score).where(col(Score.article_id) == article.id, col(Score.current)).values(current=False))


def _score(article: Article, analysis: Analysis) -> Score:
    model = analysis.model
    return Score(
        article_id=saved_id(article),
        version=article.version,
        model_name=model.name if model else "none",
        model_version=model.version if model else "none",
        device=model.device if model else "none",
        at=datetime.now(UTC),
        lang=analysis.lang,
        relevant=analysis.relevant,
        relevance=analysis.relevance,
        net_stance=analysis.net_stance,
        intensity=analysis.intensity,
        hype_share=_share(analysis.sentences, "hype"),
        caution_share=_share(analysis.sentences, "caution"),
        **_of_title(analysis.title),
    )


def _of_title(title: SentenceScore | None) -> dict[str, Any]:
    names = ("p_hype", "p_caution", "p_neutral")
    return {f"title_{name}": getattr(title, name) for name in names} if title else {}


def _share(sentences: Collection[SentenceScore], stance: str) -> float | None:
    scored = [sentence.stance for sentence in sentences if sentence.stance is not None]
    return scored.count(stance) / len(scored) if scored else None  # type: ignore[arg-type]


def _sentence(score: Score, number: int, sentence: SentenceScore) -> SentenceRow:
    return SentenceRow(score_id=saved_id(score), number=number, **sentence.model_dump(exclude={"text"}))


def _add_figures(session: Session, article: Article, analysis: Analysis, told: Mapping[str, Sequence[Figure]]) -> None:
    false_claims = _planted(article)
    starts = [sentence.start for sentence in analysis.sentences]
    rows = [_figure(article, figure, starts, false_claims) for figure in analysis.figures]
    for number, row in enumerate(rows):
        row.checks = [
            check
            | {"explanations": {lang: figures[number].checks[place].explanation for lang, figures in told.items()}}
            for place, check in enumerate(row.checks)
        ]
    follow(session, article, rows)
    session.add_all(rows)
    session.flush()
    for row in rows:
        session.add_all(FigureOrg(figure_id=saved_id(row), org=org) for org in dict.fromkeys(row.subjects))


def _figure(
    article: Article, figure: Figure, starts: Sequence[int], false_claims: Collection[tuple[int, int]]
) -> FigureRow:
    """`starts` are the offsets of the sentences in the text, in order: they tell which one the figure is in."""
    return FigureRow(
        article_id=saved_id(article),
        sentence=max(0, bisect_right(starts, figure.start) - 1),
        **figure.model_dump(mode="json", exclude={"sentence"}),
        verdict=verdict_of(figure),
        planted=any(figure.start < end and start < figure.end for start, end in false_claims),
    )


def _planted(article: Article) -> list[tuple[int, int]]:
    """Where the sample's false claims stand; extraction may have changed the white space in them."""
    patterns: list[Any] = [r"\s+".join(map(re.escape, claim.split())) for claim in article.planted]
    return [match.span() for pattern in patterns if pattern for match in re.finditer(pattern, article.text or "")]
