"""The command `zeepbel`: one file a group of commands, registered here."""

import sys

import typer

from api.cli import analyse, answers, capex, changes, collect, data, demo, doctor, export, move, serve
from api.cli.screen import complain
from models.errors import ZeepbelError

app = typer.Typer(
    name="zeepbel",
    help="News about the AI boom: hype against caution, cited figures checked, reported capex beside it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (demo, collect, analyse, answers, changes, capex, export, data, serve, move, doctor):
    group.register(app)


def main() -> None:
    """Run the command line. Exit code 0, 1 when something failed, 2 for a wrong call."""
    try:
        app()
    except ZeepbelError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stderr.close()
        sys.exit(0)
