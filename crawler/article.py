"""From an item of a feed to a draft of its article: the publisher's rules first, then the page, then what is kept."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawler import optout
from crawler.extract import PageContent, PageRequest
from crawler.feeds import Item
from crawler.guest import Guest
from crawler.http import Answer
from crawler.identity import canonical, site
from crawler.sources import SourceEntry
from crawler.store import Draft
from crawler.workers import Workers
from models.errors import Unusable


class Reader:
    """Reads the pages that a source lists; shared by threads."""

    def __init__(self, guest: Guest, workers: Workers, now: Callable[[], datetime]) -> None:
        self._guest, self._workers, self._now = guest, workers, now

    @staticmethod
    def same_site(url: str, entry: SourceEntry) -> bool:
        return site(url) == site(entry.url)

    def read(self, entry: SourceEntry, item: Item) -> Draft:
        """The article of `item`. A reservation by the site is known before its page is fetched, which then is not.

        Raises `FetchError` or one of its kinds when there is no article.
        """
        private = entry.allow_private and self.same_site(item.url, entry)
        if not entry.rights and (evidence := self._guest.reservation(item.url, allow_private=private)):
            return _reserved(entry, item, None, item.url, evidence)
        answer = self._guest.fetch(item.url, allow_private=private)
        request = PageRequest(url=answer.url, charset=answer.charset, now=self._now(), paywall=entry.paywall)
        page = self._workers.page(answer.body, request)
        if not entry.rights and (evidence := self._page_reserves(answer, page, private=private)):
            return _reserved(entry, item, page, answer.url, evidence)
        return _draft(entry, item, page, answer)

    def _page_reserves(self, answer: Answer, page: PageContent, *, private: bool) -> str | None:
        if evidence := optout.in_headers(answer.headers) or page.opt_out:
            return evidence
        for address in page.licences:
            if evidence := self._guest.licence(urljoin(answer.url, address), answer.url, allow_private=private):
                return evidence
        return None


def _reserved(entry: SourceEntry, item: Item, page: PageContent | None, url: str, evidence: str) -> Draft:
    """Link, title and date, and nothing else."""
    found = page or PageContent()
    published, origin = _published(entry, item, found)
    return Draft(
        url=canonical(found.canonical, url),
        title=item.title or found.title or item.url,
        text=None,
        status="opted_out",
        reason=evidence,
        lang=_language(entry, item, found),
        published=published,
        published_origin=origin,
        sample=entry.sample,
    )


def _draft(entry: SourceEntry, item: Item, page: PageContent, answer: Answer) -> Draft:
    if _is_front(answer.url) and not _is_front(item.url):
        raise Unusable(item.url, "it leads to the front page, so the article is gone")
    partial = page.wall if page.consent or not entry.rights else None
    text = _own_words(item, page) if partial else page.text
    if not text:
        raise Unusable(item.url, "no text of an article was found on the page")
    titles = (item.title, page.title) if page.consent else (page.title, item.title)
    published, origin = _published(entry, item, page)
    return Draft(
        url=item.url if page.consent else canonical(page.canonical, answer.url),
        title=titles[0] or titles[1] or item.url,
        text=text,
        status="partial" if partial else "whole",
        reason=partial,
        author=page.author or item.author,
        lang=_language(entry, item, page),
        published=published,
        published_origin=origin,
        modified=page.modified or item.updated,
        sample=entry.sample,
    )


def _own_words(item: Item, page: PageContent) -> str:
    """What stands for a partial article: the feed's own text, or its title behind a wall that says that it is one.

    What the page showed counts only when no wall was put before it and the feed has nothing.
    """
    return item.summary or (item.title or "" if page.consent or page.paid else page.text)


def _is_front(url: str) -> bool:
    return urlsplit(url).path in {"", "/"}


def _language(entry: SourceEntry, item: Item, page: PageContent) -> str | None:
    return (None if page.consent else page.lang) or item.lang or entry.lang


def _published(entry: SourceEntry, item: Item, page: PageContent) -> tuple[datetime | None, str | None]:
    if item.published:
        return item.published, "feed"
    if page.published and not page.consent:
        return page.published, page.published_origin
    if entry.kind == "atom" and item.updated:  # which Atom asks for, and not every feed writes the other
        return item.updated, "feed"
    return None, None
