"""Net stance over time, alone and beside reported capex."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import Reading
from api.envelope import Answer, StanceCapexMeta, StanceMeta
from api.parameters import SeriesQuestion, StanceCapexQuestion
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.answers import StanceCapexPoint, StancePoint
from models.series import stance_series
from models.stance_capex import stance_capex

router = APIRouter(tags=["stance"])


@router.get("/v1/stance", operation_id="getStance", summary="Net stance over time")
def get_stance(session: Reading, asked: Annotated[SeriesQuestion, Query()]) -> Answer[list[StancePoint], StanceMeta]:
    """Every period from the first to the last with an article; null where too few sources or stories carry it."""
    series = stance_series(session, asked.filters(), asked.freq, asked.hl, asked.model, asked.panel)
    meta = StanceMeta(
        definition=DEFINITIONS["stance"][asked.hl],
        method=series.method,
        total=len(series.points),
        coverage=series.model_dump(include={"undated", "unscored", "opted_out_share"}),
        freq=series.freq,
        panel=series.panel,
        models=series.models,
    )
    return Answer(data=series.points, meta=meta)


@router.get("/v1/stance.csv", operation_id="getStanceCsv", summary="Net stance over time, as CSV")
def get_stance_csv(session: Reading, asked: Annotated[SeriesQuestion, Query()]) -> StreamingResponse:
    series = stance_series(session, asked.filters(), asked.freq, asked.hl, asked.model, asked.panel)
    return sheet("stance", StancePoint, series.points)


@router.get("/v1/stance-capex", operation_id="getStanceCapex", summary="Stance beside reported capex")
def get_stance_capex(
    session: Reading, asked: Annotated[StanceCapexQuestion, Query()]
) -> Answer[list[StanceCapexPoint], StanceCapexMeta]:
    """Both on one axis of calendar quarters; meta has lead and lag with a band that holds for all lags together."""
    both = stance_capex(session, asked.filters(), asked.company, asked.hl)
    meta = StanceCapexMeta(
        definition=DEFINITIONS["stance-capex"][asked.hl],
        method=both.method,
        total=len(both.points),
        coverage={"quarters_with_both": sum(None not in (p.net_stance, p.capex) for p in both.points)},
        companies=both.companies,
        lead_lag=both.lead_lag,
        warning=both.warning,
    )
    return Answer(data=both.points, meta=meta)


@router.get("/v1/stance-capex.csv", operation_id="getStanceCapexCsv", summary="Stance beside reported capex, as CSV")
def get_stance_capex_csv(session: Reading, asked: Annotated[StanceCapexQuestion, Query()]) -> StreamingResponse:
    return sheet("stance-capex", StanceCapexPoint, stance_capex(session, asked.filters(), asked.company).points)
