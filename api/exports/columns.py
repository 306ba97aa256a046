"""What the fields of a record are as columns: the one reading of its types for Parquet and for table schemas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Kind = Literal["integer", "number", "string", "boolean", "date", "datetime", "list", "records"]

PLAIN: Mapping[Any, Kind] = {
    int: "integer", float: "number", str: "string", bool: "boolean", date: "date", datetime: "datetime",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column: `list` holds texts, `records` lists of records, as JSON text in flat formats."""

    name: str
    kind: Kind
    nullable: bool


def columns(record: type[BaseModel]) -> list[Column]:
    """The columns of a record, in its order."""
    return [_column(name, field.annotation) for name, field in record.model_fields.items()]


def _column(name: str, annotation: Any) -> Column:
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    (kept,) = (part for part in parts if part is not NoneType)
    return Column(name, _kind(kept), NoneType in parts)


def _kind(annotation: Any) -> Kind:
    if annotation in PLAIN:
        return PLAIN[annotation]
    if get_origin(annotation) is Literal:
        return "string"
    if get_origin(annotation) is not list:
        raise TypeError(f"there is no kind of column for {annotation}")
    (item,) = get_args(annotation)
    return "records" if isinstance(item, type) and issubclass(item, BaseModel) else "list"
