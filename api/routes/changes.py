"""Changes of net stance that matter, and what moved them."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import Reading
from api.envelope import Answer, StanceMeta
from api.parameters import SeriesQuestion
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.change_answers import Change, Changes
from models.changes import changes

router = APIRouter(tags=["stance"])


@router.get("/v1/changes", operation_id="listChanges", summary="Turning points and unusual periods")
def list_changes(session: Reading, asked: Annotated[SeriesQuestion, Query()]) -> Answer[list[Change], StanceMeta]:
    """Newest first; contributions of sources, stories and sentences add up to the difference that they explain."""
    found = _found(session, asked)
    meta = StanceMeta(
        definition=DEFINITIONS["changes"][asked.hl],
        method=found.method,
        total=len(found.changes),
        coverage=found.model_dump(include={"periods", "valued"}),
        **found.model_dump(include={"freq", "panel", "models"}),
    )
    return Answer(data=found.changes, meta=meta)


@router.get("/v1/changes.csv", operation_id="listChangesCsv", summary="Turning points and unusual periods, as CSV")
def list_changes_csv(session: Reading, asked: Annotated[SeriesQuestion, Query()]) -> StreamingResponse:
    return sheet("changes", Change, _found(session, asked).changes)


def _found(session: Reading, asked: SeriesQuestion) -> Changes:
    return changes(session, asked.filters(), asked.freq, asked.hl, asked.model, asked.panel)
