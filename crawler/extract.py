"""From a page to its article: title, text in paragraphs, author, language, dates, and what stands in the way.

`read_page` runs in a worker process for crawled pages (`crawler.workers`), and directly for a user's own files.
"""

from datetime import datetime

import trafilatura
from lxml.html import HtmlElement
from pydantic import BaseModel
from trafilatura.utils import load_html

from crawler import dates, metadata, optout, rsl, walls
from crawler.encoding import to_text
from models.errors import Unusable

PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
             "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date")  # fmt: skip
MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified")
MAX_TITLE = 500


class PageRequest(BaseModel):
    """What is known of a page before it is read: where it ended, the character set and time of the answer."""

    url: str
    charset: str | None = None
    now: datetime
    paywall: bool = False


class PageContent(BaseModel):
    """What a page holds. `wall` says why the article is not whole; `opt_out` is the evidence of a reservation."""

    title: str | None = None
    text: str = ""
    author: str | None = None
    lang: str | None = None
    canonical: str | None = None
    published: datetime | None = None
    published_origin: str | None = None
    modified: datetime | None = None
    wall: str | None = None
    consent: bool = False
    paid: bool = False
    opt_out: str | None = None
    licences: list[str] = []


def read_page(data: bytes, request: PageRequest) -> PageContent:
    """Read an HTML page. Raises `Unusable` when it is empty, binary or not HTML."""
    tree = _tree(data, request)
    marks = metadata.marks(tree)
    title = metadata.title(tree, marks)
    author = metadata.author(tree, marks)
    published, origin = _published(tree, marks, request)
    modified, _ = dates.choose((("html", _date(value, marks)) for value in _modified(marks)), request.now)
    text = article_text(tree, title)
    consent = walls.consent(request.url, title or "", text)
    paid = not metadata.is_free(marks)
    return PageContent(
        title=title[:MAX_TITLE] if title else None,
        text=text,
        author=author,
        lang=marks.lang,
        canonical=next((href for rel, _, href in marks.links if rel == "canonical" and href), None),
        published=published,
        published_origin=origin,
        modified=modified,
        wall=consent or walls.paywall(paid=paid, text=text, known=request.paywall),
        consent=consent is not None,
        paid=paid,
        opt_out=optout.in_metas(marks.metas),
        licences=[href for rel, kind, href in marks.links if "license" in rel.split() and kind == rsl.KIND][:3],
    )


def article_text(tree: HtmlElement, title: str | None) -> str:
    """The words of the article, a paragraph a line; the headline is not repeated in it. Empty when there are none."""
    text = trafilatura.extract(tree, include_comments=False, include_tables=False, with_metadata=False) or ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and title and lines[0].casefold() == title.strip().casefold():
        lines = lines[1:]
    return "\n".join(lines)


def _tree(data: bytes, request: PageRequest) -> HtmlElement:
    if not data.strip():
        raise Unusable(request.url, "the page is empty")
    text = to_text(data, request.charset)
    if text is None:
        raise Unusable(request.url, "it is not text but a binary file, or its character set is unknown")
    tree = load_html(text)
    if tree is None:
        raise Unusable(request.url, "it is not an HTML page")
    return tree


def _date(value: str | None, marks: metadata.Marks) -> datetime | None:
    return dates.read(value, marks.lang) if value else None


def _modified(marks: metadata.Marks) -> list[str | None]:
    return [marks.text("dateModified"), marks.first(*MODIFIED)]


def _published(
    tree: HtmlElement, marks: metadata.Marks, request: PageRequest
) -> tuple[datetime, str] | tuple[None, None]:
    written = [marks.text("datePublished"), *(marks.metas.get(name) for name in PUBLISHED)]
    times = [element.get("datetime") or element.text_content() for element in list(tree.iter("time"))[:3]]
    candidates = [("html", _date(value, marks)) for value in [*written, *times]]
    return dates.choose([*candidates, ("url", dates.in_url(request.url))], request.now)
