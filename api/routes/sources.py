"""The source register."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import Reading
from api.envelope import Answer, Meta
from api.parameters import Reader
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.answers import SourceState
from models.sources import register

router = APIRouter(tags=["sources"])


@router.get("/v1/sources", operation_id="listSources", summary="Source register")
def list_sources(session: Reading, asked: Annotated[Reader, Query()]) -> Answer[list[SourceState], Meta]:
    """Every outlet, how its visits go and what it contributes."""
    states = register(session)
    failing = sum(state.errors_in_row > 0 for state in states)
    meta = Meta(definition=DEFINITIONS["sources"][asked.hl], total=len(states), coverage={"failing": failing})
    return Answer(data=states, meta=meta)


@router.get("/v1/sources.csv", operation_id="listSourcesCsv", summary="Source register, as CSV")
def list_sources_csv(session: Reading, _asked: Annotated[Reader, Query()]) -> StreamingResponse:
    return sheet("sources", SourceState, register(session))
