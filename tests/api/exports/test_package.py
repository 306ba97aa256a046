import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from sqlmodel import Session

from api.exports.columns import columns
from api.exports.datasets import DATASETS, Name
from api.exports.package import UNITS, described, texts, write_package
from api.exports.whole import whole_file
from api.exports.writers import Format
from models.errors import InputError

PROFILE = json.loads((Path(__file__).parent / "datapackage.schema.json").read_text(encoding="utf-8"))


def package(session: Session, folder: Path, form: Format, **asked: Any) -> dict[str, Any]:
    questions = {name: DATASETS[name].question.model_validate({} if name is Name.sources else asked) for name in
                 ((Name.articles, Name.sources) if asked else Name)}  # fmt: skip
    write_package(folder, session, questions, form)
    descriptor: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema_rs.Draft202012Validator(PROFILE, validate_formats=True).validate(descriptor)
    return descriptor


@pytest.mark.parametrize("form", [Format.csv, Format.jsonl, Format.parquet])
def test_a_package_of_everything_keeps_to_the_standard(session: Session, tmp_path: Path, form: Format) -> None:
    descriptor = package(session, tmp_path / "package", form)
    assert [resource["name"] for resource in descriptor["resources"]] == [str(name) for name in Name]
    assert len(list((tmp_path / "package").iterdir())) == len(Name) + 1
    for resource in descriptor["resources"]:
        data = (tmp_path / "package" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if form is Format.jsonl:
            assert resource["rows"] == data.count(b"\n")


def test_the_rows_of_a_csv_are_as_its_schema_says(session: Session, tmp_path: Path) -> None:
    for resource in package(session, tmp_path / "package", Format.csv)["resources"]:
        with (tmp_path / "package" / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        schema = resource["schema"]
        assert len(rows) == resource["rows"]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys), resource["name"]
        for field in schema["fields"]:
            for value in (row[field["name"]] for row in rows):
                assert value or not field.get("constraints"), field
                if value and field["type"] == "integer":
                    int(value)
                if value and field["type"] == "number":
                    float(value)
                if value and field["type"] == "array":
                    assert isinstance(json.loads(value), list)


def test_the_filters_and_the_method_are_noted(session: Session, tmp_path: Path) -> None:
    articles, sources = package(session, tmp_path / "p", Format.csv, **{"lang": ["nl"], "from": "2025-01-01"})[
        "resources"
    ]
    assert articles["filters"] == {"lang": ["nl"], "from": "2025-01-01"}
    assert articles["method"] == "net-stance 1"
    assert sources["filters"] == {}
    assert next(f for f in articles["schema"]["fields"] if f["name"] == "net_stance")["unit"] == "[-1, 1]"


def test_every_field_is_described_in_both_languages() -> None:
    assert texts("en").keys() == texts("nl").keys()
    used = set()
    for name, dataset in DATASETS.items():
        for column in columns(dataset.record):
            used.add(column.name)
            assert described(name, column.name, "en") != described(name, column.name, "nl"), (name, column.name)
            assert texts("en").get(name, {}).keys() == texts("nl").get(name, {}).keys()
    assert set(texts("en")["fields"]) == set(texts("nl")["fields"]) <= used
    assert {unit.rpartition(".")[2] for unit in UNITS} <= used


def test_nothing_of_the_readers_is_overwritten(session: Session, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(InputError, match="not an empty folder"):
        package(session, tmp_path, Format.csv)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "old") as file:
        file.write(bytes(1 // 0))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old", b"old")]
    with pytest.raises(InputError, match="cannot be written"), whole_file(tmp_path / "no" / "where"):
        pass
