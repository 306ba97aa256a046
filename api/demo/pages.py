"""The pages of an outlet: articles, front page, feed or sitemap, robots.txt and opt-outs, as a real site has them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime as rfc_date
from pathlib import Path

from babel.dates import format_datetime as words_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.demo.outlets import Outlet, Piece
from api.demo.words import WORDS

RELATED = 4  # links to other articles beside an article
FEED_PATHS = {"rss": "/feed.xml", "atom": "/feed.atom", "sitemap": "/sitemap.xml"}
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["rfc_date"] = rfc_date


@dataclass(frozen=True)
class Page:
    """What is served at a path: `kind` is its content type, `modified` its Last-Modified."""

    body: bytes
    kind: str
    modified: datetime


class Site:
    """All pages of an outlet by their path, made when they are asked for."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._newest = max(piece.modified for piece in outlet.pieces)
        self._routes = self._fixed() | {outlet.path(piece): self._article(piece) for piece in outlet.pieces}

    @property
    def paths(self) -> list[str]:
        return list(self._routes)

    def page(self, path: str) -> Page | None:
        """The page at a path, null where there is none."""
        make = self._routes.get(path)
        return make() if make else None

    def _fixed(self) -> dict[str, Callable[[], Page]]:
        routes = {"/": lambda: self._html("front.html"), "/robots.txt": self._robots}
        if self._outlet.tdm_reserved:
            routes["/.well-known/tdmrep.json"] = self._tdmrep
        return routes | (self._sitemaps() if self._outlet.kind == "sitemap" else self._feed())

    def _feed(self) -> dict[str, Callable[[], Page]]:
        kind = self._outlet.kind
        return {FEED_PATHS[kind]: lambda: self._xml(f"{kind}.xml", f"application/{kind}+xml", self._outlet.pieces)}

    def _sitemaps(self) -> dict[str, Callable[[], Page]]:
        """A news sitemap of everything, one for each year, and an index of those."""
        years = sorted({piece.published.year for piece in self._outlet.pieces})
        pieces = {year: [p for p in self._outlet.pieces if p.published.year == year] for year in years}
        maps = {f"/sitemap-{year}.xml": self._sitemap(some) for year, some in pieces.items()}
        index = lambda: self._xml("sitemap_index.xml", "application/xml", [], maps=list(maps))  # noqa: E731
        return maps | {"/sitemap.xml": index, "/sitemap-news.xml": self._sitemap(self._outlet.pieces)}

    def _sitemap(self, pieces: list[Piece]) -> Callable[[], Page]:
        return lambda: self._xml("sitemap.xml", "application/xml", pieces)

    def _article(self, piece: Piece) -> Callable[[], Page]:
        template = "consent.html" if piece.special == "consent_wall" else "article.html"
        return lambda: self._html(template, piece)

    def _html(self, template: str, piece: Piece | None = None) -> Page:
        outlet = self._outlet
        text = TEMPLATES.get_template(template).render(
            outlet=outlet,
            piece=piece,
            pieces=outlet.pieces,
            related=_related(outlet, piece) if piece else [],
            design=f"{outlet.design}.html",
            say=WORDS[outlet.lang],
            feed=None if outlet.kind == "sitemap" else FEED_PATHS[outlet.kind],
            json_ld=_json_ld(outlet, piece) if piece else None,
            shown_date=lambda moment: words_date(moment, "d MMMM y, HH:mm", moment.tzinfo, outlet.lang),
        )
        return self._encoded(text, "text/html", piece.modified if piece else self._newest)

    def _xml(self, template: str, kind: str, pieces: list[Piece], maps: list[str] | None = None) -> Page:
        tail = f"?{self._outlet.feed_query}" if self._outlet.feed_query else ""
        text = TEMPLATES.get_template(template).render(
            outlet=self._outlet, pieces=pieces, newest=self._newest, tail=tail, maps=maps or []
        )
        return self._encoded(text, kind, self._newest)

    def _robots(self) -> Page:
        rules = [f"Disallow: {path}" for path in self._outlet.disallow] or ["Disallow:"]
        lines = ["User-agent: *", *rules, ""]
        if self._outlet.kind == "sitemap":
            lines.append(f"Sitemap: {self._outlet.home}sitemap.xml")
        return self._encoded("\n".join(lines) + "\n", "text/plain", self._newest)

    def _tdmrep(self) -> Page:
        rules = [{"location": path, "tdm-reservation": 1} for path in self._outlet.tdm_reserved]
        return Page(json.dumps(rules, indent=1).encode(), "application/json", self._newest)

    def _encoded(self, text: str, kind: str, modified: datetime) -> Page:
        encoding = self._outlet.encoding
        return Page(text.encode(encoding, "xmlcharrefreplace"), f"{kind}; charset={encoding}", modified)


def _related(outlet: Outlet, piece: Piece) -> list[Piece]:
    """The articles that came before, and for the oldest ones those that came after."""
    at = outlet.pieces.index(piece)
    return (outlet.pieces[at + 1 :] + outlet.pieces[:at][::-1])[:RELATED]


def _json_ld(outlet: Outlet, piece: Piece) -> Markup:
    free = piece.special != "paywall"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": outlet.url(piece),
        "headline": piece.title,
        "description": piece.summary,
        "inLanguage": piece.lang,
        "datePublished": piece.published.isoformat(),
        "dateModified": piece.modified.isoformat(),
        "author": {"@type": "Person", "name": piece.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": outlet.home},
        "isAccessibleForFree": free,
    }
    if not free:
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    # The text goes into a script element, so a "</script>" in a headline must not end it.
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704
