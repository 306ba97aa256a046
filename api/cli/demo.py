"""`zeepbel demo`: the main job on the sample newsroom, from feed to chart."""

import threading
from typing import Annotated

import typer

from api.cli import progress
from api.cli.screen import complain, err, out
from api.cli.serve import Port, run_server
from api.loading import load_analyser, load_embedder
from api.pending import embed_pending
from api.settings import Settings
from models.database import opened
from models.errors import ZeepbelError


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
    out.print(f"Reader: {analyser.model}")
    with progress.bars() as on_event:
        summary = prepare_demo(settings, analyser, on_event, None if serve else load_embedder())
    out.print(str(summary), highlight=False, markup=False)
    if serve:  # the dashboard need not wait for search by meaning
        threading.Thread(target=_place_by_meaning, args=(settings,), daemon=True).start()
        run_server(settings, port or settings.port, analyser)


def _place_by_meaning(settings: Settings) -> None:
    try:
        with opened(settings.database_url) as engine:
            embed_pending(engine, load_embedder(), lambda _step: None)
    except ZeepbelError as error:
        complain(f"no search by meaning: {error}")
