"""What a page says about itself: in JSON-LD, meta elements, links and the language of its root element."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement
from trafilatura.metadata import extract_title

MAX_JSON = 500_000
ARTICLE_KINDS = ("Article", "Posting", "Report")
LANG_LENGTH = 2
MAX_NAME = 100


@dataclass(frozen=True)
class Marks:
    """The marks of a page: meta elements by lower-case name, links by relation, the JSON-LD node of the article."""

    metas: dict[str, str]
    links: list[tuple[str, str, str]]  # relation, type, address
    node: dict[str, Any]
    lang: str | None
    licences: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first of these meta elements that says something."""
        return next((self.metas[name] for name in names if self.metas.get(name)), None)

    def text(self, name: str) -> str | None:
        """A plain text value of the JSON-LD node."""
        value = self.node.get(name)
        return value.strip() or None if isinstance(value, str) else None


def marks(tree: HtmlElement) -> Marks:
    """Read the marks of a parsed page."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (
            meta.get("name") or meta.get("property") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        if name and meta.get("content"):
            metas.setdefault(name, " ".join(meta.get("content", "").split())[:2000])
    links = [
        (link.get("rel", "").lower(), link.get("type", "").lower(), link.get("href", "")) for link in tree.iter("link")
    ]
    return Marks(metas, links, _article_node(tree), _language(tree, metas))


def title(tree: HtmlElement, found: Marks) -> str | None:
    """The headline: of JSON-LD, of the social marks, of the page."""
    return found.text("headline") or found.first("og:title", "twitter:title") or extract_title(tree)


def author(tree: HtmlElement, found: Marks) -> str | None:
    """Names of the authors, joined with a comma."""
    given = found.node.get("author")
    people = given if isinstance(given, list) else [given]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    named = [name.strip() for name in names if isinstance(name, str) and name.strip() and "://" not in name]
    if named:
        return ", ".join(dict.fromkeys(named))[:300]
    meta = found.first("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
    return meta if meta and "://" not in meta else _byline(tree)


def _byline(tree: HtmlElement) -> str | None:
    """The name in the page itself, where it is marked as the author's; free text is not searched."""
    marked = (element for element in tree.iter("a", "span", "p", "div", "address") if _is_byline(element))
    name = " ".join(next((element.text_content() for element in marked), "").split())
    return name.removeprefix("By ").removeprefix("Door ") if 0 < len(name) <= MAX_NAME else None


def _is_byline(element: HtmlElement) -> bool:
    return "author" in {element.get("rel"), element.get("itemprop"), element.get("class")}


def is_free(found: Marks) -> bool:
    """Whether the page is not marked as paid content (`isAccessibleForFree`), as a whole or in a part."""
    parts = found.node.get("hasPart")
    nodes = [found.node, *(parts if isinstance(parts, list) else [parts])]
    values = [node.get("isAccessibleForFree") for node in nodes if isinstance(node, dict)]
    paid_tier = found.first("article:content_tier", "og:article:content_tier") or ""
    return not any(str(value).rpartition("/")[2].lower() == "false" for value in values) and paid_tier.lower() not in {
        "locked",
        "metered",
    }


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    given = root.get("lang") or root.get("xml:lang") or metas.get("content-language") or metas.get("og:locale") or ""
    return language_code(given)


def language_code(given: str | None) -> str | None:
    """The ISO 639-1 code of a language tag: `nl-BE` and `nl_BE` are `nl`."""
    code = (given or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == LANG_LENGTH and code.isascii() and code.isalpha() else None


def _article_node(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD node of the article, else of the page; empty when there is none."""
    nodes = [
        node
        for script in tree.iter("script")
        if "ld+json" in script.get("type", "")
        for node in _nodes(script.text or "")
    ]
    articles = (node for node in nodes if any(str(kind).endswith(ARTICLE_KINDS) for kind in _kinds(node)))
    pages = (node for node in nodes if "WebPage" in _kinds(node))
    return next(articles, None) or next(pages, {})


def _kinds(node: dict[str, Any]) -> list[Any]:
    kind = node.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(script[:MAX_JSON], strict=False)
    except (ValueError, RecursionError):
        return
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))
