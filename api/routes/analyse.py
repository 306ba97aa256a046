"""Analysing a text that is sent."""

from threading import Lock
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from api.dependencies import LoadedAnalyser
from api.parameters import Reader
from api.texts import NO_MODEL
from models.records import Analysis, Document

router = APIRouter(tags=["analyse"])
_one_at_a_time = Lock()  # the model uses every core by itself


@router.post("/v1/analyse", operation_id="analyse", summary="Analyse a text")
def analyse(document: Document, analyser: LoadedAnalyser, asked: Annotated[Reader, Query()]) -> Analysis:
    """The same document in and the same analysis out as a line of `zeepbel analyse`. Nothing is stored."""
    if analyser is None:
        raise HTTPException(503, NO_MODEL[asked.hl])
    with _one_at_a_time:
        return next(analyser.analyse([document]))
