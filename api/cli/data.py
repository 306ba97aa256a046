"""`zeepbel purge`: removing what is kept."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from api.cli.screen import database, out
from models.purge import purge_before, purge_source, purge_url
from models.vintages import publish


def register(app: typer.Typer) -> None:
    app.command()(purge)


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
        publish(session, datetime.now(UTC).date())
    out.print(f"{removed} articles removed.")
