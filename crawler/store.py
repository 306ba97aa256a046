"""Keeping what was crawled: one transaction an article, so a crash at any moment leaves none half and none double."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import BaseModel, field_validator
from sqlalchemy import Engine, delete
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlmodel import Session, col, select, update

from crawler.identity import content_hash
from models.columns import saved_id
from models.errors import StoreError
from models.purge import forget_readings
from models.tables import Article, Rejection, Sighting, Version

Status = Literal["whole", "partial", "opted_out"]
Change = Literal["new", "unchanged", "changed"]
ATTEMPTS = 5
Result = TypeVar("Result")
_one_writer = threading.Lock()  # SQLite has one writer at a time; threads that queue here need not wait on its lock


class Draft(BaseModel):
    """An article as it was crawled. `url` is its identity, `text` null when an opt-out forbids keeping it."""

    url: str
    title: str
    text: str | None
    status: Status
    reason: str | None = None
    author: str | None = None
    lang: str | None = None
    published: datetime | None = None
    published_origin: str | None = None
    modified: datetime | None = None
    sample: bool = False

    @field_validator("url", "title", "text", "reason", "author")
    @classmethod
    def _without_nul(cls, text: str | None) -> str | None:
        """PostgreSQL keeps no NUL, and no reader sees one."""
        return text.replace("\x00", "") if text else text


def write(engine: Engine, work: Callable[[Session], Result]) -> Result:
    """Run `work` in a transaction of its own, again when another process was in the way. Raises `StoreError`."""
    for attempt in range(ATTEMPTS):
        try:
            with _one_writer, Session(engine, expire_on_commit=False) as session, session.begin():
                return work(session)
        except (IntegrityError, OperationalError) as error:
            failure: DatabaseError = error
            time.sleep(0.05 * 2**attempt)
        except DatabaseError as error:
            raise StoreError(f"The database cannot be written ({error.orig}).") from error
    raise StoreError(
        f"The database cannot be written ({failure.orig}). "
        "Check that no other program holds it and that the disk is not full."
    )


def keep(engine: Engine, source_id: int, draft: Draft, *, link: str, mark: str, now: datetime) -> Change:
    """Store an article, seen at feed link `link` with `mark`; its earlier rejection is forgotten."""

    def work(session: Session) -> Change:
        article = session.exec(select(Article).where(Article.url == draft.url)).first()
        change: Change = "new" if article is None else _revise(session, article, draft, now)
        if article is None:
            article = Article(
                source_id=source_id, first_seen=now, fetched=now, content_hash=_hash(draft), **draft.model_dump()
            )
            session.add(article)
            session.flush()
        session.execute(delete(Rejection).where(col(Rejection.url).in_({draft.url, link})))
        session.merge(Sighting(url=link, source_id=source_id, article_id=article.id, mark=mark, at=now))
        return change

    return write(engine, work)


def reject(engine: Engine, source_id: int, link: str, reason: str, *, now: datetime, mark: str | None = None) -> None:
    """Note why a link did not become an article. With `mark` it is not tried again until the feed changes it."""

    def work(session: Session) -> None:
        row = session.exec(select(Rejection).where(Rejection.url == link)).first() or Rejection(
            url=link, reason=reason, at=now
        )
        row.source_id, row.reason, row.at = source_id, reason, now
        session.add(row)
        if mark:
            session.merge(Sighting(url=link, source_id=source_id, mark=mark, at=now))

    write(engine, work)


def marks(engine: Engine, links: list[str]) -> dict[str, str]:
    """The marks under which these links were seen before."""
    found: dict[str, str] = {}
    with Session(engine) as session:
        for start in range(0, len(links), 500):
            rows = session.exec(
                select(Sighting.url, Sighting.mark).where(col(Sighting.url).in_(links[start : start + 500]))
            )
            found.update((url, mark) for url, mark in rows)
    return found


def _hash(draft: Draft) -> str:
    return content_hash(draft.title, draft.text)


def _revise(session: Session, article: Article, draft: Draft, now: datetime) -> Change:
    """Bring a known article up to date; its earlier state becomes a `Version` when its words changed."""
    article.fetched = now
    session.add(article)
    poorer = article.status == "whole" and draft.status == "partial"  # a wall came later: keep what was open
    if poorer or (article.content_hash == _hash(draft) and article.status == draft.status):
        return "unchanged"
    withdrawn = draft.status == "opted_out"
    if withdrawn:  # the publisher reserves it now: no earlier words are kept either, nor what was read in them
        forget_readings(session, col(Article.id) == article.id)
        session.execute(update(Version).where(col(Version.article_id) == article.id).values(text=None))
    session.add(
        Version(
            article_id=saved_id(article),
            number=article.version,
            title=article.title,
            text=None if withdrawn else article.text,
            content_hash=article.content_hash,
            seen=now,
        )
    )
    article.version += 1
    article.content_hash = _hash(draft)
    changed = draft.model_dump(exclude={"url", "published", "published_origin"})
    if article.published is None:
        changed |= {"published": draft.published, "published_origin": draft.published_origin}
    article.sqlmodel_update(changed)
    return "changed"
