"""The claim ledger."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import StreamingResponse

from api.dependencies import Reading, snapshot_rows
from api.envelope import Answer, Meta
from api.parameters import ClaimsPage, ClaimsTable, GuidanceQuestion, Reader
from api.sheets import sheet
from api.texts import DEFINITIONS
from models.claim_answers import ClaimDetail, ClaimHit, Guidance
from models.ledger import claim, claims, every_claim, guidance

LONGEST_ID = 300

router = APIRouter(tags=["figures"])


@router.get("/v1/claims", operation_id="listClaims", summary="The claim ledger")
def list_claims(session: Reading, asked: Annotated[ClaimsPage, Query()]) -> Answer[list[ClaimHit], Meta]:
    """Claims that figures under the filters state, newest first or most spread first."""
    page = claims(session, asked.filters(), asked.wanted(), asked.sort, asked.limit, asked.cursor)
    meta = Meta(definition=DEFINITIONS["claims"][asked.hl], total=page.total, next=page.next)
    return Answer(data=page.items, meta=meta)


@router.get("/v1/claims.csv", operation_id="listClaimsCsv", summary="The claim ledger, as CSV")
def list_claims_csv(request: Request, asked: Annotated[ClaimsTable, Query()]) -> StreamingResponse:
    """All claims under the filters."""
    filters, wanted = asked.filters(), asked.wanted()
    rows = snapshot_rows(request.app, lambda session: every_claim(session, filters, wanted, asked.sort))
    return sheet("claims", ClaimHit, rows)


@router.get("/v1/claims/{id}", operation_id="getClaim", summary="One claim")
def get_claim(
    session: Reading,
    name: Annotated[
        str, Path(alias="id", max_length=LONGEST_ID, description="id of the claim, as the ledger gives it")
    ],
    asked: Annotated[Reader, Query()],
) -> Answer[ClaimDetail, Meta]:
    """How a claim travelled: its versions, verdicts as they became known, corrections and sightings."""
    found = claim(session, name)
    if found is None:
        raise HTTPException(404)
    return Answer(data=found, meta=Meta(definition=DEFINITIONS["claim"][asked.hl]))


@router.get("/v1/guidance", operation_id="getGuidance", summary="Plans and forecasts against what was filed")
def get_guidance(session: Reading, asked: Annotated[GuidanceQuestion, Query()]) -> Answer[list[Guidance], Meta]:
    """What became of the plans and forecasts of capital expenditure, per company or per outlet."""
    found = guidance(session, asked.by)
    return Answer(data=found, meta=Meta(definition=DEFINITIONS["guidance"][asked.hl], total=len(found)))


@router.get("/v1/guidance.csv", operation_id="getGuidanceCsv", summary="Plans against what was filed, as CSV")
def get_guidance_csv(request: Request, asked: Annotated[GuidanceQuestion, Query()]) -> StreamingResponse:
    """What became of the plans and forecasts of capital expenditure, per company or per outlet."""
    return sheet("guidance", Guidance, snapshot_rows(request.app, lambda session: guidance(session, asked.by)))
