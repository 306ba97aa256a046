"""The main job on the sample newsroom: serve it, crawl it like any site, load capex, read what came, group stories.

Nothing here is a short cut: the crawler sees eight web sites, and only their addresses come from here instead of DNS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from api.demo.newsroom import Newsroom, load_newsroom
from api.demo.server import Address as Served
from api.pending import analyse_pending
from api.progress import CrawlProgress, Step
from api.settings import Settings
from crawler.addresses import Address, Resolver
from crawler.crawl import Summary, crawl
from crawler.http import Fetcher
from crawler.sources import read
from models.capex import bundled, load
from models.database import open_database
from models.tables import Article
from nlp.analyse import Analyser
from nlp.embedding import Embedder

USER_AGENT = "Zeepbel/0.1 (demo, crawls its own sample newsroom)"


@dataclass
class DemoSummary:
    """What the demonstration did: the crawl, new capex facts, articles that could not be read with the reason."""

    crawl: Summary
    capex: int
    unread: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        known, new = self.crawl.articles, self.crawl.statuses
        kinds = f"{new['whole']} whole, {new['partial']} partial, {new['opted_out']} opted out"
        lines = [
            f"Sample newsroom: {known['new']} new articles from {self.crawl.sources} outlets ({kinds}).",
            f"Refused: {known['rejected']}. Outlets not due again yet: {self.crawl.skipped}.",
            f"Reported capex: {self.capex} facts new or changed.",
        ]
        lines += [f"Failed: {name}: {reason}" for name, reason in self.crawl.failed.items()]
        lines += [f"Not read: article {article}: {reason}" for article, reason in self.unread.items()]
        return "\n".join(lines)


def prepare_demo(
    settings: Settings, analyser: Analyser, on_event: Callable[[Step], None], embedder: Embedder | None = None
) -> DemoSummary:
    """Fill the database with the sample newsroom, read; run again, it adds nothing twice.

    `on_event` is told how far it is; without an embedder there is no search by meaning.
    Raises `InputError` when there is no sample, `StoreError`, `ModelError`.
    """
    newsroom = load_newsroom()
    engine = open_database(settings.database_url)
    try:
        with newsroom.serve() as addresses, Fetcher(USER_AGENT, resolver(addresses)) as fetcher:
            crawled = crawl(engine, read(newsroom.sources), fetcher=fetcher, on_event=CrawlProgress(on_event))
        mark_planted(engine, newsroom)
        with Session(engine) as session:
            facts = load(session, bundled())
            session.commit()
        return DemoSummary(crawled, facts, analyse_pending(engine, analyser, on_event, embedder=embedder))
    finally:
        engine.dispose()


def resolver(addresses: Mapping[str, Served]) -> Resolver:
    """Where the outlets are. Other hosts are not known, so nothing of the demonstration leaves the machine."""

    def look_up(host: str, _port: int) -> list[Address]:
        if host not in addresses:
            raise OSError(f"{host} is not an outlet of the sample newsroom")
        return [Address(*addresses[host])]

    return look_up


def mark_planted(engine: Engine, newsroom: Newsroom) -> None:
    """Note on the stored articles of the sample which of their claims were planted as false."""
    planted = newsroom.planted()
    with Session(engine) as session:
        for article in session.exec(select(Article).where(col(Article.url).in_(planted), col(Article.sample))):
            article.planted = planted[article.url]
        session.commit()
