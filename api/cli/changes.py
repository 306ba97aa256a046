"""`zeepbel changes`: turning points and unusual periods in a terminal, with what moved them."""

from typing import Annotated, Any

import typer
from rich.markup import escape

from api.cli.answers import Frequency, Many, PanelChoice, Since, Until, filters
from api.cli.screen import Json, database, out, print_json, print_table
from models.change_answers import Change
from models.changes import changes as changes_of


def register(app: typer.Typer) -> None:
    app.command()(changes)


def changes(
    query: Annotated[str, typer.Argument()] = "",
    freq: Annotated[Frequency, typer.Option()] = Frequency.week,
    lang: Many = None,
    theme: Many = None,
    org: Many = None,
    source: Many = None,
    since: Since = None,
    until: Until = None,
    panel: PanelChoice = "open",
    as_json: Json = False,
) -> None:
    """Turning points and unusual periods of the mood, each with what moved it."""
    with database() as session:
        wanted = filters(query, lang, theme, org, source, None, since, until)
        answer = changes_of(session, wanted, freq.value, panel=panel)
    if as_json:
        print_json(answer.model_dump(mode="json"))
        return
    columns = ("period", "kind", "before", "after", "mood", "make-up", "moved most by", "story")
    empty = f"No change found in the {answer.valued} periods that have a value (8 are needed). Try another --freq."
    print_table("Changes of net stance", columns, [_row(change) for change in answer.changes], empty)
    if answer.changes:
        out.print("Mood: outlets that changed. Make-up: other outlets were heard. --json has all shares.", style="dim")


def _row(change: Change) -> tuple[Any, ...]:
    mover, story = change.sources[0], next(iter(change.stories), None)
    return (
        change.period, change.kind.replace("_", " "), change.before, change.after, change.mood, change.make_up,
        f"{escape(mover.source)} ({mover.contribution:+.2f})",
        f"{escape(story.title)} ({story.contribution:+.2f})" if story else None,
    )  # fmt: skip
