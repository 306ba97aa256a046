"""Reported capex."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import Reading
from api.envelope import Answer, CapexMeta
from api.parameters import CapexQuestion
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.answers import CapexPoint
from models.breaks import breaks_in
from models.capex import reported

router = APIRouter(tags=["capex"])


@router.get("/v1/capex", operation_id="getCapex", summary="Reported capex")
def get_capex(session: Reading, asked: Annotated[CapexQuestion, Query()]) -> Answer[list[CapexPoint], CapexMeta]:
    """Per company and calendar quarter, each value with its filing and grade."""
    asked.checked()
    points = reported(session, asked.company, asked.since, asked.until)
    meta = CapexMeta(
        definition=DEFINITIONS["capex"][asked.hl],
        total=len(points),
        coverage=_coverage(points),
        breaks=breaks_in({(point.ticker, point.quarter) for point in points}),
    )
    return Answer(data=points, meta=meta)


@router.get("/v1/capex.csv", operation_id="getCapexCsv", summary="Reported capex, as CSV")
def get_capex_csv(session: Reading, asked: Annotated[CapexQuestion, Query()]) -> StreamingResponse:
    asked.checked()
    return sheet("capex", CapexPoint, reported(session, asked.company, asked.since, asked.until))


def _coverage(points: list[CapexPoint]) -> dict[str, Any]:
    quarters = [point.quarter for point in points]
    return {
        "companies": len({point.ticker for point in points}),
        "first": min(quarters, default=None),
        "last": max(quarters, default=None),
    }
