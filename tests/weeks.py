"""Weeks of read articles in a database, five sources whose mood changes where it is known."""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from models.contributions import Probabilities
from models.tables import Article, Score, SentenceRow, Source
from nlp.article import net_stance
from tests.builders import FIRST_SEEN, add_source

FIRST = datetime(2025, 1, 6, 12, tzinfo=UTC)  # a Monday
WEEKS = 30
STEP, SPIKE = 15, 26
HYPE, CAUTION = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1)


def add(
    session: Session, source: Source, weeks: Iterable[int], worried: Callable[[int], bool], articles: int = 4
) -> None:
    """Articles of six or seven sentences in each of these weeks, most of them worried or cheerful."""
    chance = random.Random(source.name)
    places = [(week, number) for week in weeks for number in range(articles)]
    told = [(_article(source, week, number), _stances(worried(week), chance)) for week, number in places]
    session.add_all(article for article, _ in told)
    session.flush()
    scores = [_score(article, stances) for article, stances in told]
    session.add_all(scores)
    session.flush()
    for score, (_, stances) in zip(scores, told, strict=True):
        session.add_all(_sentence(score, at, *p) for at, p in enumerate(stances))
    session.flush()


def _article(source: Source, week: int, number: int) -> Article:
    text = "Over de groei van de datacenters is dit jaar nog veel te doen in het land. " * 30
    return Article(
        source_id=source.id, url=f"https://{source.name}.example/{week}/{number}", title="t", lang="nl", text=text,
        published=FIRST + timedelta(weeks=week), first_seen=FIRST_SEEN, status="whole", fetched=FIRST_SEEN,
    )  # fmt: skip


def _stances(worried: bool, chance: random.Random) -> list[Probabilities]:
    most, rest = (CAUTION, HYPE) if worried else (HYPE, CAUTION)
    return [most] * (4 + chance.randrange(2)) + [rest] * 2


def _score(article: Article, stances: list[Probabilities]) -> Score:
    return Score(article_id=article.id, version=1, model_name="m", model_version="1", device="cpu", at=FIRST_SEEN,
                 relevant=True, relevance=0.9, net_stance=net_stance(stances, titled=False))  # fmt: skip


def _sentence(score: Score, at: int, hype: float, caution: float, neutral: float) -> SentenceRow:
    return SentenceRow(score_id=score.id, number=at, start=at * 75, end=at * 75 + 74, p_hype=hype, p_caution=caution,
                       p_neutral=neutral, stance="hype" if hype > caution else "caution")  # fmt: skip


def fill(session: Session) -> None:
    """Five sources, four articles a week each, cheerful; from week 15 two of them worry, in week 26 four."""
    for name in "abcde":

        def worried(week: int, name: str = name) -> bool:
            return (week >= STEP and name in "ab") or (week == SPIKE and name in "abcd")

        add(session, add_source(session, name, "nl"), range(WEEKS), worried)
