"""What is read from a page: words, marks, dates and walls."""

import contextlib
from datetime import UTC, datetime

import pytest

from crawler.extract import PageContent, PageRequest, read_page
from models.errors import Unusable
from tests.crawler.site import WORDS, article

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
URL = "http://krant.example/nieuws/a"


def read(page: str | bytes, url: str = URL, charset: str | None = None, paywall: bool = False) -> PageContent:
    data = page.encode() if isinstance(page, str) else page
    return read_page(data, PageRequest(url=url, charset=charset, now=NOW, paywall=paywall))


def json_ld(inner: str) -> str:
    return f'<script type="application/ld+json">{inner}</script>'


def test_an_article_in_paragraphs_without_its_furniture() -> None:
    found = read(article("Rekencentra", paragraphs=3))
    lines = found.text.split("\n")
    assert lines == [f"{WORDS}Alinea {number}." for number in range(3)]
    assert (found.title, found.lang, found.wall, found.opt_out) == ("Rekencentra", "nl", None, None)
    assert found.published is None


def test_json_ld_names_title_author_and_dates() -> None:
    node = """{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"],
    "headline": "Kop uit JSON", "author": [{"name": "A. Schrijver"}, {"name": "B. Redacteur"}, {"name": "http://x"}],
    "datePublished": "2026-01-05T10:00:00+01:00", "dateModified": "2026-01-06"}]}"""
    found = read(article(extra=json_ld(node)))
    assert (found.title, found.author) == ("Kop uit JSON", "A. Schrijver, B. Redacteur")
    assert (found.published, found.published_origin) == (datetime(2026, 1, 5, 9, tzinfo=UTC), "html")
    assert found.modified == datetime(2026, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "inner", ["{kapot", "[" * 50_000, "null", "[1, 2]", '{"@type": {"a": 1}, "author": 5}', '{"@graph": 7}']
)
def test_hostile_json_ld_costs_nothing(inner: str) -> None:
    assert read(article(extra=json_ld(inner))).text


@pytest.mark.parametrize(
    ("mark", "moment"),
    [
        (
            '<meta property="article:published_time" content="2025-11-03T10:00:00+01:00">',
            datetime(2025, 11, 3, 9, tzinfo=UTC),
        ),
        ('<meta name="date" content="2025-11-03">', datetime(2025, 11, 3, tzinfo=UTC)),
        ('<meta name="date" content="03-11-2025">', datetime(2025, 11, 3, tzinfo=UTC)),
        ('<meta name="date" content="2027-11-03">', None),
        ('<meta name="date" content="vandaag">', None),
        ("", None),
    ],
)
def test_published_is_found_or_null(mark: str, moment: datetime | None) -> None:
    assert read(article(extra=mark)).published == moment


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ('<meta name="author" content="A. Schrijver">', "A. Schrijver"),
        ('<meta name="author" content="https://krant.example/x">', None),
        ("", None),
    ],
)
def test_authors(mark: str, name: str | None) -> None:
    assert read(article(extra=mark)).author == name


def test_a_byline_that_is_marked() -> None:
    page = article().replace("<h1>", '<span class="author">Door A. Schrijver</span><h1>')
    assert read(page).author == "A. Schrijver"


def test_the_date_in_the_address_is_the_last_resort() -> None:
    found = read(article(extra='<meta name="date" content="2030-01-01">'), url="http://krant.example/2025/11/03/kop")
    assert (found.published, found.published_origin) == (datetime(2025, 11, 3, tzinfo=UTC), "url")


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1252", "utf-8", "klingon"])
def test_a_latin_1_page(declared: str | None) -> None:
    body = "De coördinatie van financiële zaken kost één miljard; dat zei een café-eigenaar in Coevorden gisteren. "
    found = read(article(body=body).encode("iso-8859-1"), charset=declared)
    assert "coördinatie van financiële zaken kost één" in found.text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7 \x00\x01", "binary"),
        (b"\x89PNG\0\0", "binary"),
        (b"\0" * 99, "binary"),
    ],
)
def test_what_is_no_page(page: bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        read(page)


@pytest.mark.parametrize("value", ["false", '"False"', '"http://schema.org/False"'])
def test_paid_content_by_its_own_mark(value: str) -> None:
    node = f'{{"@type": "NewsArticle", "isAccessibleForFree": {value}}}'
    assert "isAccessibleForFree" in str(read(article(extra=json_ld(node))).wall)
    part = f'{{"@type": "NewsArticle", "hasPart": {{"isAccessibleForFree": {value}, "cssSelector": ".x"}}}}'
    assert "isAccessibleForFree" in str(read(article(extra=json_ld(part))).wall)


def test_free_content_is_whole() -> None:
    assert read(article(extra=json_ld('{"@type": "NewsArticle", "isAccessibleForFree": true}'))).wall is None


def test_stubs_are_partial() -> None:
    assert "words only" in str(read(article(body="Kort bericht. ", paragraphs=1)).wall)
    offer = article(paragraphs=1, body=f"{WORDS}{WORDS}Verder lezen? Word abonnee en lees alles. ")
    assert "subscribe" in str(read(offer).wall)
    assert "paywall" in str(read(article(paragraphs=2), paywall=True).wall)


CONSENT = (
    "<html lang='en'><head><title>Before you continue</title></head><body><main><h1>Your privacy choices</h1>"
    "<p>We and our 842 partners store cookies on your device. Accept all cookies to continue to the site, or manage "
    "your privacy settings at any time on this page.</p><button>Accept all cookies</button></main></body></html>"
)


def test_consent_walls() -> None:
    assert read(CONSENT).consent
    assert read(article(), url="https://myprivacy.dpgmedia.nl/consent?x=1").consent
    about = (
        "Wie alle cookies wil weigeren, moet cookie-instellingen doorzoeken en cookies accepteren die niemand kent. "
    )
    assert not read(article("Toestemming voor cookies onder vuur", body=about * 5, paragraphs=6)).consent


@pytest.mark.parametrize("mark", ['<meta name="tdm-reservation" content="1">', '<meta name="robots" content="noai">'])
def test_reservations_in_the_page(mark: str) -> None:
    assert read(article(extra=mark)).opt_out


def test_links_of_the_page() -> None:
    marks = '<link rel="canonical" href="/b"><link rel="license" type="application/rsl+xml" href="/license.xml">'
    found = read(article(extra=marks))
    assert (found.canonical, found.licences) == ("/b", ["/license.xml"])


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "x",
        "<p>" + "&#0;" * 1000,
        "<html><body>" + "<table><tr><td>" * 500,
        "<a href='" * 5000,
        "<!--" * 5000,
        "<html lang='" + "x" * 100_000 + "'>",
        '<?xml version="1.0" encoding="klingon"?><html/>',
        "<html><head><base href='javascript:x'></head></html>",
    ],
)
def test_hostile_html_is_read_or_refused(page: str) -> None:
    with contextlib.suppress(Unusable):
        assert len(read(page).text) < 10_000
