"""`zeepbel crawl`: getting articles in from the configured sources."""

import time
from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Annotated

import typer

from api.cli import progress
from api.cli.screen import complain, out
from api.progress import CrawlProgress
from api.settings import Settings
from crawler import sources
from crawler.crawl import Summary, crawl
from crawler.guest import Guest
from crawler.http import Fetcher
from crawler.sources import SourceEntry
from models.database import opened
from models.errors import SettingsError


def register(app: typer.Typer) -> None:
    app.command("crawl")(crawl_sources)


def crawl_sources(
    source: Annotated[list[str] | None, typer.Option(help="Only the sources of these names.")] = None,
    every: Annotated[str | None, typer.Option(metavar="15m", help="Go on, looking again after so long.")] = None,
) -> None:
    """Collect what is new from the configured sources."""
    settings = Settings()
    chosen = choose(configured(settings), source or [])
    pause = _pause(every)
    with opened(settings.database_url) as engine, Fetcher(user_agent(settings)) as fetcher:
        guest = Guest(fetcher)
        while True:
            with progress.bars() as on_step:
                summary = crawl(engine, chosen, fetcher=fetcher, guest=guest, on_event=CrawlProgress(on_step))
            _tell(summary)
            if pause is None:
                raise typer.Exit(1 if summary.failed else 0)
            time.sleep(pause.total_seconds())


def configured(settings: Settings) -> list[SourceEntry]:
    """The entries of ZEEPBEL_SOURCES, or the feeds that come with Zeepbel when there is no such file."""
    return sources.read(settings.sources) if settings.sources.exists() else sources.bundled()


def choose(entries: Sequence[SourceEntry], names: Sequence[str]) -> list[SourceEntry]:
    """The entries of these names, all without names. Raises `SettingsError` on a name that is not there."""
    unknown = sorted(set(names) - {e.name for e in entries})
    if unknown:
        raise SettingsError(f"There is no source named {', '.join(unknown)}. zeepbel doctor says which file is read.")
    return [e for e in entries if e.name in names] if names else list(entries)


def user_agent(settings: Settings) -> str:
    """Who we are and how to reach us. Raises `SettingsError` without a contact: no publisher is visited anonymously."""
    if not settings.contact:
        raise SettingsError(
            "Set ZEEPBEL_CONTACT to an e-mail address or web page where publishers can reach you; it is sent along."
        )
    return f"Zeepbel/{version('zeepbel')} (+{settings.contact})"


def _pause(every: str | None) -> timedelta | None:
    try:
        return sources.interval(every) if every else None
    except ValueError as error:
        raise typer.BadParameter(f"--every {error}") from error


def _tell(summary: Summary) -> None:
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(summary.articles.items()))
    out.print(f"{summary.sources} sources visited, {summary.skipped} not due yet: {counts or 'nothing new'}.")
    for name, reason in summary.failed.items():
        complain(f"{name}: {reason}")
