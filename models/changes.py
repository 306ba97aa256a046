"""Turning points and unusual periods of the series, each with the sources, stories and sentences that moved it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any, Literal

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.answers import StancePoint
from models.change_answers import Change, Changes, Kind, SentenceShare, SourceShare, StoryShare
from models.contributions import probabilities, sentence_parts, title_of
from models.filters import Filters, Freq, Panel
from models.methods import CHANGES, ReaderLanguage
from models.movers import Difference, Told
from models.quotations import quotations, text_as_read
from models.selection import reading
from models.series import stance_series
from models.shifts import BEFORE, FEWEST_VALUES, Value, turning_points, unusual
from models.tables import Article, Score, SentenceRow, Source
from models.weights import Weights, counted

MOST_STORIES = 5
MOST_SENTENCES = 5

Told_by = tuple[Article, str, Score]


@dataclass(frozen=True)
class Found:
    """A change in a series: `before` and `after` are the points that are held against each other, in order."""

    kind: Kind
    deviation: float | None
    before: tuple[StancePoint, ...]
    after: tuple[StancePoint, ...]

    @property
    def point(self) -> StancePoint:
        """The period with which the change came."""
        return self.after[0]

    @property
    def direction(self) -> Literal["hype", "caution"]:
        """Where the values went, by the means of both sides."""
        before, after = (sum(p.net_stance or 0 for p in side) / len(side) for side in (self.before, self.after))
        return "hype" if after > before else "caution"


def find(points: Sequence[StancePoint]) -> list[Found]:
    """The changes of a series, oldest first. Periods without a value are passed over: nothing is found in them.

    A turning point sets up to 12 periods on either side against each other, not beyond the next turning point; an
    unusual period is set against up to 12 before it.
    """
    valued = [point for point in points if point.net_stance is not None]
    if len(valued) < FEWEST_VALUES:
        return []
    values = [Value(point.net_stance or 0.0, point.sources) for point in valued]
    turns = turning_points(values)
    edges = [0, *turns, len(valued)]
    found = [
        Found("turning_point", None, tuple(valued[max(start, turn - BEFORE) : turn]), tuple(valued[turn:end][:BEFORE]))
        for start, turn, end in zip(edges, turns, edges[2:], strict=False)
    ]
    for one in unusual(values, turns):
        begins = max(one.at - BEFORE, *(edge for edge in edges if edge <= one.at))
        deviation = one.deviation if isfinite(one.deviation) else None
        found.append(Found("unusual", deviation, tuple(valued[begins : one.at]), (valued[one.at],)))
    return sorted(found, key=lambda change: change.point.start)


def changes(
    session: Session,
    filters: Filters,
    freq: Freq,
    hl: ReaderLanguage = "en",
    model: str | None = None,
    panel: Panel = "open",
) -> Changes:
    """The changes of the series under the same filters, newest first. Raises `QueryError` as `stance_series` does."""
    series = stance_series(session, filters, freq, hl, model, panel)
    seen = filters if series.panel is None else replace(filters, source=tuple(series.panel))
    return Changes(
        freq=freq,
        changes=[_explained(session, seen, model, one) for one in reversed(find(series.points))],
        periods=len(series.points),
        valued=sum(point.net_stance is not None for point in series.points),
        panel=series.panel,
        models=series.models,
        method=CHANGES[hl],
    )


def _explained(session: Session, filters: Filters, model: str | None, found: Found) -> Change:
    spans = [_within(filters, side[0].start, side[-1].end) for side in (found.before, found.after)]
    difference = Difference(*(_told(session, span, model) for span in spans))
    leading = _leading(difference)
    rows = _rows(session, {article for ids in leading.values() for article in ids}, model)
    before, after = difference.ends
    sources = list(_sources(difference))
    return Change(
        kind=found.kind,
        **found.point.model_dump(include={"period", "start", "end", "net_stance"}),
        deviation=found.deviation,
        before_from=spans[0].since, before_to=spans[0].until, after_from=spans[1].since, after_to=spans[1].until,
        before=before, after=after, difference=after - before,
        mood=sum(source.mood for source in sources), make_up=sum(source.make_up for source in sources),
        sources=sources,
        stories=[_story(difference, ids, rows) for ids in leading.values()],
        other_stories=after - before - sum(difference.stories[story] for story in leading),
        sentences=_sentences(session, difference, rows.values()),
    )  # fmt: skip


def _within(filters: Filters, start: date, end: date) -> Filters:
    """The filters on these days, as far as they let them through."""
    since, until = max(start, filters.since or start), min(end, filters.until or end)
    return replace(filters, since=since, until=until)


def _told(session: Session, filters: Filters, model: str | None) -> list[Told]:
    """The articles that carry weight under the filters."""
    weights = Weights()
    story = func.coalesce(Article.story_id, -col(Article.id))
    columns: list[Any] = [Article.id, story, Source.name, weights.column, Score.net_stance]
    query = select(*columns).select_from(Article).join(Score, reading(model)).join(Source)
    return [Told(*row) for row in session.exec(weights.join(query).where(*counted(filters)).order_by(Article.id))]


def _leading(difference: Difference) -> dict[int, list[int]]:
    """The stories that moved most the way that the whole went, each with its articles, the largest share first."""
    way = 1 if difference.ends[1] >= difference.ends[0] else -1
    shares = sorted(difference.stories.items(), key=lambda share: -way * share[1])
    leading: dict[int, list[int]] = {story: [] for story, share in shares[:MOST_STORIES] if way * share > 0}
    for told in (*difference.before, *difference.after):
        if told.story in leading:
            leading[told.story].append(told.article)
    return {story: sorted(ids, key=lambda id_: -way * difference.articles[id_]) for story, ids in leading.items()}


def _rows(session: Session, ids: Collection[int], model: str | None) -> dict[int, Told_by]:
    query = select(Article, Source.name, Score).join(Score, reading(model)).join(Source).where(col(Article.id).in_(ids))
    return {score.article_id: (article, source, score) for article, source, score in session.exec(query)}


def _sources(difference: Difference) -> Iterator[SourceShare]:
    found = [
        SourceShare(source=name, contribution=part.mood + part.make_up, **part._asdict())
        for name, part in difference.sources.items()
    ]
    yield from sorted(found, key=lambda share: -abs(share.contribution))


def _story(difference: Difference, ids: Sequence[int], rows: dict[int, Told_by]) -> StoryShare:
    article, source, _ = rows[ids[0]]
    return StoryShare(
        story=article.story_id,
        article=ids[0],
        **article.model_dump(include={"title", "url", "lang", "published", "sample"}),
        source=source,
        articles=len(ids),
        contribution=difference.stories[article.story_id or -ids[0]],
    )


def _sentences(session: Session, difference: Difference, rows: Iterable[Told_by]) -> list[SentenceShare]:
    """The sentences of these articles that moved most the way that the whole went."""
    way = 1 if difference.ends[1] >= difference.ends[0] else -1
    found = [share for row in rows for share in _shares(session, difference, *row)]
    ranked = sorted(found, key=lambda share: -way * share.contribution)
    return [share for share in ranked[:MOST_SENTENCES] if way * share.contribution > 0]


def _shares(
    session: Session, difference: Difference, article: Article, source: str, score: Score
) -> Iterator[SentenceShare]:
    query = select(SentenceRow).where(SentenceRow.score_id == score.id).order_by(col(SentenceRow.number))
    rows = session.exec(query).all()
    quoted = quotations(text_as_read(article, score), rows)
    parts, _ = sentence_parts(probabilities(rows), title_of(score), score.net_stance or 0.0, difference.level)
    pull = difference.pulls[score.article_id]
    for row, part in zip(rows, parts, strict=True):
        yield SentenceShare(
            article=score.article_id,
            source=source,
            **article.model_dump(include={"lang", "published"}),
            **row.model_dump(include={"number", "start", "end", "stance"}),
            text=quoted.get(row.number),
            contribution=pull * part,
        )
