"""News sitemaps and their indexes."""

import gzip
from datetime import UTC, datetime

import pytest

from crawler.feeds import FeedRequest
from crawler.sitemaps import MAX_CHILDREN, Sitemap, read_sitemap
from models.errors import Unusable

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://x.example/image/1.1">
<url><loc>http://krant.example/oud</loc><news:news><news:publication><news:name>Krant</news:name>
<news:language>nl</news:language></news:publication><news:publication_date>2026-01-04</news:publication_date>
<news:title>Oud</news:title></news:news></url>
<url><loc> http://krant.example/nieuw </loc><image:image><image:title>Foto</image:title></image:image>
<news:news><news:publication_date>2026-01-05T10:00:00+01:00</news:publication_date><news:title>Nieuw</news:title></news:news>
</url><url><loc>javascript:x</loc></url><url/></urlset>"""


def read(data: str | bytes) -> Sitemap:
    raw = data.encode() if isinstance(data, str) else data
    return read_sitemap(raw, FeedRequest(url="http://krant.example/s.xml", now=NOW))


@pytest.mark.parametrize("data", [NEWS.encode(), gzip.compress(NEWS.encode())])
def test_a_news_sitemap_newest_first(data: bytes) -> None:
    new, old = read(data).items
    assert (new.url, new.title, new.published) == (
        "http://krant.example/nieuw",
        "Nieuw",
        datetime(2026, 1, 5, 9, tzinfo=UTC),
    )
    assert (old.title, old.lang) == ("Oud", "nl")


def test_an_index_gives_its_newest_sitemaps() -> None:
    entries = "".join(
        f"<sitemap><loc>http://krant.example/{n}.xml</loc><lastmod>2026-01-{n:02}</lastmod></sitemap>"
        for n in range(1, 15)
    )
    found = read(f"<sitemapindex {SPACE}>{entries}</sitemapindex>")
    assert len(found.children) == MAX_CHILDREN
    assert found.children[0] == "http://krant.example/14.xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not XML"),
        ("<html><body>Nee</body></html>", "not a sitemap"),
        ("<!DOCTYPE html><html></html>", "DTD"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><urlset>&a;</urlset>', "DTD"),
        ('<!DOCTYPE x SYSTEM "http://inside.example/x.dtd"><urlset/>', "DTD"),
        ('<urlset xmlns="x"><url><loc>&undefined;</loc></url></urlset>', "not XML"),
        (gzip.compress(b"\0" * 50_000_000), "larger than"),
        (gzip.compress(gzip.compress(NEWS.encode())), "not XML"),
        ("<a>" * 100_000, "not XML"),
    ],
)
def test_what_is_no_sitemap(data: str | bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        read(data)
