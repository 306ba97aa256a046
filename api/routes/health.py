"""Whether this server can answer."""

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import text

from api.dependencies import LoadedAnalyser, Reading

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """`model`: whether texts can be analysed."""

    status: Literal["ok"]
    version: str
    database: Literal["ok"]
    model: bool


@router.get("/healthz", operation_id="getHealth", summary="Health")
def get_health(session: Reading, analyser: LoadedAnalyser) -> Health:
    """200 when the database answers; 503 when it does not."""
    session.connection().execute(text("SELECT count(*) FROM alembic_version"))
    return Health(status="ok", version=version("zeepbel"), database="ok", model=analyser is not None)
