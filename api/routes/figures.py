"""Cited figures."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from api.dependencies import Reading, snapshot_rows
from api.envelope import Answer, Meta
from api.parameters import FiguresPage, FiguresTable
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.answers import CitedFigure
from models.figures import cited, counts_by_verdict, every_figure

router = APIRouter(tags=["figures"])


@router.get("/v1/figures", operation_id="listFigures", summary="Cited figures")
def list_figures(session: Reading, asked: Annotated[FiguresPage, Query()]) -> Answer[list[CitedFigure], Meta]:
    """Figures that articles cite, newest article first, each with its checks."""
    filters, wanted = asked.filters(), asked.wanted()
    page = cited(session, filters, **asdict(wanted), limit=asked.limit, cursor=asked.cursor)
    meta = Meta(
        definition=DEFINITIONS["figures"][asked.hl],
        total=page.total,
        next=page.next,
        coverage=dict(counts_by_verdict(session, filters, wanted)),
    )
    return Answer(data=page.items, meta=meta)


@router.get("/v1/figures.csv", operation_id="listFiguresCsv", summary="Cited figures, as CSV")
def list_figures_csv(request: Request, asked: Annotated[FiguresTable, Query()]) -> StreamingResponse:
    """All figures under the filters."""
    filters, wanted = asked.filters(), asked.wanted()
    rows = snapshot_rows(request.app, lambda session: every_figure(session, filters, wanted))
    return sheet("figures", CitedFigure, rows)
