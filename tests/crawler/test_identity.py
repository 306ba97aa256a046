"""One article, one address: laws of the canonical form, and the pages that try to be somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import canonical, content_hash, normalise, site

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="#?/\\"), max_size=20)


@given(st.lists(TEXT, max_size=4), st.dictionaries(TEXT, TEXT, max_size=3), TEXT)
def test_the_canonical_form_is_its_own_canonical_form(path: list[str], query: dict[str, str], fragment: str) -> None:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    once = normalise(f"HTTPS://Krant.Example:443/{'/'.join(path)}?{pairs}#{fragment}")
    assert once is not None
    assert once.startswith("https://krant.example/")
    assert "#" not in once
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTP://Krant.Example:80/a?utm_source=x&id=7&fbclid=y#top", "http://krant.example/a?id=7"),
        ("https://krant.example", "https://krant.example/"),
        ("https://krant.example/a/../b/./c", "https://krant.example/b/c"),
        ("https://krant.example/%7euser/%c3%a9", "https://krant.example/~user/%C3%A9"),
        ("https://krant.example/é", "https://krant.example/%C3%A9"),
        ("https://krant.example./a", "https://krant.example/a"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://fd.example/?rss", "https://fd.example/?rss"),
        ("https://krant.example/a%2Fb", "https://krant.example/a%2Fb"),
        ("\n https://krant.example/a\t", "https://krant.example/a"),
    ],
)
def test_spellings_of_an_address(written: str, meant: str) -> None:
    assert normalise(written) == meant


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "javascript:alert(1)", "ftp://krant.example/a", "http://", "http://user:pw@krant.example/",
        "http://krant.example:99999/", "http://[::1", "", "https://krant.example/" + "a" * 3000, "gopher://x", "//",
    ],
)  # fmt: skip
def test_what_is_no_usable_address(url: str) -> None:
    assert normalise(url) is None


def test_a_relative_link_needs_its_base() -> None:
    assert normalise("/a", "https://krant.example/rss.xml") == "https://krant.example/a"
    assert normalise("/a") is None


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://a.b.bbc.co.uk/x", "bbc.co.uk"),
        ("http://feeds.nos.nl/x", "nos.nl"),
        ("http://www.krant.example/", "krant.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("http://someone.github.io/", "someone.github.io"),
    ],
)
def test_the_site_of_an_address(url: str, domain: str) -> None:
    assert site(url) == domain


@pytest.mark.parametrize(
    ("declared", "identity"),
    [
        ("https://www.krant.example/artikel", "https://www.krant.example/artikel"),
        ("/artikel?utm_medium=rss", "https://krant.example/artikel"),
        ("https://ander.example/artikel", "https://krant.example/a"),
        ("https://krant.example/", "https://krant.example/a"),
        ("javascript:alert(1)", "https://krant.example/a"),
        (None, "https://krant.example/a"),
    ],
)
def test_a_page_may_only_be_itself(declared: str | None, identity: str) -> None:
    assert canonical(declared, "https://krant.example/a") == identity


def test_white_space_is_not_a_change() -> None:
    assert content_hash("Kop", "een twee\ndrie") == content_hash(" Kop", "een  twee drie")
    assert content_hash("Kop", "een") != content_hash("Kop een", "")
    assert content_hash("Kop", None) == content_hash("Kop", "")
