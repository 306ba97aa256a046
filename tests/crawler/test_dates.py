"""Dates: read as written, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import choose, in_url, read

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
MOMENTS = st.datetimes(NOW.replace(1990, tzinfo=None), NOW.replace(2100, tzinfo=None), timezones=st.just(UTC))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # the year comes first


@given(MOMENTS, st.sampled_from(["nl", "en", None]))
def test_iso_and_mail_forms_come_back_to_the_second(moment: datetime, lang: str | None) -> None:
    second = moment.replace(microsecond=0)
    assert read(second.isoformat(), lang) == second
    assert read(second.strftime("%d %b %Y %H:%M:%S +0000"), lang) == second


@given(st.dates(), st.sampled_from(["nl", "en", None]))
def test_numbers_are_never_swapped(day: datetime, lang: str | None) -> None:
    found = read(f"{day.day:02}/{day.month:02}/{day.year:04}", lang)
    assert found is None or (found.day, found.month) == (day.day, day.month)


@pytest.mark.parametrize(
    ("text", "lang", "moment"),
    [
        ("2025-11-03T10:00:00+01:00", None, at(2025, 11, 3, 9)),
        ("2025-11-03T10:00:00.123Z", None, at(2025, 11, 3, 10)),
        ("2025-11-03 10:00", None, at(2025, 11, 3)),
        ("2025-11-03", None, at(2025, 11, 3)),
        ("20251103", None, at(2025, 11, 3)),
        ("Mon, 03 Nov 2025 10:00:00 +0100", None, at(2025, 11, 3, 9)),
        ("Mon, 03 Nov 2025 10:00:00 CET", None, at(2025, 11, 3, 9)),
        ("Mon, 03 Nov 2025 10:00:00 EST", None, at(2025, 11, 3, 15)),
        ("Mon, 03 Nov 2025 10:00:00", None, at(2025, 11, 3)),
        ("3 november 2025, 10:00", "nl", at(2025, 11, 3)),
        ("Gepubliceerd op 12 mrt. 2024", "nl", at(2024, 3, 12)),
        ("November 3rd, 2025", "en", at(2025, 11, 3)),
        ("03-11-2025", "nl", at(2025, 11, 3)),
        ("03/11/2025", "en", None),
        ("25/11/2025", "en", at(2025, 11, 25)),
        ("11/25/2025", "en", at(2025, 11, 25)),
        ("11/25/2025", "nl", None),
        ("2025-02-30", None, None),
        ("2025-13-01", None, None),
        ("gisteren", "nl", None),
        ("", None, None),
        ("9999999999", None, None),
        ("Mon, 99 Nov 2025 10:00:00 +9999", None, None),
    ],
)
def test_forms(text: str, lang: str | None, moment: datetime | None) -> None:
    assert read(text, lang) == moment


@given(st.text(max_size=60), st.sampled_from(["nl", "en", None]))
def test_any_text_is_a_date_or_nothing(text: str, lang: str | None) -> None:
    found = read(text, lang)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    ("url", "moment"),
    [
        ("https://krant.example/2025/11/03/kop", at(2025, 11, 3)),
        ("https://krant.example/nieuws/2025-11-03-kop", at(2025, 11, 3)),
        ("https://krant.example/nieuws/20251103/kop", at(2025, 11, 3)),
        ("https://krant.example/artikel/20259999", None),
        ("https://krant.example/2025/kop", None),
        ("https://krant.example/03/11/2025/kop", None),
    ],
)
def test_dates_in_addresses(url: str, moment: datetime | None) -> None:
    assert in_url(url) == moment


@given(st.lists(st.one_of(st.none(), MOMENTS), max_size=5))
def test_never_the_future_and_the_first_believable_wins(moments: list[datetime | None]) -> None:
    chosen, _ = choose([("html", moment) for moment in moments], NOW)
    believable = [moment for moment in moments if moment and moment <= NOW]
    assert chosen == (believable[0] if believable else None)


def test_a_moment_ahead_is_not_believed() -> None:
    assert choose([("feed", NOW + timedelta(seconds=1))], NOW) == (None, None)
