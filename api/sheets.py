"""CSV beside every collection: streamed, every column, safe to open in a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from starlette.responses import StreamingResponse

from models.records import Record

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS_A_CHUNK = 200


def sheet(name: str, columns: type[BaseModel], rows: Iterable[Record]) -> StreamingResponse:
    """The rows as a CSV file; the columns are the fields of the record, in its order."""
    return StreamingResponse(
        lines(list(columns.model_fields), rows),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="zeepbel-{name}.csv"'},
    )


def cell(value: Any) -> Any:
    """A value as a cell: lists joined by "; ", records as JSON, text that a spreadsheet would calculate made plain."""
    if isinstance(value, list):
        plain = all(isinstance(item, str) for item in value)
        return cell("; ".join(value) if plain else json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def lines(columns: list[str], rows: Iterable[Record]) -> Iterator[str]:
    """The file in parts, header first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        values = row.model_dump()
        writer.writerow([cell(values[column]) for column in columns])
        if number % ROWS_A_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
