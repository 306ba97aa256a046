"""What all commands share on the screen: consoles, settings, printing rows as a table or as JSON lines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from api.settings import Settings
from models.database import opened

out = Console()
err = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def complain(message: str) -> None:
    err.print(f"[red]zeepbel:[/red] {message}", highlight=False, soft_wrap=True, markup=True)


@contextmanager
def database() -> Iterator[Session]:
    """A session on the configured database, committed at the end."""
    with opened(Settings().database_url) as engine, Session(engine) as unit:
        yield unit
        unit.commit()


def print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], empty: str) -> None:
    """A table, or one line saying that there is nothing; numbers stand to the right."""
    table = Table(title=title, title_justify="left", header_style="bold")
    listed = [[_cell(v) for v in row] for row in rows]
    if not listed:
        out.print(empty)
        return
    for i, name in enumerate(columns):
        numeric = all(row[i].replace(",", "").replace(".", "").lstrip("+-").isdigit() for row in listed if row[i])
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*row)
    out.print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:+.2f}" if isinstance(value, float) else str(value)
