"""`zeepbel capex`: reported capital expenditure and the public series beside it, from their official sources."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from api.cli import progress
from api.cli.collect import user_agent
from api.cli.screen import Json, complain, print_json, print_table
from api.lookback import look_back
from api.progress import Step
from api.settings import Settings
from crawler import filers, public_series
from crawler.filers import Filer
from crawler.http import Fetcher
from crawler.official import Official
from crawler.public_series import SeriesEntry
from crawler.refresh import Refresh, Refreshed
from models.capex import bundled, load
from models.database import opened, session
from models.errors import SettingsError
from models.vintages import publish_now

NO_CONTACT = (
    "Set ZEEPBEL_CONTACT to an e-mail address or web page where you can be reached: the SEC refuses requests without. "
    "The bundled series needs no update and no network."
)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Reported capital expenditure, and the public series beside it.", no_args_is_help=True)
    group.command()(update)
    group.callback()(_only_a_group)
    app.add_typer(group, name="capex")


def _only_a_group() -> None:
    """Reported capital expenditure, and the public series beside it."""


def update(
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only these companies (by ticker) and series (by id).")
    ] = None,
    accept_fewer: Annotated[
        bool, typer.Option("--accept-fewer", help="Take what comes also where stored values are missing in it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Refresh reported capex from SEC EDGAR and the public series from their publishers.

    Every vintage is kept. What cannot be had, or brings less than there was, leaves what is stored as it is.
    """
    settings = Settings()
    companies, series = _chosen(only or [])
    if not settings.contact:
        raise SettingsError(NO_CONTACT)
    url = settings.database_url
    with opened(url) as engine, Fetcher(user_agent(settings)) as fetcher, progress.bars() as on_step:
        job = Refresh(engine, Official(fetcher, settings.mirror), datetime.now(UTC).date(), accept_fewer)
        done = _run(engine, job, companies, series, on_step)
    _tell(done, as_json)
    raise typer.Exit(1 if any(one.error for one in done) else 0)


def _chosen(names: list[str]) -> tuple[list[Filer], list[SeriesEntry]]:
    companies, series = filers.bundled(), public_series.bundled()
    known = {*(company.ticker for company in companies), *(entry.id for entry in series)}
    if unknown := sorted(set(names) - known):
        raise typer.BadParameter(f"there is no {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    wanted = set(names) or known
    return [c for c in companies if c.ticker in wanted], [e for e in series if e.id in wanted]


def _run(
    engine: Engine, job: Refresh, companies: list[Filer], series: list[SeriesEntry], on_step: Callable[[Step], None]
) -> list[Refreshed]:
    """Update on top of the bundled table; when any value changed, answer later filings again and publish indicators."""
    with session(engine) as unit:
        changed = load(unit, bundled())
    done: list[Refreshed] = []
    total = len(companies) + len(series)
    for one in job.all(companies, series):
        done.append(one)
        on_step(Step("Updating", len(done), total, one.name))
    if changed + sum(one.changed for one in done if one.kind == "capex"):
        with session(engine) as unit:
            look_back(unit)
        publish_now(engine)
    return done


def _tell(done: Iterable[Refreshed], as_json: bool) -> None:
    if as_json:
        print_json([vars(one) for one in done])
        return
    rows = [(one.kind, one.name, one.found, one.changed) for one in done if not one.error]
    print_table("Updated", ("kind", "name", "values", "new or revised"), rows, "Nothing was updated.")
    for one in done:
        if one.error:
            complain(f"{one.name}: {one.error}")
