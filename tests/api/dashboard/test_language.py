import pytest
from starlette.requests import Request

from api.dashboard.language import preferences, reader_language


def request(query: str = "", cookie: str = "", accept: str = "") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    return Request({"type": "http", "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "expected"),
    [
        ("hl=nl", "hl=en", "en", "nl"),
        ("", "hl=nl", "en", "nl"),
        ("hl=xx", "hl=zz", "nl-BE,en;q=0.5", "nl"),
        ("", "", "en;q=0.3, nl;q=0.8", "nl"),
        ("", "", "nl;q=0, fr", "en"),
        ("", "", "*", "en"),
        ("", "", "de-DE", "en"),
        ("", "", "nl;q=much", "en"),
        ("", "", "", "en"),
    ],
)
def test_the_address_wins_over_the_cookie_over_the_browser(query: str, cookie: str, accept: str, expected: str) -> None:
    assert reader_language(request(query, cookie, accept)) == expected


def test_preferences_are_best_first() -> None:
    assert preferences("fr;q=0.2, en-GB, nl;q=0.9,, de;q=0") == ["en-GB", "nl", "fr"]
