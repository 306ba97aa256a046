"""The newsroom over real HTTP on loopback: it answers as news sites do."""

import json
import socket
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import httpx
import pytest
import trafilatura

from api.demo.newsroom import load_newsroom
from api.demo.outlets import Outlet, Piece
from api.demo.pages import FEED_PATHS
from api.demo.server import FIRST_PORT, serve

ROOM = load_newsroom()
OUTLETS = {outlet.slug: outlet for outlet in ROOM.outlets}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


class Web:
    """A client that knows where each host of the newsroom is."""

    def __init__(self, client: httpx.Client, addresses: dict[str, tuple[str, int]]) -> None:
        self._client, self.addresses = client, addresses

    def get(self, url: str, method: str = "GET", **headers: str) -> httpx.Response:
        parts = urlsplit(url)
        ip, port = self.addresses[str(parts.hostname)]
        sent = {"Host": str(parts.hostname)} | {name.replace("_", "-"): value for name, value in headers.items()}
        query = f"?{parts.query}" if parts.query else ""
        return self._client.request(method, f"http://{ip}:{port}{parts.path}{query}", headers=sent)


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with ROOM.serve() as addresses, httpx.Client(trust_env=False) as client:
        yield Web(client, addresses)


def special(kind: str) -> tuple[Outlet, Piece]:
    return next((outlet, piece) for outlet, piece in ROOM if piece.special == kind)


def test_every_outlet_has_a_port_of_its_own_on_loopback(web: Web) -> None:
    assert {ip for ip, _ in web.addresses.values()} == {"127.0.0.1"}
    assert len({port for _, port in web.addresses.values()}) == len(ROOM.outlets) == 8


def test_a_taken_port_is_replaced() -> None:
    outlet = ROOM.outlets[0]
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", FIRST_PORT))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        with serve([outlet]) as addresses:
            _, port = addresses[outlet.host]
            assert port != FIRST_PORT
            assert httpx.get(f"http://127.0.0.1:{port}/robots.txt").status_code == 200


def test_every_article_page_is_read_whole(web: Web) -> None:
    """Trafilatura gets the body, all of it and nothing more, from every design and encoding."""
    for outlet, piece in ROOM:
        answer = web.get(outlet.url(piece))
        assert answer.status_code == 200
        if piece.special in {"paywall", "consent_wall"}:
            continue
        text = trafilatura.extract(answer.content, include_comments=False)
        assert str(text).split() == piece.body.split(), outlet.url(piece)


def test_metadata_of_an_article(web: Web) -> None:
    for outlet in ROOM.outlets:
        piece = outlet.pieces[0]
        found = trafilatura.extract_metadata(web.get(outlet.url(piece)).content)
        assert (found.title, found.url, found.date) == (piece.title, outlet.url(piece), f"{piece.published:%Y-%m-%d}")


def test_every_page_carries_the_mark_and_articles_do_not(web: Web) -> None:
    for outlet in ROOM.outlets:
        mark = {"nl": "Voorbeeldtekst", "en": "Sample text"}[outlet.lang]
        for path in ("/", *map(outlet.path, outlet.pieces)):
            assert mark in web.get(f"http://{outlet.host}{path}").text
        assert not any(mark in piece.body for piece in outlet.pieces)


def test_sources_point_at_feeds_that_list_every_piece(web: Web) -> None:
    sources = tomllib.loads(ROOM.sources.read_text("utf-8"))["source"]
    assert {source["name"] for source in sources} == {outlet.name for outlet in ROOM.outlets}
    for source in sources:
        outlet = next(outlet for outlet in ROOM.outlets if outlet.name == source["name"])
        assert (source["kind"], source["lang"]) == (outlet.kind, outlet.lang)
        assert source["sample"] is source["allow_private"] is True
        listed = _sitemap_urls(web, source["url"]) if outlet.kind == "sitemap" else _feed_urls(web, source["url"])
        assert sorted(listed) == sorted(map(outlet.url, outlet.pieces))


def _feed_urls(web: Web, url: str) -> list[str]:
    answer = web.get(url)
    feed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not feed.bozo
    assert all(entry.summary and entry.published_parsed for entry in feed.entries)
    return [entry.link.partition("?")[0] for entry in feed.entries]


