"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed, from bytes to items. Runs in a worker process for crawled feeds."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser
import lxml.html
from lxml.etree import ParserError
from pydantic import BaseModel, Field

from crawler import dates
from crawler.encoding import to_text
from crawler.identity import content_hash, normalise
from crawler.metadata import language_code
from models.errors import Unusable

MAX_ITEMS = 1000
MAX_SUMMARY = 50_000
DTD = re.compile(r"<!DOCTYPE[^>]{0,1000}\[|<!ENTITY", re.IGNORECASE)
LOOKS_HTML = re.compile(r"\s*(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"}


class FeedRequest(BaseModel):
    """Where a feed came from and when; `charset` is what its Content-Type says."""

    url: str
    charset: str | None = None
    now: datetime


class Item(BaseModel):
    """An article as a feed lists it. `summary` is the feed's own text, in paragraphs; dates later than now are null."""

    url: str
    title: str | None = None
    summary: str = ""
    author: str | None = None
    lang: str | None = None
    published: datetime | None = None
    updated: datetime | None = None

    def mark(self) -> str:
        """A fingerprint that changes when the feed says that the article changed."""
        return content_hash(self.title or "", f"{self.published} {self.updated}")


class Feed(BaseModel):
    """A feed's items in its order, at most 1,000; `bad_links` are items without a usable address."""

    items: list[Item] = []
    ttl: float | None = Field(default=None, description="seconds that the feed asks to wait between visits")
    bad_links: int = 0


def read_feed(data: bytes, request: FeedRequest) -> Feed:
    """Read a feed of any kind. Raises `Unusable` with a reason that a reader understands."""
    text = to_text(data, request.charset)
    if not data.strip() or text is None:
        raise Unusable(request.url, "the feed is empty or binary" if data.strip() else "the feed is empty")
    if text.lstrip().startswith("{"):
        return _json_feed(text, request)
    if LOOKS_HTML.match(text):
        raise Unusable(request.url, "this is an HTML page, not a feed; look for the address of the feed itself")
    if DTD.search(text):
        raise Unusable(request.url, "the feed declares entities or a document type of its own, which is refused")
    return _xml_feed(text, request)


def _xml_feed(text: str, request: FeedRequest) -> Feed:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # its encoding no longer holds
    parsed = feedparser.parse(text.encode(), response_headers={"content-type": "application/xml; charset=utf-8"})
    if not parsed.version:
        problem = parsed.get("bozo_exception")
        raise Unusable(request.url, f"this is not a feed ({problem or 'it has no channel and no entries'})")
    lang = language_code(parsed.feed.get("language"))
    ttl = str(parsed.feed.get("ttl", "")).strip()
    links = [(entry, _link(entry, request.url)) for entry in parsed.entries[:MAX_ITEMS]]
    items = [_item(entry, link, lang, request) for entry, link in links if link]
    return Feed(items=items, ttl=float(ttl) * 60 if ttl.isdecimal() else None, bad_links=len(links) - len(items))


def _link(entry: Any, base: str) -> str | None:
    address = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
    return normalise(address, base) if address else None


def _item(entry: Any, link: str, lang: str | None, request: FeedRequest) -> Item:
    texts = [entry.get("summary", ""), *(content.get("value", "") for content in entry.get("content", []))]
    entry_lang = language_code((entry.get("title_detail") or {}).get("language")) or lang
    return Item(
        url=link,
        title=plain_text(entry.get("title", ""))[:500] or None,
        summary=max((plain_text(text) for text in texts), key=len, default=""),
        author=plain_text(entry.get("author", ""))[:300] or None,
        lang=entry_lang,
        published=_date(entry.get("published"), request, lang),
        updated=_date(entry["updated"], request, lang) if "updated" in entry else None,
    )


def _json_feed(text: str, request: FeedRequest) -> Feed:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unusable(request.url, f"the JSON Feed cannot be read ({error})") from error
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("items"), list)
        or "jsonfeed.org" not in str(data.get("version"))
    ):
        raise Unusable(request.url, "this is JSON, but not a JSON Feed: it has no version and items")
    entries = [entry for entry in data["items"][:MAX_ITEMS] if isinstance(entry, dict)]
    links = [(entry, normalise(str(entry.get("url") or entry.get("id") or ""), request.url)) for entry in entries]
    items = [
        _json_item(entry, link, language_code(str(data.get("language", ""))), request) for entry, link in links if link
    ]
    return Feed(items=items, bad_links=len(links) - len(items))


def _json_item(entry: dict[str, Any], link: str, lang: str | None, request: FeedRequest) -> Item:
    def text(name: str) -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else ""

    authors = entry.get("authors")
    names = (
        [str(person.get("name", "")) for person in authors if isinstance(person, dict)]
        if isinstance(authors, list)
        else []
    )
    return Item(
        url=link,
        title=text("title")[:500] or None,
        summary=max(text("content_text"), plain_text(text("content_html")), text("summary"), key=len)[:MAX_SUMMARY],
        author=", ".join(name for name in names if name)[:300] or None,
        lang=language_code(text("language")) or lang,
        published=_date(text("date_published"), request, lang),
        updated=_date(text("date_modified"), request, lang),
    )


def _date(value: str | None, request: FeedRequest, lang: str | None) -> datetime | None:
    moment = dates.read(value, lang) if value else None
    return dates.choose([("feed", moment)], request.now)[0]


def plain_text(fragment: str) -> str:
    """The words of a piece of HTML, a paragraph a line."""
    if "<" not in fragment and "&" not in fragment:
        return _tidy(fragment)
    try:
        tree = lxml.html.fragment_fromstring(fragment[:MAX_SUMMARY], create_parent="div")
    except (ParserError, ValueError):
        return _tidy(re.sub(r"<[^>]*>", " ", fragment))
    return _tidy("".join(_pieces(tree)))


def _pieces(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if element.tag in BLOCKS:
                yield "\n"
            if isinstance(element.tag, str) and element.tag not in {"script", "style"}:
                yield (element.text or "").replace("\n", " ")
        else:
            yield ("\n" if element.tag in BLOCKS else "") + (element.tail or "").replace("\n", " ")


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text[:MAX_SUMMARY].splitlines())
    return "\n".join(line for line in lines if line)
