"""Reservations against text and data mining, in every form."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import rsl
from crawler.optout import in_headers, in_metas, in_robots, in_tdmrep, licences_in_robots, matches

PAGE = "http://krant.example/nieuws/a"


@pytest.mark.parametrize(
    "headers",
    [
        {"tdm-reservation": "1"},
        {"content-usage": "train-ai=n"},
        {"content-signal": "search=yes, ai-input = no"},
        {"x-robots-tag": "index, noai"},
        {"x-robots-tag": "zeepbel: noai, noimageai"},
    ],
)
def test_headers_that_reserve(headers: dict[str, str]) -> None:
    assert in_headers(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"tdm-reservation": "0"},
        {"content-usage": "train-ai=y"},
        {"content-signal": "search=no, ai-input=yes"},
        {"x-robots-tag": "noindex"},
    ],
)
def test_headers_that_do_not(headers: dict[str, str]) -> None:
    assert in_headers(headers) is None


def test_meta_elements() -> None:
    assert in_metas({"tdm-reservation": "1"})
    assert in_metas({"robots": "index, NoAI"})
    assert in_metas({"tdm-reservation": "0", "robots": "index, follow"}) is None


@pytest.mark.parametrize(
    ("text", "reserved"),
    [
        ("User-agent: *\nContent-Signal: search=yes,ai-train=no,use=reference\nAllow: /", True),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=yes\nAllow: /", False),
        ("User-agent: GPTBot\nContent-Signal: ai-train=no\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: Zeepbel\nContent-Signal: ai-train=yes", False),
        ("User-agent: GPTBot\nUser-agent: Zeepbel\nContent-Usage: train-ai=n", True),
        ("Content-Usage: train-ai=n\nUser-agent: *\nAllow: /", True),
        ("User-agent: *\nContent-Usage: /nieuws train-ai=n", True),
        ("User-agent: *\nContent-Usage: /sport train-ai=n", False),
        ("User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /nieuws/ train-ai=y", False),
        ("# Content-Usage: train-ai=n", False),
    ],
)
def test_signals_in_robots(text: str, reserved: bool) -> None:
    assert bool(in_robots(text, "/nieuws/a")) == reserved


@pytest.mark.parametrize(
    ("rules", "reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], True),
        ([{"location": "/nieuws/*", "tdm-reservation": "1"}], True),
        ([{"location": "/nieuws/a$", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], False),
        ([{"location": "/sport/", "tdm-reservation": 1}], False),
        ([{"location": 5, "tdm-reservation": 1}, "x", None, []], False),
        ({"location": "/", "tdm-reservation": 1}, False),
    ],
)
def test_the_tdmrep_file(rules: object, reserved: bool) -> None:
    assert in_tdmrep(json.dumps(rules).encode(), "/nieuws/a") == reserved


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe\x00"])
def test_a_tdmrep_file_that_cannot_be_read_says_nothing(body: bytes) -> None:
    assert not in_tdmrep(body, "/")


@given(st.text("ab*$/", max_size=12), st.text("ab/", max_size=12))
def test_patterns_mean_what_a_regular_expression_does(pattern: str, path: str) -> None:
    anchored, body = pattern.endswith("$"), pattern.removesuffix("$")
    meant = "(?s:.*)".join(re.escape(piece) for piece in body.split("*")) + ("$(?!\n)" if anchored else "")
    assert matches(pattern, path) == bool(re.match(meant, path))


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not matches("*a" * 5000 + "b$", "a" * 2000)


def licence(inner: str, url: str = "/") -> bytes:
    return f'<rsl xmlns="https://rslstandard.org/rsl"><content url="{url}">{inner}</content></rsl>'.encode()


@pytest.mark.parametrize(
    ("body", "reserved"),
    [
        (licence('<license><prohibits type="usage">ai-train</prohibits></license>'), True),
        (licence('<license><permits type="usage">search</permits></license>'), True),
        (licence('<license><permits type="usage">all</permits><payment type="subscription"/></license>'), True),
        (licence('<license><permits type="usage">ai-all</permits><payment type="attribution"/></license>'), False),
        (licence('<license><permits type="usage">all</permits></license>'), False),
        (licence('<license><prohibits type="usage">all</prohibits></license>', "/sport/*"), False),
        (licence('<license><prohibits type="usage">all</prohibits></license>', "http://krant.example/nieuws/*"), True),
        (licence('<license><prohibits type="usage">all</prohibits></license>', "http://ander.example/"), False),
        (licence(""), True),
        (b"<rsl/>", False),
        (b"not xml", True),
        (b'<!DOCTYPE rsl [<!ENTITY a "b">]><rsl/>', True),
    ],
)
def test_licences(body: bytes, reserved: bool) -> None:
    assert bool(rsl.reserved(body, "http://krant.example/license.xml", PAGE)) == reserved


def test_licences_are_found_in_robots() -> None:
    assert licences_in_robots("User-agent: *\nLicense: https://krant.example/license.xml") == [
        "https://krant.example/license.xml"
    ]
