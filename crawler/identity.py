"""Who an article is: the one form of its address, the site it belongs to, the fingerprint of its words."""

import hashlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import httpx
from tld import get_fld

MAX_URL = 2000
MAX_PORT = 65_535
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|mkt_tok|_hs(enc|mi)|cmpid|"
    r"at_(medium|campaign|link_\w+|bbc_team|format|ptr_\w+|custom\d)|ns_\w+|xtor|ocid|ito|smid|srnd|spm|ref_src|guccounter|guce_\w+",
    re.IGNORECASE,
)
SAFE_IN_PATH = ":@!$&'()*+,;="


def normalise(url: str, base: str = "") -> str | None:
    """The one form of a web address, absolute against `base`; null when it is not a usable http(s) address.

    Scheme and host in lower case, host in IDNA, no default port, fragment, tracking parameters or dot segments.
    Idempotent. Addresses with a user name or password are refused: the crawler sends no credentials.
    """
    written = re.sub(r"[\t\r\n]", "", url).strip()
    if not written:
        return None
    try:
        joined = urljoin(base, written)
        parsed = httpx.URL(joined)
        port = parsed.port
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return None
    if parsed.scheme not in DEFAULT_PORTS or not parsed.host or parsed.userinfo or len(joined) > MAX_URL:
        return None
    host = parsed.raw_host.decode("ascii").lower().rstrip(".")
    if not host or ".." in host or not (port is None or 0 < port <= MAX_PORT):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (
        f":{port}" if port and port != DEFAULT_PORTS[parsed.scheme] else ""
    )
    path, _, query = parsed.raw_path.decode("ascii").partition("?")
    return urlunsplit((parsed.scheme, netloc, _clean_path(path), _clean_query(query), ""))


def _clean_path(path: str) -> str:
    """One spelling of the percent-encoding; no dot segments, no doubled slash at the start."""
    pieces = [_spelt(piece) for piece in path.split("/")]
    kept: list[str] = []
    for piece in pieces[1:]:
        if piece == "..":
            kept = kept[:-1]
        elif piece != ".":
            kept.append(piece)
    if pieces[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept).lstrip("/")


def _spelt(piece: str) -> str:
    return quote(unquote(piece, errors="surrogateescape"), safe=SAFE_IN_PATH, errors="surrogateescape")


def _clean_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    if any("=" not in part for part in query.split("&") if part) and len(kept) == len(pairs):
        return query  # a bare flag such as "?rss" has no other spelling
    return urlencode(kept, errors="surrogateescape")


@lru_cache(maxsize=4096)
def site(url: str) -> str:
    """The registrable domain that an address belongs to (`a.b.bbc.co.uk` is `bbc.co.uk`); an IP address is its own."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        known = get_fld(f"http://{host}/", fail_silently=True, search_private=True)
        return known or ".".join(host.split(".")[-2:])  # the public suffix list's own rule for an unknown ending


def canonical(declared: str | None, fetched: str) -> str:
    """The identity of a page: what it declares itself, when that is on its own site and not merely the front page."""
    here = normalise(fetched) or fetched
    there = normalise(declared, fetched) if declared else None
    if there is None or site(there) != site(here):
        return here
    return here if urlsplit(there).path == "/" and urlsplit(here).path != "/" else there


def content_hash(title: str, text: str | None) -> str:
    """Fingerprint of a title and text (SHA-256, hex); white space does not count."""
    words = " ".join(title.split()) + "\n" + " ".join((text or "").split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
