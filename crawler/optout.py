"""Reservations against text and data mining: every form that a publisher may use, read before any analysis.

Each function returns the evidence as a sentence, or null when there is no reservation. Read are the TDM Reservation
Protocol (file, header, meta), `Content-Usage` (IETF AI Preferences) and `Content-Signal` in robots.txt and headers,
`noai` in robots marks, and licences in RSL (`crawler.rsl`). Where two forms differ, the one that reserves counts.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.robots import AGENT

TDMREP = "/.well-known/tdmrep.json"
FORBIDDING = {"ai", "ai-train", "ai-input", "ai-use", "bots", "genai", "tdm", "train-ai", "train-genai"}
NO = {"n", "no", "?0", "0"}
SIGNALS = {"content-usage", "content-signal"}
NOAI = re.compile(r"\bno-?(?:ai|ml)\b", re.IGNORECASE)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def matches(pattern: str, path: str) -> bool:
    """Whether a robots-style pattern (`*` any run of characters, `$` the end) covers a path, in linear time."""
    first, *middle = pattern.removesuffix("$").split("*")
    last = middle.pop() if middle else ""
    if not path.startswith(first):
        return False
    position = len(first)
    for piece in middle:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    rest = path[position:]
    if not pattern.endswith("$"):
        return last in rest
    return rest.endswith(last) if "*" in pattern else not rest


def in_headers(headers: Mapping[str, str]) -> str | None:
    """A reservation in the headers of an answer (names in lower case)."""
    if headers.get("tdm-reservation", "").strip() == "1":
        return "The header tdm-reservation says 1 (TDM Reservation Protocol)."
    for name in sorted(SIGNALS):
        if refusal := _refusal(headers.get(name, "")):
            return f"The header {name} says {refusal}."
    if NOAI.search(headers.get("x-robots-tag", "")):
        return "The header X-Robots-Tag says noai."
    return None


def in_metas(metas: Mapping[str, str]) -> str | None:
    """A reservation in a page's meta elements (names in lower case)."""
    if metas.get("tdm-reservation", "").strip() == "1":
        return "The page's meta element tdm-reservation says 1 (TDM Reservation Protocol)."
    for name in ("robots", AGENT.lower(), "googlebot-news", "ai"):
        if NOAI.search(metas.get(name, "")):
            return f"The page's meta element {name} says noai."
    for name in sorted(SIGNALS):
        if refusal := _refusal(metas.get(name, "")):
            return f"The page's meta element {name} says {refusal}."
    return None


def in_tdmrep(body: bytes, path: str) -> bool:
    """Whether the TDMRep file reserves a path: the first rule that covers it decides. Unreadable says nothing."""
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return False
    for rule in rules if isinstance(rules, list) else []:
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and matches(location, path):
            return str(rule.get("tdm-reservation")).strip() == "1"
    return False


def in_robots(text: str, path: str) -> str | None:
    """A usage signal in robots.txt for us: our own group's lines, else those for everyone; the longest path decides."""
    ours, everyone = _signals(text)
    best = max(
        (line for line in ours or everyone if matches(line[0], path)), key=lambda line: len(line[0]), default=None
    )
    refusal = _refusal(best[1]) if best else None
    return f"robots.txt says {refusal}." if refusal else None


def licences_in_robots(text: str) -> list[str]:
    """Addresses of RSL licences that robots.txt names."""
    return [value for name, value in _lines(text) if name == "license"][:3]


def _lines(text: str) -> list[tuple[str, str]]:
    pairs = (line.partition("#")[0].partition(":") for line in text.splitlines())
    return [(name.strip().lower(), value.strip()) for name, colon, value in pairs if colon]


def _signals(text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Signal lines (path pattern, settings) of our own groups, and of the groups for everyone."""
    ours: list[tuple[str, str]] = []
    everyone: list[tuple[str, str]] = []
    agents, naming = {"*"}, False
    for name, value in _lines(text):
        if name == "user-agent":
            agents = ({*agents} if naming else set()) | {value.lower()}
        elif name in SIGNALS:
            path, _, settings = value.partition(" ") if value.startswith("/") else ("/", "", value)
            signal = (path, settings)
            ours += [signal] if AGENT.lower() in agents else []
            everyone += [signal] if "*" in agents else []
        naming = name == "user-agent"
    return ours, everyone


def _refusal(settings: str) -> str | None:
    """The first setting that forbids, as `ai-train=no`."""
    for part in re.split(r"[,;\s]+", re.sub(r"\s*=\s*", "=", settings.lower())):
        name, _, value = part.partition("=")
        if name in FORBIDDING and value in NO:
            return f"{name}={value}"
    return None