def _sitemap_urls(web: Web, url: str) -> list[str]:
    root = ET.fromstring(web.get(url).content)
    if root.tag == f"{SITEMAP}sitemapindex":
        return [page for loc in root.iter(f"{SITEMAP}loc") for page in _sitemap_urls(web, str(loc.text))]
    assert all(found.text for found in root.iter(f"{NEWS}title"))
    return [str(loc.text) for loc in root.iter(f"{SITEMAP}loc")]


def test_feeds_have_summaries_and_no_bodies(web: Web) -> None:
    outlet = OUTLETS["meridianwire"]
    feed = feedparser.parse(web.get(f"http://{outlet.host}{FEED_PATHS['rss']}").content)
    assert [entry.summary for entry in feed.entries] == [piece.summary for piece in outlet.pieces]
    assert not any("content" in entry for entry in feed.entries)


def test_robots_and_opt_outs_are_per_outlet(web: Web) -> None:
    robots = {slug: web.get(f"http://{o.host}/robots.txt").text for slug, o in OUTLETS.items()}
    assert [slug for slug, text in robots.items() if "Disallow: /" in text] == ["calderpost"]
    answers = {slug: web.get(f"http://{o.host}/.well-known/tdmrep.json") for slug, o in OUTLETS.items()}
    assert [slug for slug, answer in answers.items() if answer.status_code == 200] == ["stabiliteitsbericht"]
    assert answers["stabiliteitsbericht"].json() == [{"location": "/onderzoek/", "tdm-reservation": 1}]
    assert answers["veenbode"].status_code == 404


def test_opt_out_by_meta_is_on_its_page_only(web: Web) -> None:
    outlet, piece = special("tdm_meta")
    reserved = [p for p in outlet.pieces if 'name="tdm-reservation"' in web.get(outlet.url(p)).text]
    assert reserved == [piece]


def test_the_paywalled_page_keeps_its_rest_back(web: Web) -> None:
    outlet, piece = special("paywall")
    page = web.get(outlet.url(piece)).text
    assert '"isAccessibleForFree": false' in page
    assert not any(paragraph in page for paragraph in piece.paragraphs[1:])


def test_the_consent_wall_shows_nothing_of_the_article(web: Web) -> None:
    outlet, piece = special("consent_wall")
    page = web.get(outlet.url(piece)).text
    assert "toestemming voor cookies" in page
    assert piece.title not in page
    assert not any(paragraph in page for paragraph in piece.paragraphs)


def test_the_update_is_in_the_page_and_the_feed(web: Web) -> None:
    outlet, piece = special("updated")
    answer = web.get(outlet.url(piece))
    assert f'"dateModified": "{piece.modified.isoformat()}"' in answer.text
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) == piece.updated


def test_one_outlet_speaks_windows_1252(web: Web) -> None:
    outlet = OUTLETS["stabiliteitsbericht"]
    piece = next(piece for piece in outlet.pieces if "ë" in piece.body)
    answer = web.get(outlet.url(piece))
    assert answer.headers["Content-Type"] == "text/html; charset=windows-1252"
    assert "ë".encode("windows-1252") in answer.content
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")


def test_a_known_page_is_not_sent_again(web: Web) -> None:
    outlet = OUTLETS["polderkoers"]
    url = outlet.url(outlet.pieces[0])
    first = web.get(url)
    for header, value in (
        ("If_None_Match", first.headers["ETag"]),
        ("If_Modified_Since", first.headers["Last-Modified"]),
    ):
        again = web.get(url, **{header: value})
        assert (again.status_code, again.content) == (304, b"")
    assert web.get(url, If_None_Match='"other"').status_code == 200
    assert web.get(url, If_Modified_Since="Mon, 02 Jan 2023 00:00:00 GMT").status_code == 200
    assert web.get(url, If_Modified_Since="yesterday").status_code == 200


def test_gzip_only_where_it_is_accepted(web: Web) -> None:
    url = OUTLETS["polderkoers"].home
    packed, plain = web.get(url), web.get(url, Accept_Encoding="identity")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text


def test_head_and_missing_pages(web: Web) -> None:
    home = OUTLETS["polderkoers"].home
    head = web.get(home, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    assert web.get(f"{home}nergens").status_code == 404


def test_structured_data_is_valid_json(web: Web) -> None:
    for outlet, piece in ROOM:
        if piece.special != "consent_wall":
            page = web.get(outlet.url(piece)).text
            data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
            assert (data["headline"], data["datePublished"]) == (piece.title, piece.published.isoformat())
