"""The sources file: mistakes are named with their line, and the rows follow the entries."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from crawler.sources import bundled, parse, read, sync
from models.database import session
from models.errors import SettingsError
from models.tables import Source

GOOD = """
[[source]]
name = "De Krant"
url = "https://krant.example/rss.xml"
kind = "rss"
lang = "nl"
paywall = true
every = "2h"
rights = "licensed"

[[source]]
name = "The Post"
url = "https://post.example/feed"
kind = "atom"
"""


def test_entries_are_read() -> None:
    krant, post = parse(GOOD, "sources.toml")
    assert (krant.paywall, krant.every, krant.rights, krant.lang) == (True, timedelta(hours=2), "licensed", "nl")
    assert (post.paywall, post.every, post.allow_private, post.sample) == (False, timedelta(minutes=15), False, False)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('kind = "atom"', 'kind = "usenet"'), "line 11, source 'The Post': kind"),
        (('kind = "atom"', 'kind = "atom"\ncolour = "red"'), "line 11, source 'The Post': colour"),
        (("https://post.example/feed", "ftp://post.example/feed"), "line 11, source 'The Post': url must be an http"),
        (("https://post.example/feed", "http://a:b@post.example/"), "line 11, source 'The Post': url must be an http"),
        (('lang = "nl"', 'lang = "Dutch"'), "line 2, source 'De Krant': lang"),
        (('every = "2h"', 'every = "often"'), "line 2, source 'De Krant': every must be a number and a unit"),
        (('every = "2h"', "every = 7"), "every must be a number and a unit"),
        (('name = "De Krant"', ""), "line 2, source 'without a name': name"),
        (("The Post", "De Krant"), "the name 'De Krant' is used 2 times"),
        (("[[source]]", "[[sources]]"), "may hold [[source]] entries only; remove sources"),
        (('"rss"', '"rss'), "not valid TOML"),
    ],
)
def test_mistakes_are_named(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(GOOD.replace(*change), "sources.toml")
    assert complaint in str(caught.value)


def test_all_mistakes_come_at_once() -> None:
    with pytest.raises(SettingsError, match="2 mistakes"):
        parse(GOOD.replace('"rss"', '"x"').replace('"atom"', '"y"'), "sources.toml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read(tmp_path / "nothing.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        read(tmp_path / "bytes.toml")


def test_the_bundled_sources_are_valid_in_both_languages() -> None:
    entries = bundled()
    assert len(entries) > 90
    assert {entry.lang for entry in entries} == {"nl", "en"}
    assert not any(entry.allow_private or entry.sample or entry.rights for entry in entries)


def test_rows_follow_the_entries(engine: Engine) -> None:
    entries = parse(GOOD, "sources.toml")
    with session(engine) as unit:
        sync(unit, entries)
    with session(engine) as unit:
        row = unit.exec(select(Source).where(Source.name == "De Krant")).one()
        row.etag, row.errors_in_row = '"1"', 3
    with session(engine) as unit:
        sync(unit, entries)
    with session(engine) as unit:
        row = unit.exec(select(Source).where(Source.name == "De Krant")).one()
        assert (row.etag, row.errors_in_row, row.rights, row.paywall) == ('"1"', 3, "licensed", True)
        sync(unit, parse(GOOD.replace("krant.example/rss.xml", "krant.example/nieuw.xml"), "sources.toml"))
    with session(engine) as unit:
        rows = unit.exec(select(Source).order_by(Source.name)).all()
        assert [(row.url, row.etag) for row in rows] == [
            ("https://krant.example/nieuw.xml", None),
            ("https://post.example/feed", None),
        ]
