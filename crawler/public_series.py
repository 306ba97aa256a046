"""Public series from statistical offices and central banks, as declared in `data/series.toml`."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.encoding import to_text
from crawler.entries import parse
from crawler.identity import normalise
from crawler.official import Official
from models.errors import Unusable
from models.periods import quarter_start

Observations = dict[date, float]
MISSING = {"", ".", "NaN"}
_COMPLETION = {4: "-01-01", 7: "-01", 10: ""}  # what a year, a month and a day lack to be one


class Title(BaseModel):
    """The name of a series in the languages of readers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    nl: str


def _web_address(url: str) -> str:
    if normalise(url) is None:
        raise ValueError("must be an http or https address without a user name")
    return url


class SeriesEntry(BaseModel):
    """One `[[series]]`: where a series comes from, how it is read, and what must be said where it is shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Title
    unit: str
    frequency: Literal["D", "W", "M", "Q", "A"]
    kind: Literal["fred", "sdmx"]
    url: Annotated[str, AfterValidator(_web_address)]
    source: str
    licence: str


def bundled() -> list[SeriesEntry]:
    """The series that come with Zeepbel."""
    text = files("crawler").joinpath("data/series.toml").read_text("utf-8")
    return parse(text, "series", SeriesEntry, key="id", name="the bundled series.toml")


def fetch(entry: SeriesEntry, official: Official) -> Observations:
    """The values of a series by the first day of their periods; missing ones are left out. Empty where there is none.

    Raises `FetchError` or `Unusable`.
    """
    body = official.get(entry.url)
    return {} if body is None else READERS[entry.kind](body, entry.url)


def read_fred(body: bytes, url: str) -> Observations:
    """A CSV of FRED: a header that begins with `observation_date`, a day and a value a line. Raises `Unusable`."""
    rows = list(csv.reader(io.StringIO(to_text(body) or "")))
    if not rows or rows[0][:1] != ["observation_date"] or {len(row) for row in rows} != {2}:
        raise Unusable(url, "it is not a CSV with a day and a value in every line")
    return _observations(rows[1:], url)


def read_sdmx(body: bytes, url: str) -> Observations:
    """One series in SDMX-JSON. Raises `Unusable`, also when it holds several series: a key must name one."""
    import sdmx  # brings pandas, which takes a second to load

    try:
        json.loads(body)  # the library reads what it can of anything; a body that was cut off must be refused
        message = sdmx.read_sdmx(io.BytesIO(body))
        if not isinstance(message, sdmx.message.DataMessage):
            raise TypeError("it holds no data")
        series = [found for data in message.data for found in data.series.values()]
        pairs = [(str(seen.dimension.values["TIME_PERIOD"].value), str(seen.value)) for one in series for seen in one]
    except (ValueError, LookupError, TypeError, AttributeError, RuntimeError) as error:
        raise Unusable(url, f"it is not SDMX-JSON that can be read ({error!r})") from error
    if len(series) != 1:
        raise Unusable(url, f"it holds {len(series)} series where the key must name one")
    return _observations(pairs, url)


READERS: dict[str, Callable[[bytes, str], Observations]] = {"fred": read_fred, "sdmx": read_sdmx}


def _observations(pairs: Iterable[Iterable[str]], url: str) -> Observations:
    try:
        return dict(_observed(pairs))
    except ValueError as error:
        raise Unusable(url, f"it holds a day or a value that cannot be read ({error})") from error


def _observed(pairs: Iterable[Iterable[str]]) -> Iterator[tuple[date, float]]:
    for period, written in pairs:
        if written not in MISSING:
            value = float(written)
            if not math.isfinite(value):
                raise ValueError(f"{written} for {period}")
            yield first_day(period), value


def first_day(period: str) -> date:
    """The first day of 2026, 2026-Q2, 2026-06 or 2026-06-24. Raises `ValueError`."""
    if "-Q" in period:
        return quarter_start(period)
    if len(period) not in _COMPLETION:
        raise ValueError(f"the period {period!r}")
    return date.fromisoformat(period + _COMPLETION[len(period)])
