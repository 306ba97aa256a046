"""The whole path from a feed on a real server to rows in a real database."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from crawler.crawl import Summary, crawl
from crawler.events import ArticleDone, Event, SourceDone, SourceListed, SourceSkipped
from crawler.guest import Guest
from crawler.http import Fetcher
from crawler.sources import SourceEntry
from models.tables import Article, Rejection, Sighting, Source, Version
from tests.crawler.conftest import NOW
from tests.crawler.site import ROOT, WORDS, Reply, Site, article, feed

DATE = "Mon, 05 Jan 2026 10:00:00 +0100"
LATER = "Tue, 06 Jan 2026 10:00:00 +0100"
Visit = Callable[..., Summary]


def articles(engine: Engine) -> list[Article]:
    with Session(engine) as session:
        return list(session.exec(select(Article).order_by(col(Article.url))))


def only(engine: Engine) -> Article:
    (found,) = articles(engine)
    return found


def rejections(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return {row.url.removeprefix(ROOT): row.reason for row in session.exec(select(Rejection))}


def state(engine: Engine) -> Source:
    with Session(engine) as session:
        return session.exec(select(Source)).one()


def one(site: Site, page: str | bytes, path: str = "/a", **headers: Any) -> None:
    """A feed of one item and its page."""
    site.put("/rss.xml", feed((path, "Kop in de feed", DATE)))
    site.put(path, page, **headers)


def test_a_crawl_stores_the_articles_of_a_feed(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "Eerste", DATE), ("/b?utm_source=rss", "Tweede", DATE)))
    site.put("/a", article("Eerste"))
    site.put("/b", article("Tweede"))
    summary = visit(sample=True)
    assert (summary.articles, summary.statuses, summary.failed) == ({"new": 2}, {"whole": 2}, {})
    first, second = articles(engine)
    assert (first.title, first.lang, first.status, first.published_origin) == ("Eerste", "nl", "whole", "feed")
    assert first.published
    assert first.published.isoformat() == "2026-01-05T09:00:00+00:00"
    assert first.text == "\n".join(f"{WORDS}Alinea {number}." for number in range(4))
    assert (second.url, second.sample, second.first_seen, second.version) == (f"{ROOT}/b", True, NOW, 1)
    source = state(engine)
    assert (source.errors_in_row, source.robots, source.last_error, source.opt_out) == (0, "allowed", None, None)
    assert (source.last_attempt, source.last_success, source.newest_item) == (NOW, NOW, first.published)


def test_a_second_crawl_fetches_and_adds_nothing(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article())
    visit()
    site.asked.clear()
    summary = visit()
    assert summary.articles == {}
    assert "/a" not in site.paths()
    assert only(engine).version == 1


def test_a_feed_that_did_not_change_is_not_sent_again(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)), etag='"1"')
    site.put("/a", article())
    visit()
    visit()
    assert [headers.get("if-none-match") for path, headers in site.asked if path == "/rss.xml"] == [None, '"1"']
    assert (state(engine).etag, state(engine).errors_in_row) == ('"1"', 0)


def test_what_failed_for_now_is_tried_again_though_the_feed_did_not_change(
    site: Site, engine: Engine, visit: Visit
) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)), etag='"1"')
    site.put("/a", "", 500)
    assert visit().articles == {"rejected": 1}
    assert rejections(engine) == {"/a": "the server answered with status 500"}
    site.put("/a", article())
    assert visit().articles == {"new": 1}
    assert rejections(engine) == {}


def test_what_failed_for_good_waits_for_the_feed(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)))
    assert visit().articles == {"rejected": 1}
    assert rejections(engine) == {"/a": "the server answered with status 404"}
    assert visit().articles == {}
    site.put("/rss.xml", feed(("/a", "A, nu echt", DATE)))
    site.put("/a", article())
    assert visit().articles == {"new": 1}
    assert rejections(engine) == {}


def test_a_changed_article_is_a_new_version(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article("Eerste kop"))
    visit()
    old = only(engine)
    site.put("/rss.xml", feed(("/a", "Nieuwe kop", DATE)))
    site.put("/a", article("Nieuwe kop", body=WORDS.replace("honderd", "tweehonderd")))
    assert visit().articles == {"changed": 1}
    new = only(engine)
    assert (new.id, new.version, new.title, new.first_seen) == (old.id, 2, "Nieuwe kop", old.first_seen)
    assert "tweehonderd" in str(new.text)
    with Session(engine) as session:
        kept = session.exec(select(Version)).one()
    assert (kept.number, kept.title, kept.text, kept.content_hash) == (1, "Eerste kop", old.text, old.content_hash)


def test_a_feed_that_only_touches_the_date_makes_no_version(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article())
    visit()
    site.put("/rss.xml", feed(("/a", "Kop in de feed", LATER)))
    assert visit().articles == {"unchanged": 1}
    assert only(engine).version == 1


def test_the_same_article_in_two_feeds_is_one(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)))
    site.put("/b.xml", feed(("/b", "A", DATE)))
    site.put("/a", article("A", extra='<link rel="canonical" href="/artikel">'))
    site.put("/b", article("A", extra='<link rel="canonical" href="/artikel">'))
    entries = [
        SourceEntry.model_validate(
            {"name": name, "url": ROOT + path, "kind": "rss", "allow_private": True, "every": "0s"}
        )
        for name, path in (("Een", "/rss.xml"), ("Twee", "/b.xml"))
    ]
    summary = crawl(engine, entries, fetcher=fetcher, now=lambda: NOW)
    assert summary.articles == {"new": 1, "unchanged": 1}
    assert only(engine).url == f"{ROOT}/artikel"


def test_the_same_words_at_two_outlets_stay_two_articles(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    one(site, article())
    entries = [
        SourceEntry.model_validate(
            {"name": name, "url": f"http://{name}/rss.xml", "kind": "rss", "allow_private": True, "every": "0s"}
        )
        for name in ("krant.example", "post.example")
    ]
    site.put("/rss.xml", feed(("/a", "A", DATE)).replace(ROOT, ""))
    assert crawl(engine, entries, fetcher=fetcher, now=lambda: NOW).articles == {"new": 2}
    first, second = articles(engine)
    assert first.content_hash == second.content_hash
    assert first.source_id != second.source_id


# Publishers' rules


def test_robots_forbid_a_page(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article())
    site.put("/robots.txt", "User-agent: *\nDisallow: /a")
    assert visit().articles == {"rejected": 1}
    assert "/a" not in site.paths()
    assert rejections(engine) == {"/a": "robots.txt does not allow it"}


@pytest.mark.parametrize(
    ("status", "robots", "error"),
    [(200, "disallowed", "robots.txt does not allow it"), (500, "unreachable", "robots.txt could not be read")],
)
def test_robots_forbid_a_feed(site: Site, engine: Engine, visit: Visit, status: int, robots: str, error: str) -> None:
    one(site, article())
    site.put("/robots.txt", "User-agent: *\nDisallow: /rss.xml", status)
    summary = visit()
    assert error in summary.failed["De Krant"]
    assert site.paths() == ["/robots.txt"]
    source = state(engine)
    assert (source.robots, source.errors_in_row, source.last_success) == (robots, 1, None)
    assert error in str(source.last_error)


def test_robots_are_asked_once_for_a_crawl(site: Site, visit: Visit) -> None:
    site.put("/rss.xml", feed(*((f"/{n}", f"Kop {n}", DATE) for n in range(4))))
    for n in range(4):
        site.put(f"/{n}", article(f"Kop {n}"))
    visit()
    assert site.paths().count("/robots.txt") == 1
    assert site.paths().count("/.well-known/tdmrep.json") == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/robots.txt", "User-agent: *\nContent-Signal: search=yes, ai-train=no, ai-input=no\nAllow: /"),
        ("/.well-known/tdmrep.json", '[{"location": "/a", "tdm-reservation": 1}]'),
    ],
)
def test_a_reservation_of_the_site_keeps_link_title_and_date(
    site: Site, engine: Engine, visit: Visit, path: str, body: str
) -> None:
    one(site, article())
    site.put(path, body)
    assert visit().statuses == {"opted_out": 1}
    assert "/a" not in site.paths(), "a page that may not be read is not fetched"
    found = only(engine)
    assert (found.title, found.text, found.author, found.status) == ("Kop in de feed", None, None, "opted_out")
    assert found.published
    assert path.rpartition("/")[2] in str(found.reason)


@pytest.mark.parametrize(
    ("extra", "headers"),
    [
        ('<meta name="tdm-reservation" content="1">', {}),
        ('<meta name="robots" content="noai, noimageai">', {}),
        ("", {"tdm_reservation": "1"}),
        ("", {"content_usage": "train-ai=n"}),
        ("", {"x_robots_tag": "noai"}),
        ('<link rel="license" type="application/rsl+xml" href="/license.xml">', {}),
    ],
)
def test_a_reservation_of_the_page(
    site: Site, engine: Engine, visit: Visit, extra: str, headers: dict[str, str]
) -> None:
    one(site, article(extra=extra), **headers)
    site.put("/license.xml", '<rsl><content url="/"><license><prohibits>ai-all</prohibits></license></content></rsl>')
    visit()
    found = only(engine)
    assert (found.status, found.text) == ("opted_out", None)
    assert found.reason


@pytest.mark.parametrize("rights", ["licensed", "own"])
def test_an_agreement_goes_before_a_reservation(site: Site, engine: Engine, visit: Visit, rights: str) -> None:
    one(site, article(extra='<meta name="tdm-reservation" content="1">'))
    visit(rights=rights)
    assert only(engine).status == "whole"


def test_a_reservation_that_comes_later_takes_the_words_away(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article("Eerste"))
    visit()
    site.put("/rss.xml", feed(("/a", "Tweede", DATE)))
    site.put("/a", article("Tweede"))
    visit()
    site.put("/rss.xml", feed(("/a", "Derde", DATE)))
    site.put("/a", article("Derde", extra='<meta name="tdm-reservation" content="1">'))
    assert visit().statuses == {"opted_out": 1}
    assert only(engine).text is None
    with Session(engine) as session:
        assert [row.text for row in session.exec(select(Version))] == [None, None]


# Walls


PAID = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


def test_a_paywall_leaves_the_words_of_the_feed(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article("Kop", extra=PAID))
    assert visit().statuses == {"partial": 1}
    found = only(engine)
    assert (found.status, found.text, found.title) == ("partial", "Samenvatting van Kop in de feed.", "Kop")
    assert "isAccessibleForFree" in str(found.reason)


def test_a_wall_that_comes_later_takes_nothing_away(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, article("Kop"))
    visit()
    site.put("/rss.xml", feed(("/a", "Kop", LATER)))
    site.put("/a", article("Kop", extra=PAID))
    assert visit().articles == {"unchanged": 1}
    assert only(engine).status == "whole"


def test_a_consent_wall_is_not_the_article(site: Site, engine: Engine, visit: Visit) -> None:
    one(site, "", status=302, location="http://www.krant.example/privacy-gate?to=/a")
    site.put("/privacy-gate?to=/a", article("Uw privacy", lang="en"))
    visit()
    found = only(engine)
    assert (found.url, found.title, found.lang) == (f"{ROOT}/a", "Kop in de feed", "nl")
    assert (found.status, found.text) == ("partial", "Samenvatting van Kop in de feed.")
    assert "consent wall" in str(found.reason)


# Bad answers


@pytest.mark.parametrize(
    ("page", "headers", "reason"),
    [
        (b"", {}, "the page is empty"),
        (b"%PDF-1.7\n\0\0", {"content_type": "application/pdf"}, "binary"),
        (b"x" * 10_000_001, {}, "larger than 10,000,000 bytes"),
        (b"x", {"content_encoding": "br"}, "not asked for"),
        (b"geen gzip", {"content_encoding": "gzip"}, "broken"),
        (b"<html><body></body></html>", {}, "no text of an article"),
    ],
)
def test_a_bad_page_ends_in_a_reason_and_the_rest_goes_on(
    site: Site, engine: Engine, visit: Visit, page: bytes, headers: dict[str, Any], reason: str
) -> None:
    items = ("/a", "A", DATE), ("/goed", "Goed", DATE)
    site.put("/rss.xml", feed(*items).replace("Samenvatting van A.", ""))
    site.put("/a", page, **headers)
    site.put("/goed", article("Goed"))
    assert visit().articles == {"new": 1, "rejected": 1}
    assert reason in rejections(engine)["/a"]


def test_a_page_that_is_gone_to_the_front_page(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)))
    site.put("/a", "", 301, location="/")
    site.put("/", article("Voorpagina"))
    visit()
    assert rejections(engine) == {"/a": "it leads to the front page, so the article is gone"}


@pytest.mark.parametrize(
    "target", ["http://inside.example/latest/meta-data", "http://127.0.0.1:8000/", "http://ander.example/a"]
)
def test_a_page_that_redirects_inside(site: Site, engine: Engine, visit: Visit, target: str) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)))
    site.put("/a", "", 302, location=target)
    visit()
    assert "private network" in rejections(engine)["/a"]
    assert "/latest/meta-data" not in site.paths()


def test_a_link_that_leads_inside(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE)).replace(f"{ROOT}/a", "http://inside.example/a"))
    visit()
    assert "http://inside.example/a" in rejections(engine)
    assert articles(engine) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (article(), "an HTML page, not a feed"),
        ("", "empty"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"/>', "entities"),
        ("x" * 5_000_001, "larger than 5,000,000 bytes"),
    ],
)
def test_a_bad_feed_is_a_readable_error_on_the_source(
    site: Site, engine: Engine, visit: Visit, body: str, reason: str
) -> None:
    site.put("/rss.xml", body)
    for count in (1, 2):
        assert reason in visit().failed["De Krant"]
        source = state(engine)
        assert source.errors_in_row == count
        assert reason in str(source.last_error)
    one(site, article())
    visit()
    assert (state(engine).errors_in_row, state(engine).last_error) == (0, None)


def test_a_busy_server_ends_the_visit_and_is_obeyed(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", DATE), ("/b", "B", DATE)), etag='"1"')
    site.put("/a", "", 429, retry_after="7200")
    site.put("/b", "", 429, retry_after="7200")
    assert "come back later" in visit().failed["De Krant"]
    assert sum(path in {"/a", "/b"} for path in site.paths()) == 1
    assert state(engine).next_visit == NOW + timedelta(hours=2)
    site.asked.clear()
    assert visit().skipped == 1
    assert not site.asked


def test_one_bad_source_does_not_stop_the_others(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    one(site, article())
    site.put("/kapot.xml", "geen feed")
    entries = [
        SourceEntry.model_validate({"name": path, "url": ROOT + path, "kind": "rss", "allow_private": True})
        for path in ("/kapot.xml", "/rss.xml")
    ]
    summary = crawl(engine, entries, fetcher=fetcher, now=lambda: NOW)
    assert (list(summary.failed), summary.articles) == (["/kapot.xml"], {"new": 1})


# Other kinds of source


def test_a_news_sitemap_with_an_index(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/index.xml", f"<sitemapindex><sitemap><loc>{ROOT}/news.xml</loc></sitemap></sitemapindex>")
    site.put("/news.xml", f"<urlset><url><loc>{ROOT}/2026/01/05/a</loc><title>Kop</title></url></urlset>")
    site.put("/2026/01/05/a", article("Kop"))
    assert visit(kind="sitemap", url=f"{ROOT}/index.xml").articles == {"new": 1}
    assert (only(engine).published_origin, only(engine).title) == ("url", "Kop")


def test_a_plain_page(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/bericht", article("Bericht"))
    assert visit(kind="page", url=f"{ROOT}/bericht").articles == {"new": 1}
    assert only(engine).published is None
    assert visit(kind="page", url=f"{ROOT}/bericht").articles == {"unchanged": 1}


def test_a_page_in_latin_1_without_a_date_in_a_third_language(site: Site, engine: Engine, visit: Visit) -> None:
    page = article(
        "Überbewertung",
        body="Die Bewertungen der großen Konzerne erscheinen vielen Anlegern überzogen. " * 3,
        lang="de-DE",
    )
    site.put("/rss.xml", feed(("/a", "Überbewertung", "")))
    site.put("/a", page.encode("iso-8859-1"), content_type="text/html; charset=iso-8859-1")
    visit()
    found = only(engine)
    assert (found.title, found.lang, found.published, found.published_origin) == ("Überbewertung", "de", None, None)


def test_a_date_ahead_is_not_believed(site: Site, engine: Engine, visit: Visit) -> None:
    site.put("/rss.xml", feed(("/a", "A", "Mon, 05 Jan 2099 10:00:00 +0100")))
    site.put("/a", article(extra='<meta name="date" content="2098-01-01">'))
    visit()
    assert (only(engine).published, only(engine).first_seen) == (None, NOW)


# Events, stopping, concurrency


def test_events_tell_what_happens(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    one(site, article("Kop"))
    entry = SourceEntry.model_validate(
        {"name": "Krant", "url": f"{ROOT}/rss.xml", "kind": "rss", "allow_private": True}
    )
    told: list[Event] = []
    for _ in range(2):
        crawl(engine, [entry], fetcher=fetcher, now=lambda: NOW, on_event=told.append)
    assert told == [
        SourceListed("Krant", 1, 1),
        ArticleDone("Krant", f"{ROOT}/a", "new", "whole"),
        SourceDone("Krant"),
        SourceSkipped("Krant", NOW + timedelta(minutes=15)),
    ]


def test_a_crawl_that_is_broken_off_goes_on_where_it_was(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    class PulledPlug(BaseException):
        """As a kill would be."""

    site.put("/rss.xml", feed(*((f"/{n}", f"Kop {n}", DATE) for n in range(6))), etag='"1"')
    for n in range(6):
        site.put(f"/{n}", article(f"Kop {n}"))
    entry = SourceEntry.model_validate(
        {"name": "Krant", "url": f"{ROOT}/rss.xml", "kind": "rss", "allow_private": True, "every": "0s"}
    )

    def pull(event: Event) -> None:
        if isinstance(event, ArticleDone) and len(articles(engine)) == 3:
            raise PulledPlug

    with pytest.raises(PulledPlug):
        crawl(engine, [entry], fetcher=fetcher, now=lambda: NOW, on_event=pull)
    assert len(articles(engine)) == 3
    assert crawl(engine, [entry], fetcher=fetcher, now=lambda: NOW).articles == {"new": 3}
    with Session(engine) as session:
        assert len(session.exec(select(Sighting)).all()) == 6


def test_many_sites_side_by_side(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    site.put("/rss.xml", feed(*((f"/{n}", f"Kop {n}", DATE) for n in range(5))).replace(ROOT, ""))
    for n in range(5):
        site.put(f"/{n}", article(f"Kop {n}"))
    names = [f"krant{n}.example" for n in range(8)]
    entries = [
        SourceEntry.model_validate(
            {"name": name, "url": f"http://{name}/rss.xml", "kind": "rss", "allow_private": True}
        )
        for name in names
    ]
    summary = crawl(engine, entries, fetcher=fetcher, now=lambda: NOW)
    assert (summary.articles, summary.failed, summary.sources) == ({"new": 40}, {}, 8)
    assert len(articles(engine)) == 40


def test_one_request_at_a_time_at_a_site(site: Site, engine: Engine, fetcher: Fetcher) -> None:
    """Items of many feeds that all lead to one site are fetched one after the other."""
    running, most = [0], [0]

    def slow() -> Iterator[bytes]:
        running[0] += 1
        most[0] = max(most[0], running[0])
        page = article().encode()
        for start in range(0, len(page), 400):
            yield page[start : start + 400]
        running[0] -= 1

    for n in range(6):
        site.put(f"/{n}.xml", feed((f"/{n}", f"Kop {n}", DATE)).replace("krant.example", "feeds.gedeeld.example"))
        site.replies[f"/{n}"] = Reply(slow)
    guest = Guest(fetcher, delay=0)
    entries = [
        SourceEntry.model_validate(
            {"name": str(n), "url": f"http://f{n}.gedeeld.example/{n}.xml", "kind": "rss", "allow_private": True}
        )
        for n in range(6)
    ]
    assert crawl(engine, entries, fetcher=fetcher, now=lambda: NOW, guest=guest).articles == {"new": 6}
    assert most == [1]
