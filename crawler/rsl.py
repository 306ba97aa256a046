"""Really Simple Licensing: what a publisher's machine-readable licence lets us do with a page.

Zeepbel's use is to read and index; it trains nothing. Still, a licence that forbids or sells any use by AI is taken
as a reservation, for a machine should not pick the reading that suits it.
"""

from urllib.parse import urlsplit

from lxml import etree

from crawler.optout import matches, path_of
from crawler.safexml import local, parse_xml
from models.errors import Unusable

KIND = "application/rsl+xml"
USES = {"all", "ai-all", "ai-input", "ai-index", "ai-train", "ai-use", "train-ai"}
OPEN = {"all", "ai-all", "ai-input", "ai-index"}
FREE = {"free", "attribution"}


def reserved(body: bytes, licence: str, page: str) -> str | None:
    """Evidence that the licence at address `licence` reserves `page`; a licence that cannot be read does."""
    try:
        root = parse_xml(body, licence)
    except Unusable as error:
        return f"The RSL licence {licence} cannot be read: {error.reason}."
    covering = [content for content in root.iter() if local(content) == "content" and _covers(content, page)]
    if not covering:
        return None
    content = max(covering, key=lambda element: len(element.get("url", "")))
    licences = [element for element in content.iter() if local(element) == "license"]
    if any(_lets(element) for element in licences):
        return None
    return f"The RSL licence {licence} does not give this use freely."


def _covers(content: etree._Element, page: str) -> bool:
    scope = urlsplit(content.get("url", "/"))
    same_host = not scope.hostname or scope.hostname == urlsplit(page).hostname
    return same_host and matches(scope.path or "/", path_of(page))


def _lets(licence: etree._Element) -> bool:
    """Whether one offered licence lets a page be read by a machine without payment."""
    prohibited = _usages(licence, "prohibits")
    permitted = _usages(licence, "permits")
    payments = {element.get("type", "free") for element in licence.iter() if local(element) == "payment"}
    return not prohibited & USES and (not permitted or bool(permitted & OPEN)) and payments <= FREE


def _usages(licence: etree._Element, name: str) -> set[str]:
    found = [
        element for element in licence.iter() if local(element) == name and element.get("type", "usage") == "usage"
    ]
    return {word for element in found for word in (element.text or "").lower().replace(",", " ").split()}
