"""`zeepbel export | purge`: taking data out, and removing it."""

import csv
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import BaseModel
from sqlmodel import Session

from api.cli.answers import Frequency, Many, Since, Until, filters
from api.cli.screen import database, out
from api.sheets import cell
from models import articles, capex, figures, ledger, series, sources, stance_capex
from models.answers import ArticleHit, CapexPoint, CitedFigure, SourceState, StanceCapexPoint, StancePoint
from models.claim_answers import ClaimHit
from models.figures import Wanted
from models.filters import Filters
from models.purge import purge_before, purge_source, purge_url


class Format(StrEnum):
    csv = "csv"
    jsonl = "jsonl"


class Dataset(StrEnum):
    articles = "articles"
    figures = "figures"
    claims = "claims"
    stance = "stance"
    capex = "capex"
    stance_capex = "stance-capex"
    sources = "sources"


Rows = Callable[[Session, Filters, str], Iterable[BaseModel]]
DATASETS: dict[Dataset, tuple[type[BaseModel], Rows]] = {
    Dataset.articles: (ArticleHit, lambda s, f, _: articles.every(s, f)),
    Dataset.figures: (CitedFigure, lambda s, f, _: figures.every_figure(s, f, Wanted())),
    Dataset.claims: (ClaimHit, lambda s, f, _: ledger.every_claim(s, f, Wanted())),
    Dataset.stance: (StancePoint, lambda s, f, freq: series.stance_series(s, f, freq).points),  # type: ignore[arg-type]
    Dataset.capex: (CapexPoint, lambda s, f, _: capex.reported(s, since=f.since, until=f.until)),
    Dataset.stance_capex: (StanceCapexPoint, lambda s, f, _: stance_capex.stance_capex(s, f, ()).points),
    Dataset.sources: (SourceState, lambda s, _f, _: sources.register(s)),
}


def register(app: typer.Typer) -> None:
    app.command()(export)
    app.command()(purge)


def export(
    dataset: Dataset,
    format: Annotated[Format, typer.Option()] = Format.csv,  # noqa: A002  the name of the option
    query: Annotated[str, typer.Option("--q")] = "",
    freq: Annotated[Frequency, typer.Option()] = Frequency.quarter,
    lang: Many = None,
    theme: Many = None,
    org: Many = None,
    source: Many = None,
    stance: Many = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write a dataset to standard output, with the same filters as the API, streaming."""
    columns, rows = DATASETS[dataset]
    wanted = filters(query, lang, theme, org, source, stance, since, until)
    with database() as session:
        records = rows(session, wanted, freq.value)
        _write_csv(columns, records) if format is Format.csv else _write_lines(records)


def _write_csv(columns: type[BaseModel], records: Iterable[BaseModel]) -> None:
    names = list(columns.model_fields)
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    for record in records:
        values = record.model_dump()
        writer.writerow([cell(values[name]) for name in names])


def _write_lines(records: Iterable[BaseModel]) -> None:
    for record in records:
        sys.stdout.write(record.model_dump_json() + "\n")


def purge(
    source: Annotated[str | None, typer.Option(help="Remove this source and its articles.")] = None,
    url: Annotated[str | None, typer.Option(help="Remove the article of this URL.")] = None,
    before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Remove what was published before.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a source, a URL or what is older than a day, with everything that was read in it."""
    if [source, url, before].count(None) != 2:  # noqa: PLR2004
        raise typer.BadParameter("Give exactly one of --source, --url and --before.")
    if not yes:
        typer.confirm(f"Remove {source or url or f'all before {before:%Y-%m-%d}'} for good?", abort=True)
    with database() as session:
        if source:
            removed = purge_source(session, source)
        elif url:
            removed = purge_url(session, url)
        elif before:
            removed = purge_before(session, before.date())
    out.print(f"{removed} articles removed.")
