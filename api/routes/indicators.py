"""Published indicators: the catalogue, and each series as JSON, CSV, Parquet and SDMX-CSV, also as of a day."""

import io
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from fastapi.responses import Response, StreamingResponse

from api.dependencies import Reading
from api.envelope import Answer, IndicatorMeta, Meta
from api.exports import sdmx
from api.exports.writers import PARQUET, write_parquet
from api.parameters import IndicatorQuestion, Reader
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.indicator_answers import IndicatorEntry, IndicatorPoint
from models.indicators import Indicator, catalogue
from models.vintages import values

LONGEST_ID = 100

router = APIRouter(tags=["indicators"])


def _known(
    name: Annotated[str, Path(alias="id", max_length=LONGEST_ID, description="id of the indicator in the catalogue")],
) -> Indicator:
    if name not in catalogue():
        raise HTTPException(404)
    return catalogue()[name]


Known = Annotated[Indicator, Depends(_known)]
Asked = Annotated[IndicatorQuestion, Query()]


@router.get("/v1/indicators", operation_id="listIndicators", summary="The catalogue of indicators")
def list_indicators(asked: Annotated[Reader, Query()]) -> Answer[list[IndicatorEntry], Meta]:
    """Every published series with its definition, unit, frequency, method and sources."""
    entries = [one.entry(asked.hl) for one in catalogue().values()]
    return Answer(data=entries, meta=Meta(definition=DEFINITIONS["indicators"][asked.hl], total=len(entries)))


@router.get("/v1/indicators.csv", operation_id="listIndicatorsCsv", summary="The catalogue of indicators, as CSV")
def list_indicators_csv(asked: Annotated[Reader, Query()]) -> StreamingResponse:
    """Every published series with its definition, unit, frequency, method and sources."""
    return sheet("indicators", IndicatorEntry, (one.entry(asked.hl) for one in catalogue().values()))


# before /v1/indicators/{id}, which would take the endings for a part of the id
@router.get("/v1/indicators/{id}.sdmx.csv", operation_id="getIndicatorSdmx", summary="One indicator, as SDMX-CSV 2.0")
def get_indicator_sdmx(session: Reading, one: Known, asked: Asked) -> StreamingResponse:
    """The values as SDMX-CSV 2.0."""
    return StreamingResponse(
        sdmx.lines(_values(session, one, asked)), media_type=sdmx.MEDIA_TYPE, headers=_named(one, "sdmx.csv")
    )


@router.get("/v1/indicators/{id}.csv", operation_id="getIndicatorCsv", summary="One indicator, as CSV")
def get_indicator_csv(session: Reading, one: Known, asked: Asked) -> StreamingResponse:
    """The values, every column."""
    return sheet(one.id, IndicatorPoint, _values(session, one, asked))


@router.get("/v1/indicators/{id}.parquet", operation_id="getIndicatorParquet", summary="One indicator, as Parquet")
def get_indicator_parquet(session: Reading, one: Known, asked: Asked) -> Response:
    """The values in typed columns."""
    file = io.BytesIO()
    write_parquet(file, IndicatorPoint, _values(session, one, asked))
    return Response(file.getvalue(), media_type=PARQUET, headers=_named(one, "parquet"))


@router.get("/v1/indicators/{id}", operation_id="getIndicator", summary="One indicator")
def get_indicator(session: Reading, one: Known, asked: Asked) -> Answer[list[IndicatorPoint], IndicatorMeta]:
    """Every period from the first on, as known at the end of the day `as_of`, or as now."""
    points, entry = _values(session, one, asked), one.entry(asked.hl)
    meta = IndicatorMeta(
        definition=entry.definition, method=one.method, total=len(points), coverage=_coverage(points), indicator=entry,
        as_of=asked.as_of,
    )  # fmt: skip
    return Answer(data=points, meta=meta)


def _values(session: Reading, one: Indicator, asked: IndicatorQuestion) -> list[IndicatorPoint]:
    asked.checked()
    return values(session, [one.id], asked.as_of, asked.since, asked.until)


def _coverage(points: list[IndicatorPoint]) -> dict[str, Any]:
    return {
        "first": points[0].period if points else None,
        "last": points[-1].period if points else None,
        "empty": sum(point.value is None for point in points),
    }


def _named(one: Indicator, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="zeepbel-{one.id}.{ending}"'}
