"""The order in which articles arrive changes nothing: not a digit of the series, of its panel or of its changes."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, delete

from models.analyses import store
from models.answers import StanceSeries
from models.filters import Filters, Freq
from models.records import Analysis, ModelInfo, SentenceScore
from models.series import stance_series
from models.stories import group
from models.tables import Article, Score, SentenceRow, Source, Story, StoryBand
from tests.builders import FIRST_SEEN

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)
TOPICS = ("markt", "chips", "stroom", "krediet", "rente", "beurs", "omzet", "winst", "schuld", "model", "vraag", "bouw")
NAMES = ("a", "b", "c", "d", "e")


def batch(seed: int) -> list[tuple[str, datetime, str, Analysis]]:
    """Articles of five sources in three weeks; some are copies of each other."""
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(TOPICS, k=60)) for _ in range(30)]
    made = []
    for number in range(48):
        stances = [chance.random() for _ in range(4)]
        sentences = [
            SentenceScore(text="", start=0, end=0, stance="hype" if p > 0.5 else "caution", p_hype=p, p_caution=1 - p,
                          p_neutral=0)
            for p in stances
        ]  # fmt: skip
        relevance = round(chance.uniform(0.3, 1), 4)
        analysis = Analysis(
            id=number, lang="nl", relevant=relevance >= 0.5, relevance=relevance, intensity=1, sentences=sentences,
            net_stance=round(chance.uniform(-1, 1), 4), model=ModelInfo(name="m", version="1", device="cpu"),
        )  # fmt: skip
        made.append(
            (chance.choice(NAMES), MONDAY + timedelta(days=chance.randrange(21)), chance.choice(texts), analysis)
        )
    return made


def arrived(session: Session, told: list[tuple[str, datetime, str, Analysis]], steps: int) -> None:
    """Store the articles in this order, grouping stories every so many."""
    sources = {}
    for number, (name, published, text, analysis) in enumerate(told):
        if name not in sources:
            sources[name] = Source(name=name, url=f"https://{name}.example/feed", kind="rss", lang="nl")
            session.add(sources[name])
            session.flush()
        article = Article(
            source_id=sources[name].id, url=f"https://{name}.example/{analysis.id}", title="t", lang="nl", text=text,
            published=published, first_seen=FIRST_SEEN, fetched=FIRST_SEEN, status="whole",
        )  # fmt: skip
        session.add(article)
        session.flush()
        store(session, article, analysis)
        if number % steps == 0:
            group(session)
    group(session)
    session.flush()


@contextmanager
def emptied(session: Session) -> Iterator[Session]:
    """The database without articles, and nothing kept of what is put in."""
    for table in (SentenceRow, Score, StoryBand, Article, Story, Source):
        session.exec(delete(table))
    session.flush()
    yield session
    session.rollback()


def drawn(session: Session) -> list[StanceSeries]:
    freqs: list[Freq] = ["day", "week", "month"]
    return [stance_series(session, Filters(), freq, panel=panel) for freq in freqs for panel in ("open", "fixed")]


@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), order=st.randoms(use_true_random=False), steps=st.integers(1, 40))
def test_the_series_is_the_same_in_any_order_of_arrival(
    empty: Session, seed: int, order: random.Random, steps: int
) -> None:
    told = batch(seed)
    with emptied(empty):
        arrived(empty, told, 48)
        expected = drawn(empty)
    assert any(point.net_stance is not None for series in expected for point in series.points)
    order.shuffle(told)
    with emptied(empty):
        arrived(empty, told, steps)
        assert drawn(empty) == expected
