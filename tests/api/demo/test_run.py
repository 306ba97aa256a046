"""The demonstration end to end over loopback, with a small scorer in place of the transformer."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, func, select, update

from api.demo.newsroom import load_newsroom
from api.demo.run import DemoSummary, prepare_demo, resolver
from api.progress import Step
from models.capex import bundled
from models.database import open_database
from models.records import ModelInfo
from models.tables import Article, CapexRow, Claim, FigureRow, Rejection, Score, Source
from nlp.analyse import Analyser
from nlp.stance import Scores
from tests.databases import settings

ROOM = load_newsroom()
PIECES = {outlet.url(piece): piece for outlet, piece in ROOM}


class Undecided:
    """A scorer that leans nowhere."""

    info = ModelInfo(name="undecided", version="1", device="cpu")

    def score(self, articles: Sequence[Sequence[str]]) -> list[Scores]:
        return [Scores([(0.3, 0.3, 0.4)] * len(sentences), relevance=1.0) for sentences in articles]


class Demo:
    """The demonstration on a database of its own, and what it told on the way."""

    def __init__(self, home: Path) -> None:
        self.settings = settings(home)
        self.steps: list[Step] = []
        self.summary = self.run()

    def run(self) -> DemoSummary:
        return prepare_demo(self.settings, Analyser(Undecided(), bundled()), self.steps.append)

    def read(self, look: Callable[[Session], object]) -> object:
        engine = open_database(self.settings.database_url)
        try:
            with Session(engine) as session:
                found = look(session)
                session.commit()
                return found
        finally:
            engine.dispose()

    def sizes(self) -> object:
        tables = (Article, CapexRow, FigureRow, Rejection, Score, Source)
        return self.read(lambda session: [_size(session, table) for table in tables])


def _size(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def articles(demo: Demo) -> dict[str, Article]:
    found = demo.read(lambda session: [a.model_copy() for a in session.exec(select(Article))])
    assert isinstance(found, list)
    return {article.url: article for article in found}


def test_everything_arrives_but_what_robots_forbids(demo: Demo, articles: dict[str, Article]) -> None:
    assert {PIECES[url].special for url in PIECES.keys() - articles.keys()} == {"robots"}
    assert not articles.keys() - PIECES.keys()
    assert (demo.summary.crawl.failed, demo.summary.unread) == ({}, {})


def test_whole_articles_are_whole_dated_and_marked_as_sample(articles: dict[str, Article]) -> None:
    for url, article in articles.items():
        piece = PIECES[url]
        assert article.sample
        assert (article.published, article.title) == (piece.published, piece.title)
        if article.status == "whole":
            assert str(article.text).split() == piece.body.split()


def test_walls_and_opt_outs_are_respected(articles: dict[str, Article]) -> None:
    states = {PIECES[url].special: a for url, a in articles.items() if a.status != "whole"}
    assert Counter(a.status for a in states.values()) == {"partial": 2, "opted_out": 2}
    for kind in ("paywall", "consent_wall"):
        piece = PIECES[states[kind].url]
        assert states[kind].status == "partial"
        assert piece.paragraphs[1] not in str(states[kind].text)
    for kind in ("tdm_meta", "tdm_folder"):
        assert (states[kind].status, states[kind].text) == ("opted_out", None)
        assert states[kind].reason


def test_planted_claims_are_marked_on_articles_and_figures(demo: Demo, articles: dict[str, Article]) -> None:
    assert {url: a.planted for url, a in articles.items() if a.planted} == ROOM.planted()
    marked = demo.read(lambda s: set(s.exec(select(FigureRow.article_id).where(col(FigureRow.planted)))))
    assert isinstance(marked, set)
    assert marked <= {article.id for article in articles.values() if article.planted}
    assert len(marked) > 20


def test_figures_are_followed_and_explained_in_both_languages(demo: Demo) -> None:
    followed = select(FigureRow.checks, FigureRow.later).where(col(FigureRow.claim_id).is_not(None))
    rows: Any = demo.read(lambda session: session.exec(followed).all())
    claims: Any = demo.read(lambda session: session.exec(select(func.count()).select_from(Claim)).one())
    assert len(rows) > claims > 0
    assert any(later for _, later in rows)
    checks = [check for several, _ in rows for check in several]
    assert checks
    assert all(set(check["explanations"]) == {"nl", "en"} for check in checks)
    assert all(check["explanation"] in check["explanations"].values() for check in checks)


def test_copies_are_one_story_and_translations_are_not(articles: dict[str, Article]) -> None:
    by_name = {f"{outlet.slug}/{piece.stem}": articles.get(outlet.url(piece)) for outlet, piece in ROOM}
    pairs = [(articles[url], by_name[p.copy_of]) for url, p in PIECES.items() if p.copy_of]
    assert len(pairs) == 3
    assert all(original and copy.story_id == original.story_id is not None for copy, original in pairs)
    assert len({a.story_id for a in articles.values() if a.story_id}) == 3


def test_third_languages_are_kept_and_not_scored(demo: Demo, articles: dict[str, Article]) -> None:
    foreign = {a.id: a.lang for a in articles.values() if a.lang not in {"nl", "en"}}
    assert sorted(map(str, foreign.values())) == ["de", "fr"]
    scores = demo.read(lambda s: list(s.exec(select(Score.net_stance).where(col(Score.article_id).in_(foreign)))))
    assert scores == [None, None]


def test_progress_ends_at_the_total(demo: Demo) -> None:
    for job in {step.job for step in demo.steps}:
        last = [step for step in demo.steps if step.job == job][-1]
        assert last.done == last.total


def test_a_second_run_adds_nothing(demo: Demo, articles: dict[str, Article]) -> None:
    before = demo.sizes()
    again = demo.run()
    assert (again.crawl.skipped, again.capex) == (8, 0)
    assert demo.sizes() == before


def test_a_second_crawl_adds_nothing_either(demo: Demo, articles: dict[str, Article]) -> None:
    before = demo.sizes()
    demo.read(lambda session: session.execute(update(Source).values(next_visit=None)))
    again = demo.run()
    assert again.crawl.sources == 8
    assert again.crawl.articles["new"] == again.crawl.articles["changed"] == 0
    assert demo.sizes() == before


def test_the_summary_says_what_there_is(demo: Demo) -> None:
    assert "340 new articles from 8 outlets (336 whole, 2 partial, 2 opted out)" in str(demo.summary)


def test_other_hosts_are_not_known() -> None:
    look_up = resolver({"veenbode.example": ("127.0.0.1", 8107)})
    assert look_up("veenbode.example", 80) == [("127.0.0.1", 8107)]
    with pytest.raises(OSError, match="not an outlet"):
        look_up("example.org", 80)
