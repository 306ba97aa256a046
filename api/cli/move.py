"""`zeepbel move`: everything that is stored, into another database."""

from typing import Annotated

import typer

from api.cli.screen import Json, err, out, print_json, print_table
from api.settings import Settings
from models.database import opened, shown
from models.moving import Moved, move


def register(app: typer.Typer) -> None:
    app.command(name="move")(move_to)


def move_to(
    to: Annotated[str, typer.Argument(metavar="URL", help="postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE")],
    as_json: Json = False,
) -> None:
    """Copy everything from the configured database into an empty one, SQLite or PostgreSQL, all or nothing.

    Prints the rows of each table and the SHA-256 of what they hold, which is the same in both. Stop crawling and
    analysing meanwhile; then set ZEEPBEL_DATABASE_URL to the new address.
    """
    settings = Settings()
    tables: list[Moved] = []
    with err.status("Copying") as status:

        def note(table: Moved) -> None:
            tables.append(table)
            status.update(f"Copied {table.table}, {table.rows} rows")

        with opened(settings.database_url) as old, opened(to) as new:
            move(old, new, note)
    if as_json:
        print_json([vars(table) for table in tables])
        return
    rows = [(table.table, str(table.rows), table.sha256[:16]) for table in tables]
    print_table(f"Moved to {shown(to)}", ("table", "rows", "sha256"), rows, "Nothing was stored.")
    out.print(f"The old database is as it was. Set ZEEPBEL_DATABASE_URL={shown(to)} to go on with the new one.")
