"""SDMX-CSV 2.0 for indicators: one dataflow, a row an observation. docs/exports.md describes its structure."""

import csv
import io
from collections.abc import Iterable, Iterator

from models.filters import Freq
from models.indicator_answers import IndicatorPoint
from models.indicators import catalogue

MEDIA_TYPE = "application/vnd.sdmx.data+csv; version=2.0.0"
DATAFLOW = "ZEEPBEL:INDICATORS(1.0.0)"
COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "SCOPE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS",
    "UNIT_MEASURE", "LOWER_BOUND", "UPPER_BOUND", "ARTICLES", "STORIES", "SOURCES", "GRADE", "FILING", "MODEL",
    "METHOD", "VALID_FROM",
)  # fmt: skip
FREQ: dict[Freq, str] = {"day": "D", "week": "W", "month": "M", "quarter": "Q"}
UNITS = {"USD": "USD"}  # all others are pure numbers, PN in CL_UNIT
NORMAL, MISSING = "A", "O"  # of CL_OBS_STATUS
ROWS_A_CHUNK = 200


def lines(points: Iterable[IndicatorPoint]) -> Iterator[str]:
    """The file in parts, header first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for number, point in enumerate(points, 1):
        writer.writerow(_row(point))
        if number % ROWS_A_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def code(name: str) -> str:
    """A part of an indicator's id as SDMX writes codes: NET_STANCE, ALL, MSFT."""
    return name.upper().replace("-", "_")


def _row(point: IndicatorPoint) -> list[str | float | int | None]:
    one = catalogue()[point.indicator]
    return [
        "dataflow", DATAFLOW, "I", FREQ[one.freq], code(one.measure), code(one.scope), point.period, point.value,
        MISSING if point.value is None else NORMAL, UNITS.get(one.entry().unit, "PN"), point.lower, point.upper,
        point.articles, point.stories, point.sources, point.grade, point.filing, point.model, point.method,
        point.since.isoformat(),
    ]  # fmt: skip
