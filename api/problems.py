"""Errors as RFC 9457 problems, in the reader's language. Nothing of the inside is shown."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError, ProgrammingError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.dashboard.render import error_page, wants_page
from api.texts import NO_ENCODER, PROBLEMS, VALIDATION, reader_language
from models.errors import InputError, ModelError, QueryError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with a request, and where."""

    where: str
    message: str


class Problem(BaseModel):
    """RFC 9457. `type` is always about:blank: the status says what kind of problem it is."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = None


class ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE


def problem(
    request: Request,
    status: int,
    detail: str | None = None,
    errors: list[Fault] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """The answer for a status; without `detail` its text is the standard one for the status."""
    texts = PROBLEMS[reader_language(request)]
    body = Problem(
        title=texts.titles.get(status, HTTPStatus(status).phrase),
        status=status,
        detail=detail or texts.details.get(status, HTTPStatus(status).description or HTTPStatus(status).phrase),
        errors=errors,
    )
    return ProblemResponse(body.model_dump(exclude_none=True), status, headers=dict(headers or {}))


def add_handlers(app: FastAPI) -> None:
    """Turn every error that routes raise into a problem."""
    app.add_exception_handler(QueryError, _query_error)
    app.add_exception_handler(InputError, _input_error)
    for error in (OperationalError, ProgrammingError):  # SQLite and PostgreSQL call a missing table by different names
        app.add_exception_handler(error, _store_error)
    app.add_exception_handler(ModelError, _model_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _query_error(request: Request, error: Exception) -> ProblemResponse:
    if isinstance(error, QueryError) and reader_language(request) == "nl":
        return problem(request, HTTPStatus.BAD_REQUEST, error.dutch)
    return problem(request, HTTPStatus.BAD_REQUEST, str(error))


async def _input_error(request: Request, error: Exception) -> ProblemResponse:
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


async def _model_error(request: Request, error: Exception) -> ProblemResponse:
    log.error("%s: %s", request.url.path, error)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, NO_ENCODER[reader_language(request)])


async def _store_error(request: Request, error: Exception) -> ProblemResponse:
    log.error("%s: the database does not answer: %s", request.url.path, error)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE)


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    if wants_page(request):
        return error_page(request, error.status_code)
    ours = error.detail != HTTPStatus(error.status_code).phrase
    return problem(request, error.status_code, error.detail if ours else None, headers=error.headers)


async def _invalid(request: Request, error: Exception) -> ProblemResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    faults = [Fault(where=_where(item), message=_message(request, item)) for item in found]
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, errors=faults)


def _where(item: Mapping[str, Any]) -> str:
    """`query.limit`, `body.text`."""
    return ".".join(str(part) for part in item["loc"])


def _message(request: Request, item: Mapping[str, Any]) -> str:
    dutch = VALIDATION.get(item["type"]) if reader_language(request) == "nl" else None
    return dutch.format_map(item.get("ctx") or {}) if dutch else str(item["msg"]).removeprefix("Value error, ")
