"""Frictionless data packages (Data Package 2.0): the files, and what a stranger needs to know to use them."""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlmodel import Session

from api.exports.columns import Column, Kind, columns
from api.exports.datasets import DATASETS, Dataset, Name
from api.exports.whole import whole_folder
from api.exports.writers import PARQUET, WRITERS, Format
from api.parameters import Reader
from models.methods import ReaderLanguage
from models.records import Record

PROFILES = "https://datapackage.org/profiles/2.0"
APACHE = {"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0", "title": "Apache License 2.0"}
MEDIA_TYPES = {Format.csv: "text/csv", Format.jsonl: "application/x-ndjson", Format.parquet: PARQUET}
EDGAR = "https://www.sec.gov/edgar"

# by field, or by dataset and field; what has another unit says so in a column of its own
UNITS = {
    "net_stance": "[-1, 1]", "lower": "[-1, 1]", "upper": "[-1, 1]", "relevance": "[0, 1]", "intensity": "[0, 1]",
    "hype_share": "[0, 1]", "caution_share": "[0, 1]", "p_hype": "[0, 1]", "p_caution": "[0, 1]",
    "p_neutral": "[0, 1]", "capex": "USD", "capex_growth": "1", "capex.value": "USD", "ratio": "1",
}  # fmt: skip
TYPES: dict[Kind, str] = {"list": "array", "records": "array"}


def write_package(
    folder: Path,
    session: Session,
    questions: Mapping[Name, Reader],
    form: Format,
    hl: ReaderLanguage = "en",
) -> dict[Name, int]:
    """Write each dataset under its question, and `datapackage.json`; returns the rows of each.

    The folder is there whole or not at all. Raises `InputError` when it is not empty or cannot be written.
    """
    with whole_folder(folder) as filling:
        resources = [_resource(filling, session, name, asked, form, hl) for name, asked in questions.items()]
        descriptor = json.dumps(_descriptor(resources, hl), ensure_ascii=False, indent=2)
        (filling / "datapackage.json").write_text(descriptor + "\n", encoding="utf-8")
    return {Name(resource["name"]): resource["rows"] for resource in resources}


@cache
def texts(hl: ReaderLanguage) -> dict[str, Any]:
    """Titles and descriptions of datasets and fields."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{hl}.toml").read_text(encoding="utf-8"))


def described(name: Name, field: str, hl: ReaderLanguage) -> str:
    """What a field of a dataset holds."""
    known = texts(hl)
    text: str = known.get(name, {}).get(field) or known["fields"][field]
    return text


class _Measured:
    """A file that counts and hashes what is written."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.bytes, self.hash = file, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.bytes += len(data)
        self.hash.update(data)
        return self.file.write(data)

    def writelines(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self.write(part)

    def flush(self) -> None:
        self.file.flush()


class _Tally:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Record]) -> None:
        self.rows, self.passed = rows, 0

    def __iter__(self) -> Iterator[Record]:
        for row in self.rows:
            self.passed += 1
            yield row


def _resource(
    folder: Path,
    session: Session,
    name: Name,
    asked: Reader,
    form: Format,
    hl: ReaderLanguage,
) -> dict[str, Any]:
    dataset, path = DATASETS[name], folder / f"{name}.{form}"
    rows = _Tally(dataset.rows(session, asked))
    with path.open("wb") as file:
        measured = _Measured(file)
        WRITERS[form](cast(BinaryIO, measured), dataset.record, rows)
    text = texts(hl)["datasets"][name]
    found = {
        "name": name,
        "type": "table",
        "path": path.name,
        "title": text["title"],
        "description": text["description"],
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "encoding": None if form is Format.parquet else "utf-8",
        "bytes": measured.bytes,
        "hash": f"sha256:{measured.hash.hexdigest()}",
        "rows": rows.passed,
        "method": dataset.method,
        "filters": asked.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"hl"}),
        "schema": _schema(name, dataset, form, hl),
    }
    return {key: value for key, value in found.items() if value is not None}


def _schema(name: Name, dataset: Dataset, form: Format, hl: ReaderLanguage) -> dict[str, Any]:
    fields = [_field(name, column, form, hl) for column in columns(dataset.record)]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": fields,
        "primaryKey": list(dataset.key),
        "missingValues": [""],
    }


def _field(name: Name, column: Column, form: Format, hl: ReaderLanguage) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.kind, column.kind),
        "description": described(name, column.name, hl),
    }
    if column.kind == "list" and form is Format.csv:
        found |= {"type": "list", "delimiter": "; "}
    if unit := UNITS.get(f"{name}.{column.name}") or UNITS.get(column.name):
        found["unit"] = unit
    if not column.nullable and column.kind not in ("string", *TYPES):  # an empty text or list is an empty cell
        found["constraints"] = {"required": True}
    return found


def _descriptor(resources: list[dict[str, Any]], hl: ReaderLanguage) -> dict[str, Any]:
    text = texts(hl)["package"]
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "zeepbel",
        "title": text["title"],
        "description": text["description"],
        "version": version("zeepbel"),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "licenses": [APACHE],
        "sources": [{"title": text["news"]}, {"title": text["filings"], "path": EDGAR}],
        "resources": resources,
    }
