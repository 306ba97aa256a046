"""`zeepbel doctor`: checks the installation and says what to do."""

import importlib.metadata
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer
from sqlmodel import Session, func, select

from api.cli.collect import configured
from api.cli.screen import Json, out, print_json
from api.settings import Settings
from models.database import opened, shown
from models.errors import ZeepbelError
from models.tables import Article, Score


@dataclass(frozen=True)
class Finding:
    """One thing that was checked."""

    what: str
    good: bool
    detail: str


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(as_json: Json = False) -> None:
    """Check the installation, reader, device, database and sources. Exit code 1 when something is wrong."""
    findings = list(examine(Settings()))
    if as_json:
        print_json([vars(f) for f in findings])
    else:
        for f in findings:
            out.print(
                f"{'[green]ok  [/green]' if f.good else '[red]bad [/red]'} {f.what:<14} {f.detail}", soft_wrap=True
            )
    if not all(f.good for f in findings):
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """The checks in order; a check that fails does not stop the next."""
    checks: dict[str, Callable[[], str]] = {
        "installation": _installation,
        "home": lambda: str(settings.home),
        "database": lambda: _database(settings),
        "sources": lambda: _sources(settings),
        "reader": lambda: _reader(settings),
    }
    for what, check in checks.items():
        try:
            yield Finding(what, good=True, detail=check())
        except ZeepbelError as error:
            yield Finding(what, good=False, detail=str(error))


def _installation() -> str:
    return f"zeepbel {importlib.metadata.version('zeepbel')}, Python {platform.python_version()}"


def _database(settings: Settings) -> str:
    with opened(settings.database_url) as engine, Session(engine) as session:
        articles = session.exec(select(func.count()).select_from(Article)).one()
        scored = session.exec(select(func.count()).select_from(Score).where(Score.current)).one()
        server = session.connection().dialect.server_version_info or ()
    version = ".".join(map(str, server[:2]))
    return f"{shown(settings.database_url)} ({engine.dialect.name} {version}): {articles} articles, {scored} read"


def _sources(settings: Settings) -> str:
    listed = settings.sources if settings.sources.exists() else f"the bundled list, for want of {settings.sources}"
    return f"{len(configured(settings))} in {listed}"


def _reader(settings: Settings) -> str:
    from api.loading import load_analyser
    from models.records import Document

    analyser = load_analyser(settings.model)
    doubt, praise = (
        next(analyser.analyse([Document(id=0, text=text, lang="en")])).net_stance
        for text in (
            "The AI spending spree looks like a bubble that is about to burst, investors warn.",
            "Booming demand shows that spending on AI data centres pays off handsomely.",
        )
    )
    if doubt is None or praise is None or doubt >= praise:
        raise ZeepbelError(
            f"{analyser.model} does not tell a warning from praise. Reinstall Zeepbel or change --model."
        )
    return f"{analyser.model}; a warning scores {doubt:+.2f}, praise {praise:+.2f}"
