"""News sitemaps and their indexes, packed or not. Runs in a worker process for crawled sitemaps."""

from datetime import datetime

from lxml import etree
from pydantic import BaseModel

from crawler import dates
from crawler.decoding import unpacked
from crawler.feeds import MAX_ITEMS, FeedRequest, Item
from crawler.http import FEED_BYTES
from crawler.identity import normalise
from crawler.metadata import language_code
from crawler.safexml import local, parse_xml
from models.errors import Unusable

MAX_CHILDREN = 10
GZIP = b"\x1f\x8b"


class Sitemap(BaseModel):
    """A sitemap's articles, newest first, or an index's sitemaps, newest first."""

    items: list[Item] = []
    children: list[str] = []


def read_sitemap(data: bytes, request: FeedRequest) -> Sitemap:
    """Read a sitemap or an index. Raises `Unusable` when it is neither, hostile, or too large when unpacked."""
    if data.startswith(GZIP):
        data = unpacked([data], "gzip", FEED_BYTES, request.url)
    root = parse_xml(data, request.url)
    kind = local(root)
    if kind == "sitemapindex":
        return Sitemap(children=_children(root, request))
    if kind == "urlset":
        items = [item for entry in root if local(entry) == "url" and (item := _item(entry, request))]
        items.sort(key=lambda item: (item.updated or item.published or request.now).timestamp(), reverse=True)
        return Sitemap(items=items[:MAX_ITEMS])
    raise Unusable(request.url, f"this is not a sitemap but XML with the root {kind[:40]!r}")


def _children(root: etree._Element, request: FeedRequest) -> list[str]:
    found = [(_value(entry, "lastmod"), normalise(_value(entry, "loc"), request.url)) for entry in root]
    newest_first = sorted(found, key=lambda pair: pair[0], reverse=True)  # ISO dates sort as text
    return [address for _, address in newest_first if address][:MAX_CHILDREN]


def _item(entry: etree._Element, request: FeedRequest) -> Item | None:
    address = normalise(_value(entry, "loc"), request.url)
    if address is None:
        return None
    return Item(
        url=address,
        title=_value(entry, "title")[:500] or None,
        lang=language_code(_value(entry, "language")),
        published=_date(_value(entry, "publication_date"), request),
        updated=_date(_value(entry, "lastmod"), request),
    )


def _date(text: str, request: FeedRequest) -> datetime | None:
    return dates.choose([("feed", dates.read(text))], request.now)[0] if text else None


def _value(entry: etree._Element, name: str) -> str:
    """The text of the first descendant of that name; image titles and the like are not asked for."""
    for element in entry.iter():
        if local(element) == name and "image" not in (etree.QName(element).namespace or ""):
            return " ".join((element.text or "").split())
    return ""
