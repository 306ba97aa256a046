"""`zeepbel serve`: API and dashboard."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.screen import err, out
from api.loading import load_analyser
from api.settings import Settings
from models.errors import ModelError, SettingsError

if TYPE_CHECKING:  # the reader brings PyTorch, which takes seconds to load
    from nlp.analyse import Analyser

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Where the dashboard answers, on 127.0.0.1.")]
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(port: Port = None) -> None:
    """Serve API and dashboard on loopback."""
    settings = Settings()
    analyser = None
    with err.status("Loading the reader"):
        try:
            analyser = load_analyser(settings.model)
        except ModelError as error:  # everything but analysing a text works without it
            err.print(f"[yellow]No reader:[/yellow] {error}")
    run_server(settings, port or settings.port, analyser)


def run_server(settings: Settings, port: int, analyser: "Analyser | None") -> None:
    """Serve until interrupted. Raises `SettingsError` when asked to listen beyond this machine."""
    import uvicorn

    from api.app import create_app

    if settings.host not in _LOOPBACK:
        raise SettingsError(
            f"ZEEPBEL_HOST is {settings.host}, but without keys Zeepbel answers on this machine only. Use 127.0.0.1."
        )
    out.print(f"Dashboard: [link]http://{settings.host}:{port}/[/link]  (Ctrl-C ends it)")
    uvicorn.run(create_app(settings, analyser), host=settings.host, port=port, log_level="warning", server_header=False)
