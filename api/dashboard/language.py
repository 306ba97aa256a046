"""Which language the reader gets: `hl` in the address, else what was chosen before, else what the browser asks for."""

from collections.abc import Iterable

from babel import negotiate_locale
from starlette.requests import Request
from starlette.responses import Response

from models.methods import ReaderLanguage

LANGUAGES: tuple[ReaderLanguage, ...] = ("nl", "en")
COOKIE = "hl"
A_YEAR = 365 * 24 * 3600


def reader_language(request: Request) -> ReaderLanguage:
    """`nl` or `en`; a value that is neither is passed over."""
    wanted = preferences(request.headers.get("accept-language", ""))
    asked = negotiate_locale(wanted, LANGUAGES, sep="-")
    choices = (request.query_params.get("hl"), request.cookies.get(COOKIE), asked)
    return next((lang for choice in choices for lang in LANGUAGES if lang == choice), "en")


def preferences(header: str) -> list[str]:
    """The languages of an `Accept-Language` header (RFC 9110), best first, those refused with `q=0` left out."""
    weighed = [_weighed(part) for part in header.split(",") if part.strip()]
    return [tag for tag, weight in _best_first(weighed) if weight > 0]


def remember(request: Request, response: Response) -> None:
    """Keep a language chosen in the address for the next visits."""
    chosen = request.query_params.get("hl")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="lax", httponly=True)


def _weighed(part: str) -> tuple[str, float]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        return tag.strip(), float(weight or 1)
    except ValueError:
        return tag.strip(), 0.0


def _best_first(weighed: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(weighed, key=lambda pair: -pair[1])
