"""Writing records to a file as they come, so that memory stays flat however many there are."""

import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from pydantic import BaseModel

from api.exports import sdmx
from api.exports.columns import Column, Kind, columns
from api.sheets import lines
from models.indicator_answers import IndicatorPoint
from models.records import Record

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 10_000  # rows of Parquet that are held at a time
PARQUET = "application/vnd.apache.parquet"


class Format(StrEnum):
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    sdmx_csv = "sdmx-csv"


Writer = Callable[[BinaryIO, type[BaseModel], Iterable[Record]], None]


def write_csv(file: BinaryIO, record: type[BaseModel], rows: Iterable[Record]) -> None:
    """As the API's CSV, with its guard against formulas."""
    file.writelines(part.encode() for part in lines(list(record.model_fields), rows))


def write_jsonl(file: BinaryIO, record: type[BaseModel], rows: Iterable[Record]) -> None:  # noqa: ARG001  a `Writer`
    """One JSON object a line, as the API gives them."""
    file.writelines(row.model_dump_json().encode() + b"\n" for row in rows)


def write_parquet(file: BinaryIO, record: type[BaseModel], rows: Iterable[Record]) -> None:
    """Typed columns in row groups; lists of records are JSON text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields, schema = columns(record), arrow_schema(record)
    with pq.ParquetWriter(_Counted(file), schema, compression="zstd") as writer:
        for group in _groups(rows):
            values = [_flat(row, fields) for row in group]
            writer.write_table(pa.Table.from_pylist(values, schema=schema))


def write_sdmx(file: BinaryIO, record: type[BaseModel], rows: Iterable[Record]) -> None:  # noqa: ARG001  a `Writer`
    """SDMX-CSV 2.0; of `IndicatorPoint`s only."""
    file.writelines(part.encode() for part in sdmx.lines(cast(Iterable[IndicatorPoint], rows)))


WRITERS: dict[Format, Writer] = {
    Format.csv: write_csv,
    Format.jsonl: write_jsonl,
    Format.parquet: write_parquet,
    Format.sdmx_csv: write_sdmx,
}


def arrow_schema(record: type[BaseModel]) -> "pa.Schema":
    """The Parquet schema of a record."""
    import pyarrow as pa

    types: dict[Kind, pa.DataType] = {
        "integer": pa.int64(), "number": pa.float64(), "string": pa.string(), "boolean": pa.bool_(),
        "date": pa.date32(), "datetime": pa.timestamp("us", tz="UTC"), "list": pa.list_(pa.string()),
        "records": pa.string(),
    }  # fmt: skip
    return pa.schema([pa.field(column.name, types[column.kind], column.nullable) for column in columns(record)])


class _Counted:
    """A file that only takes bytes, also a pipe: Parquet asks how far it is."""

    closed = False

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.at = file, 0

    def write(self, data: bytes) -> int:
        self.file.write(data)
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        """The file is closed by who opened it."""


def _groups(rows: Iterable[Record]) -> Iterator[list[Record]]:
    waiting = iter(rows)
    while group := list(islice(waiting, ROW_GROUP)):
        yield group


def _flat(row: Record, fields: Iterable[Column]) -> dict[str, Any]:
    values = row.model_dump()
    nested = [column.name for column in fields if column.kind == "records"]
    return values | {name: None if values[name] is None else json.dumps(values[name], ensure_ascii=False, default=str)
                     for name in nested}  # fmt: skip
