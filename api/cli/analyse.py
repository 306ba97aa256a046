"""`zeepbel analyse`: what is stored and unread, or texts, HTML and JSONL from files or standard input."""

import codecs
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from api.cli import progress
from api.cli.screen import complain, err, out
from api.loading import load_analyser, load_embedder
from api.pending import analyse_pending
from api.settings import Settings
from api.streaming import Refused, answer_all
from crawler import files
from models.database import opened
from models.errors import InputError
from models.records import Document

if TYPE_CHECKING:  # the reader brings PyTorch, which takes seconds to load
    from nlp.analyse import Analyser


def register(app: typer.Typer) -> None:
    app.command()(analyse)


def analyse(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH…|-]")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the given files were published.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read everything stored again, beside the old scores.")
    ] = False,
    model: Annotated[
        str | None, typer.Option(help="A Hugging Face folder or id instead of the shipped reader.")
    ] = None,
) -> None:
    """Read what is stored and not yet analysed; or read PATHs and print a JSON line for each article.

    A PATH is a text, an HTML page, JSON lines or a folder of these; - is standard input.
    """
    settings = Settings()
    if paths and again:
        raise typer.BadParameter("--again goes without paths.")
    with err.status("Loading the reader"):
        analyser = load_analyser(model or settings.model)
    if paths:
        _print_answers(paths, published, analyser)
    else:
        _read_stored(settings, analyser, again)


def _print_answers(paths: list[str], published: str | None, analyser: "Analyser") -> None:
    failed, count = False, 0
    for answer in answer_all(_items(paths, published), analyser):
        sys.stdout.write(answer.model_dump_json() + "\n")
        failed, count = failed or isinstance(answer, Refused), count + 1
    sys.stdout.flush()
    if not count:
        complain("There was nothing to analyse. Give texts, HTML pages or JSON lines.")
    if failed or not count:
        raise typer.Exit(1)


def _items(paths: list[str], published: str | None) -> Iterator[Document | Refused]:
    for path in paths:
        try:
            for item in _standard_input() if path == "-" else files.read_path(Path(path)):
                yield _refused(item) if isinstance(item, files.Unreadable) else _dated(item, published)
        except InputError as error:
            yield Refused(id=path, error=str(error))


def _standard_input() -> Iterator[Document | files.Unreadable]:
    """JSON lines as they come; anything else is one text or HTML page, read whole."""
    name, stream = "standard input", cast(io.BufferedReader, sys.stdin.buffer)
    start = stream.peek(1024).removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"{"):
        yield from files.read_lines(stream, name)
    elif start.startswith(b"<"):
        yield files.read_html(stream.read(), name, datetime.now(UTC))
    else:
        yield files.read_text(stream.read(), name)


def _dated(document: Document, published: str | None) -> Document:
    return type(document).model_validate(document.model_dump() | {"published": published}) if published else document


def _refused(item: files.Unreadable) -> Refused:
    return Refused(id=item.id, error=str(item))


def _read_stored(settings: Settings, analyser: "Analyser", again: bool) -> None:
    embedder = load_embedder()
    with opened(settings.database_url) as engine, progress.bars() as on_step:
        failed = analyse_pending(engine, analyser, on_step, again=again, embedder=embedder)
    out.print(f"Read with {analyser.model}.")
    for article, reason in failed.items():
        complain(f"article {article}: {reason}")
    if failed:
        raise typer.Exit(1)
