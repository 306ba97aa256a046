"""Reading public series: CSV as FRED gives it, SDMX-JSON as the ECB gives it, with invented values."""

import json
from datetime import date
from typing import Any

import pytest

from crawler import public_series
from crawler.public_series import first_day, read_fred, read_sdmx
from models.errors import Unusable

CSV = b"observation_date,LNFACBW027SBOG\n2026-06-17,1980.5\n2026-06-24,1988.9\n"


def message(values: dict[str, float | None], series: int = 1) -> bytes:
    """SDMX-JSON 1.0 with `series` series of these values."""
    observed = {str(n): [value, 0] for n, value in enumerate(values.values())}
    area = [{"id": f"A{n}", "name": "Area"} for n in range(series)]
    body: dict[str, Any] = {
        "header": {"id": "x", "test": False, "prepared": "2026-09-01T00:00:00.000+02:00", "sender": {"id": "ECB"}},
        "dataSets": [
            {
                "action": "Replace",
                "series": {f"0:{n}": {"attributes": [], "observations": observed} for n in range(series)},
            }
        ],
        "structure": {
            "links": [],
            "name": "Balance sheet items",
            "dimensions": {
                "series": [
                    {"id": "FREQ", "name": "Frequency", "values": [{"id": "M", "name": "Monthly"}]},
                    {"id": "REF_AREA", "name": "Area", "values": area},
                ],
                "observation": [
                    {
                        "id": "TIME_PERIOD",
                        "name": "Time",
                        "role": "time",
                        "values": [{"id": p, "name": p} for p in values],
                    }
                ],
            },
            "attributes": {
                "series": [],
                "observation": [{"id": "OBS_STATUS", "name": "Status", "values": [{"id": "A", "name": "Normal"}]}],
            },
        },
    }
    return json.dumps(body).encode()


def test_fred() -> None:
    assert read_fred(CSV, "u") == {date(2026, 6, 17): 1980.5, date(2026, 6, 24): 1988.9}
    assert read_fred(b"\xef\xbb\xbf" + CSV.replace(b"1988.9", b"."), "u") == {date(2026, 6, 17): 1980.5}
    assert read_fred(CSV.replace(b"1988.9", b""), "u") == {date(2026, 6, 17): 1980.5}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<!doctype html><p>Error", b"\x00\x01", CSV[:-8], CSV + b"2026-07-01", CSV + b"2026-07-01,many\n",
        CSV + b"01/07/2026,3\n", CSV + b"2026-07-01,inf\n", CSV + b"2026-07-01,1,2\n", b"DATE,X\n2026-07-01,3\n",
    ],
)  # fmt: skip
def test_what_is_no_such_csv_is_refused_whole(body: bytes) -> None:
    with pytest.raises(Unusable):
        read_fred(body, "u")


def test_sdmx() -> None:
    assert read_sdmx(message({"2026-06": 2.9, "2026-07": 3.1}), "u") == {date(2026, 6, 1): 2.9, date(2026, 7, 1): 3.1}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[1]", b"<html>", message({"2026-06": 2.9})[:-9], message({"2026-06": 2.9}, series=2),
        message({"2026-06": 2.9}, series=0), message({"June": 2.9}),
    ],
)  # fmt: skip
def test_what_is_not_one_sdmx_series_is_refused_whole(body: bytes) -> None:
    with pytest.raises(Unusable):
        read_sdmx(body, "u")


def test_periods_begin_on_a_day() -> None:
    days = [first_day(period) for period in ("2026", "2026-Q2", "2026-06", "2026-06-24")]
    assert days == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 6, 1), date(2026, 6, 24)]
    for wrong in ("", "2026-13", "202", "2026-W05", "2026-Q5", "x-Qy"):
        with pytest.raises(ValueError):  # noqa: PT011  the caller names the address
            first_day(wrong)


def test_the_series_that_come_with_zeepbel_have_names_in_both_languages() -> None:
    entries = {entry.id: entry for entry in public_series.bundled()}
    assert entries["us-nondepository-loans"].url.endswith("id=LNFACBW027SBOG")
    assert all(entry.title.nl != entry.title.en for entry in entries.values())
