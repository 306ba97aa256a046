"""Organisations in text, and the table itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.orgs import kind, mentions, organisations, ticker


def names(text: str) -> list[str]:
    return [m.name for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Google en AWS groeien.", ["Alphabet", "Amazon"]),
        ("Meta’s data centres, Facebook's adverts", ["Meta", "Meta"]),
        ("ASML-topman en Nvidia-chips", ["ASML", "Nvidia"]),
        ("De Europese Centrale Bank en de ECB", ["European Central Bank", "European Central Bank"]),
        ("Goldman Sachs and Goldman", ["Goldman Sachs", "Goldman Sachs"]),
        ("Implement Consulting Group rekende het uit.", ["Implement Consulting Group"]),
        ("metadata and an apple on a meta level", []),
        ("Armies of Metalworkers", []),
    ],
)
def test_canonical_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_ambiguous_name_needs_company() -> None:
    assert names("The Apollo programme put men on the Moon.") == []
    assert names("Apollo, the private credit manager, lent $5bn.") == ["Apollo"]


def test_kind_and_ticker() -> None:
    assert (kind("Alphabet"), ticker("Alphabet")) == ("tech", "GOOGL")
    assert (kind("OpenAI"), ticker("OpenAI")) == ("lab", None)
    assert kind("Nobody at all") is None


def test_the_table_has_one_meaning_a_name() -> None:
    written = [name for entry in organisations() for name in [entry["name"], *entry.get("also", [])]]
    assert sorted(written) == sorted(set(written))


@given(st.text(max_size=80))
def test_mentions_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in mentions(text + " Google, Meta and Bank of America " + text):
        assert end <= mention.start < mention.end
        end = mention.end
