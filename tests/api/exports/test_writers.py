import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pyarrow.parquet as pq
import pytest
from sqlmodel import Session

from api.exports import writers
from api.exports.columns import columns
from api.exports.datasets import DATASETS, Name
from api.exports.writers import WRITERS, Format, write_parquet
from models.records import Record
from models.sentences import ScoredSentence


def written(session: Session, name: Name, form: Format, **asked: Any) -> bytes:
    dataset, file = DATASETS[name], io.BytesIO()
    WRITERS[form](file, dataset.record, dataset.rows(session, dataset.question.model_validate(asked)))
    return file.getvalue()


@pytest.mark.parametrize("name", list(Name))
def test_every_dataset_says_the_same_in_every_format(session: Session, name: Name) -> None:
    fields = columns(DATASETS[name].record)
    sheet = list(csv.DictReader(io.StringIO(written(session, name, Format.csv).decode())))
    rows = [json.loads(line) for line in written(session, name, Format.jsonl).splitlines()]
    table = pq.read_table(io.BytesIO(written(session, name, Format.parquet)))
    assert len(sheet) == len(rows) == table.num_rows
    assert rows or name is Name.guidance
    assert table.column_names == [column.name for column in fields]
    for row, cells, typed in zip(rows, sheet, table.to_pylist(), strict=True):
        assert set(row) == set(cells) == set(typed)
        for column in fields:
            value, found = row[column.name], typed[column.name]
            assert (value is None) == (found is None) or column.kind == "records"
            if column.kind in ("integer", "number", "boolean", "string", "list"):
                assert value == found
            if column.kind == "number" and value is not None:
                assert float(cells[column.name]) == value
            if column.kind == "records":
                assert json.loads(found) == value


def test_parquet_is_typed_and_read_by_pandas(session: Session) -> None:
    frame = pd.read_parquet(
        io.BytesIO(written(session, Name.indicators, Format.parquet, indicator=["capex.MSFT.quarter"]))
    )
    assert frame["value"].dtype == "float64"
    assert frame["start"].iloc[0] == date(2015, 4, 1)
    assert frame["articles"].isna().all()
    articles = pq.read_table(io.BytesIO(written(session, Name.articles, Format.parquet)))
    assert str(articles.schema.field("published").type) == "timestamp[us, tz=UTC]"
    assert str(articles.schema.field("themes").type) == "list<element: string>"
    assert not articles.schema.field("id").nullable


def _sentences(many: int) -> Iterator[Record]:
    for number in range(many):
        yield ScoredSentence(
            article=number, version=1, number=0, start=0, end=9, stance=None, p_hype=0.1, p_caution=0.2, p_neutral=0.7,
            model="m 1",
        )  # fmt: skip


@pytest.mark.parametrize("form", [Format.csv, Format.jsonl, Format.parquet])
def test_memory_stays_flat(tmp_path: Path, form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "ROW_GROUP", 500)
    peaks = []
    for many in (2_000, 8_000):
        with (tmp_path / f"{many}").open("wb") as file:
            tracemalloc.start()
            WRITERS[form](file, ScoredSentence, _sentences(many))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 100_000


def test_parquet_goes_through_a_pipe_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "ROW_GROUP", 100)

    class Pipe:
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def write(self, data: bytes) -> int:
            self.parts.append(bytes(data))
            return len(data)

        def flush(self) -> None:
            """Nothing waits."""

    pipe = Pipe()
    write_parquet(cast(Any, pipe), ScoredSentence, _sentences(250))
    file = pq.ParquetFile(io.BytesIO(b"".join(pipe.parts)))
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 250)
