"""SDMX-CSV 2.0 as the library sdmx1 reads it, against the structure that docs/exports.md describes."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import httpx
import pytest
import sdmx
from sdmx.model import v30 as model

from api.exports.sdmx import COLUMNS, lines
from models.indicator_answers import IndicatorPoint

DIMENSIONS = ("FREQ", "INDICATOR", "SCOPE", "TIME_PERIOD")
PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def dataflow() -> model.Dataflow:
    structure = model.DataStructureDefinition(id="INDICATORS")
    for name in DIMENSIONS:
        structure.dimensions.getdefault(id=name)
    structure.measures.append(model.Measure(id="OBS_VALUE"))
    for name in COLUMNS[COLUMNS.index("OBS_STATUS") :]:
        structure.attributes.getdefault(id=name)
    agency = sdmx.model.common.Agency(id="ZEEPBEL")
    return model.Dataflow(id="INDICATORS", maintainer=agency, version="1.0.0", structure=structure)


def read(text: str, dataflow: model.Dataflow) -> list[model.Observation]:
    message = sdmx.reader.csv.Reader().convert(io.BytesIO(text.encode()), structure=dataflow)
    (dataset,) = message.data
    return list(dataset.obs)


def test_sdmx1_reads_what_the_api_gives(client: httpx.Client, dataflow: model.Dataflow) -> None:
    answer = client.get("/v1/indicators/net-stance.all.quarter.sdmx.csv")
    assert answer.headers["content-type"] == "application/vnd.sdmx.data+csv; version=2.0.0"
    points = client.get("/v1/indicators/net-stance.all.quarter").json()["data"]
    observed = read(answer.text, dataflow)
    assert len(observed) == len(points) > 0
    for one, point in zip(observed, points, strict=True):
        assert [str(one.key[name].value) for name in DIMENSIONS] == ["Q", "NET_STANCE", "ALL", point["period"]]
        assert (float(one.value) if one.value else None) == point["value"]
        assert one.attached_attribute["OBS_STATUS"].value == ("O" if point["value"] is None else "A")
        assert one.attached_attribute["VALID_FROM"].value == point["since"]


def test_a_missing_value_is_empty_and_says_so() -> None:
    point = IndicatorPoint(
        indicator="capex.big4.quarter", period="2025-Q3", start=date(2025, 7, 1), end=date(2025, 9, 30), value=None,
        lower=None, upper=None, articles=None, stories=None, sources=None, grade=None, filing=None, model=None,
        method="reported-capex 1", since=date(2026, 1, 1),
    )  # fmt: skip
    (row,) = csv.DictReader(io.StringIO("".join(lines([point]))))
    assert (row["SCOPE"], row["OBS_VALUE"], row["OBS_STATUS"], row["UNIT_MEASURE"]) == ("BIG4", "", "O", "USD")
    assert row["STRUCTURE_ID"] == "ZEEPBEL:INDICATORS(1.0.0)"


def test_the_structure_is_documented() -> None:
    assert set(COLUMNS) <= set(re.findall(r"`([A-Z_]+)`", PAGE))
