"""The OpenAPI document: what FastAPI makes of the routes, with the problems that every route can answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.exports.sdmx import MEDIA_TYPE as SDMX
from api.exports.writers import PARQUET
from api.problems import MEDIA_TYPE, Problem
from api.sheets import MEDIA_TYPE as CSV

DESCRIPTION = (
    "Dutch and English news about the AI investment boom: is the mood hype or caution, which figures are cited and do "
    "they hold, and how does the mood run next to what companies really spend. Every answer is data with meta, every "
    "error a problem (RFC 9457); beside every collection stands the same as CSV."
)
EXPLAINED = {"400": "Not understood: a cursor, a date or a company", "422": "Not valid", "default": "A problem"}

FILES = {".sdmx.csv": SDMX, ".csv": CSV, ".parquet": PARQUET}  # what is not JSON, by the ending of its path


def describe(app: FastAPI) -> None:
    """Make `app.openapi()` and `/openapi.json` tell the errors and the CSV answers as they are."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the document


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(made.pop("$defs"), Problem=made)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _complete(path, operation)
    return document


def _complete(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status, meaning in EXPLAINED.items():
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses[status] = {"description": meaning, "content": content}
    for ending, media_type in FILES.items():
        if path.endswith(ending):
            responses["200"]["content"] = {media_type.partition(";")[0]: {"schema": {"type": "string"}}}
            return
