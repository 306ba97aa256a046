"""The reference page at /docs, made from the OpenAPI document without script or any outside request."""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent.parent / "reference"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Every operation with its parameters and answers, and every schema."""
    page = _environment().get_template("page.html")
    return HTMLResponse(page.render(document=request.app.openapi()))


@router.get("/docs/page.css")
def style() -> FileResponse:
    return FileResponse(HERE / "page.css", media_type="text/css")


def type_of(schema: dict[str, Any]) -> str:
    """A schema in a few words: `string (date) or null`, `list of Bar`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(part) for part in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    kind = str(schema.get("type", "any"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    environment.filters["type_of"] = type_of
    return environment
