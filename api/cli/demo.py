"""`zeepbel demo`: the main job on the sample newsroom, from feed to chart."""

from typing import Annotated

import typer

from api.cli import progress
from api.cli.screen import err, out
from api.cli.serve import Port, run_server
from api.loading import load_analyser, load_embedder
from api.settings import Settings
from models.database import open_database


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    port: Port = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the dashboard at the end.")] = True,
    model: Annotated[
        str | None, typer.Option(help="A Hugging Face folder or id instead of the shipped reader.")
    ] = None,
) -> None:
    """Serve the sample newsroom on loopback, crawl it, analyse it, load capex, and serve the dashboard."""
    from api.demo.run import prepare_demo

    settings = Settings()
    with err.status("Loading the reader"):
        analyser = load_analyser(model or settings.model)
        embedder = load_embedder()
    out.print(f"Reader: {analyser.model}")
    with progress.bars() as on_event:
        summary = prepare_demo(settings, analyser, on_event, embedder)
    out.print(str(summary), highlight=False, markup=False)
    if serve:
        run_server(settings, port or settings.port, analyser)
    else:
        open_database(settings.database_url).dispose()
