"""Progress bars for crawling and analysing, drawn from events; nothing but lines where there is no terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.cli.screen import err
from api.progress import Step


@contextmanager
def bars() -> Iterator[Callable[[Step], None]]:
    """A function that takes steps: each named job gets a bar of its own."""
    columns: list[Any] = [
        TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    ]  # fmt: skip
    jobs: dict[str, TaskID] = {}
    with Progress(*columns, console=err) as progress:

        def on_step(step: Step) -> None:
            if step.job not in jobs:
                jobs[step.job] = progress.add_task(step.job, total=step.total, note="")
            progress.update(jobs[step.job], completed=step.done, total=step.total, note=step.note)

        yield on_step
