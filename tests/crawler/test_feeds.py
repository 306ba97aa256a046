"""Feeds of every kind, and what pretends to be one."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import Feed, FeedRequest, plain_text, read_feed
from models.errors import Unusable
from tests.crawler.site import feed

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
URL = "http://krant.example/rss.xml"


def read(data: str | bytes, charset: str | None = None) -> Feed:
    raw = data.encode() if isinstance(data, str) else data
    return read_feed(raw, FeedRequest(url=URL, charset=charset, now=NOW))


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Grid</title><entry>
<title type="html">Chips &amp;amp; power</title><link rel="alternate" href="/a?utm_source=atom"/><id>tag:x</id>
<published>2026-01-05T09:00:00Z</published>
<updated>2026-01-06T09:00:00Z</updated><author><name>A. Writer</name></author>
<summary>Short.</summary><content type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second, longer.&lt;/p&gt;</content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://krant.example/"><title>Krant</title></channel>
<item rdf:about="http://krant.example/a"><title>Kop</title><link>http://krant.example/a</link>
<dc:date>2026-01-05T10:00:00+01:00</dc:date></item></rdf:RDF>"""


def test_rss() -> None:
    found = read(
        feed(("/a?utm_source=rss", "Kop &amp; staart", "Mon, 05 Jan 2026 10:00:00 +0100"), extra="<ttl>30</ttl>")
    )
    (item,) = found.items
    assert (item.url, item.title, item.lang) == ("http://krant.example/a", "Kop & staart", "nl")
    assert item.published == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert item.summary == "Samenvatting van Kop & staart."
    assert found.ttl == 1800


def test_atom_keeps_its_longest_text_in_paragraphs() -> None:
    (item,) = read(ATOM).items
    assert (item.url, item.title, item.author, item.lang) == (
        "http://krant.example/a",
        "Chips & power",
        "A. Writer",
        "en",
    )
    assert item.summary == "First.\nSecond, longer."
    assert item.published == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert item.updated == datetime(2026, 1, 6, 9, tzinfo=UTC)


def test_rss_1_0() -> None:
    (item,) = read(RDF).items
    assert (item.url, item.title) == ("http://krant.example/a", "Kop")


def test_json_feed() -> None:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "nl",
        "items": [
            {"id": "1", "url": "/a", "title": "Kop", "content_html": "<p>Een.</p>", "date_published": "2026-01-05"},
            {"id": "2", "title": "zonder adres"},
            {"id": 3, "url": {"x": 1}},
            "geen item",
        ],
    }
    found = read(json.dumps(data))
    assert [(item.url, item.summary) for item in found.items[:1]] == [("http://krant.example/a", "Een.")]


@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1", "nonsense"])
def test_character_sets(charset: str | None) -> None:
    text = feed(("/a", "Economie: coördinatie", "")).replace("utf-8", "iso-8859-1")
    (item,) = read(text.encode("iso-8859-1"), charset).items
    assert item.title == "Economie: coördinatie"


def test_a_date_ahead_is_not_believed_and_a_missing_one_is_null() -> None:
    ahead, without = read(feed(("/a", "A", "Mon, 05 Jan 2099 10:00:00 +0100"), ("/b", "B", ""))).items
    assert (ahead.published, without.published) == (None, None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://a:b@krant.example/", ""])
def test_links_that_are_no_web_address_are_counted(link: str) -> None:
    found = read(
        f"<rss version='2.0'><channel><title>x</title><item><title>t</title><link>{link}</link></item></channel></rss>"
    )
    assert (found.items, found.bad_links) == ([], 1)


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + feed(("/a", "&b;", ""))[38:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        ("<!DOCTYPE html><html><body>Niet gevonden</body></html>", "an HTML page, not a feed"),
        ("<!-- x -->\n<HTML>", "an HTML page, not a feed"),
        ("Gewone tekst", "not a feed"),
        ("<a><b/></a>", "not a feed"),
        ('{"items": []}', "not a JSON Feed"),
        ("{kapot", "cannot be read"),
        (BOMB, "entities"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "entities"),
        (BOMB.encode("utf-16"), "entities"),
    ],
)
def test_what_is_no_feed(data: str | bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        read(data)


def test_a_feed_with_a_broken_end_gives_what_it_has() -> None:
    whole = feed(("/a", "A", ""), ("/b", "B", ""))
    assert len(read(whole[: whole.index("<link>http://krant.example/b")]).items) >= 1


def test_the_mark_changes_with_title_and_dates_only() -> None:
    (one,) = read(ATOM).items
    (same,) = read(ATOM.replace("Short.", "Other.")).items
    (later,) = read(ATOM.replace("2026-01-06", "2026-01-07")).items
    assert one.mark() == same.mark()
    assert one.mark() != later.mark()


@given(st.text(max_size=200))
def test_plain_text_of_anything(fragment: str) -> None:
    assert "\n\n" not in plain_text(fragment)


def test_plain_text_leaves_scripts_out() -> None:
    assert plain_text("<p>Een<br>twee</p><script>x()</script>drie &lt;4") == "Een\ntwee\ndrie <4"
