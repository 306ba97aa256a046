"""From a template to a response in the reader's language; static files; errors as pages."""

import hashlib
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.dashboard.formats import Formats
from api.dashboard.language import LANGUAGES, reader_language, remember
from api.dashboard.links import source_link
from api.dashboard.texts import texts
from api.texts import NO_ENCODER
from models.errors import ModelError, QueryError

HERE = Path(__file__).parent
STATIC = HERE / "static"
VARY = {"Vary": "Accept-Language, Cookie"}
EXPLAINED = {404, 413, 422}


@cache
def static(name: str) -> str:
    """The address of a static file, which changes with its content so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static
    made.filters["source_link"] = source_link
    return made


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a template in the reader's language. `samples` in the context says that sample text is shown."""
    lang = reader_language(request)
    t = texts(lang)
    body = (
        environment()
        .get_template(template)
        .render(
            {"samples": False, **context},
            t=t,
            f=Formats(t),
            lang=lang,
            path=request.url.path,
            switches=_switches(request),
        )
    )
    response = HTMLResponse(body, status, headers=VARY)
    remember(request, response)
    return response


def error_page(request: Request, status: int, detail: str = "") -> HTMLResponse:
    """An error as a page in the reader's language; `detail` is what an error of ours says to do."""
    kind = str(status) if status in EXPLAINED else "other"
    return page(request, "error.html", status, kind=kind, code=status, detail=detail)


def wants_page(request: Request) -> bool:
    """Whether a browser asks, outside the API, so that an error had better be a page."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")


class PageRoute(APIRoute):
    """A route whose errors are pages, not JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except (HTTPException, StarletteHTTPException) as error:
                return error_page(request, error.status_code)
            except (ValidationError, RequestValidationError) as error:
                return error_page(request, 422, _fields(error))
            except ModelError:
                return error_page(request, 503, NO_ENCODER[reader_language(request)])
            except QueryError as error:
                return error_page(request, 422, error.dutch if reader_language(request) == "nl" else str(error))

        return answered


def _fields(error: ValidationError | RequestValidationError) -> str:
    """The names of the fields that are not understood, as in the address."""
    return ", ".join(dict.fromkeys(str(part["loc"][0]) for part in error.errors() if part["loc"]))


def _switches(request: Request) -> list[tuple[str, str]]:
    """This very page in each language."""
    return [(lang, str(request.url.include_query_params(hl=lang).query)) for lang in LANGUAGES]
