"""`zeepbel export`: any dataset in any format, or several as a data package."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from api.cli.answers import Frequency, Many
from api.cli.screen import err
from api.dependencies import reading
from api.exports.datasets import DATASETS, Name
from api.exports.package import write_package
from api.exports.whole import whole_file
from api.exports.writers import WRITERS, Format
from api.parameters import Reader
from api.settings import Settings

Language = Annotated[str, typer.Option("--hl", metavar="nl|en", help="Language of definitions and descriptions.")]


def register(app: typer.Typer) -> None:
    app.command()(export)


def export(
    datasets: Annotated[list[Name] | None, typer.Argument(metavar="DATASET…")] = None,
    form: Annotated[Format, typer.Option("--format", help="sdmx-csv is for indicators and vintages.")] = Format.csv,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write here instead of to standard output.")
    ] = None,
    package: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a data package of the datasets, all without any.")
    ] = None,
    query: Annotated[str | None, typer.Option("--q", help='Words, "a phrase", prefix*.')] = None,
    lang: Many = None,
    theme: Many = None,
    org: Many = None,
    source: Many = None,
    stance: Many = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    sort: Annotated[str | None, typer.Option(help="Of articles or claims.")] = None,
    freq: Annotated[Frequency | None, typer.Option(help="Of stance.")] = None,
    mode: Annotated[str | None, typer.Option(help="Of articles: words, meaning or hybrid (the 200 best).")] = None,
    model: Annotated[str | None, typer.Option(help="Of stance: the scores of this model, name and version.")] = None,
    panel: Annotated[str | None, typer.Option(help="Of stance: open, or fixed.")] = None,
    metric: Many = None,
    unit: Many = None,
    period: Many = None,
    verdict: Many = None,
    modality: Many = None,
    by: Annotated[str | None, typer.Option(help="Of guidance: company or source.")] = None,
    company: Many = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Of indicators and vintages: ids.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of indicators: as known at the end of this day.")
    ] = None,
    hl: Language = "en",
) -> None:
    """Write a dataset to standard output or a file, or several as a data package.

    The filters are those of the API, each for the datasets that know it. Rows are streamed, without a limit.
    DATASET is articles, sentences, stories, figures, claims, guidance, stance, capex, stance-capex, sources,
    indicators, vintages or catalogue.
    """
    options = {
        "q": query, "lang": lang, "theme": theme, "org": org, "source": source, "stance": stance, "from": since,
        "to": until, "sort": sort, "freq": freq, "mode": mode, "model": model,
        "panel": panel, "metric": metric, "unit": unit, "period": period,
        "verdict": verdict, "modality": modality, "by": by, "company": company, "indicator": indicator, "as_of": as_of,
    }  # fmt: skip
    given = {name: value for name, value in options.items() if value}
    if package:
        _package(datasets or list(DATASETS), form, package, output, given, hl)
    else:
        _one(datasets or [], form, output, given, hl)


def _one(datasets: list[Name], form: Format, output: Path | None, given: dict[str, Any], hl: str) -> None:
    if len(datasets) != 1:
        raise typer.BadParameter("Give one dataset, or --package FOLDER for several.")
    dataset, asked = DATASETS[datasets[0]], _question(datasets[0], given, hl)
    if form is Format.sdmx_csv and datasets[0] not in (Name.indicators, Name.vintages):
        raise typer.BadParameter("sdmx-csv is for indicators and vintages.")
    if form is Format.parquet and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is not for a terminal. Give --output FILE.")
    with reading(Settings().database_url) as session:
        rows = dataset.rows(session, asked)
        if output is None:
            WRITERS[form](sys.stdout.buffer, dataset.record, rows)
            sys.stdout.flush()
            return
        with whole_file(output) as file:
            WRITERS[form](file, dataset.record, rows)


def _package(
    datasets: list[Name],
    form: Format,
    folder: Path,
    output: Path | None,
    given: dict[str, Any],
    hl: str,
) -> None:
    if output:
        raise typer.BadParameter("--output goes without --package.")
    if form is Format.sdmx_csv:
        raise typer.BadParameter("A package holds csv, jsonl or parquet.")
    _known_somewhere(datasets, given)
    questions = {name: _question(name, _known(name, given), hl) for name in dict.fromkeys(datasets)}
    with reading(Settings().database_url) as session:
        written = write_package(folder, session, questions, form, "nl" if hl == "nl" else "en")
    err.print(f"{folder}: " + ", ".join(f"{rows} {name}" for name, rows in written.items()), highlight=False)


def _known(name: Name, given: dict[str, Any]) -> dict[str, Any]:
    return {option: value for option, value in given.items() if option in DATASETS[name].filters()}


def _known_somewhere(datasets: list[Name], given: dict[str, Any]) -> None:
    """A filter that no dataset knows would silently filter nothing."""
    for option in given:
        if not any(option in DATASETS[name].filters() for name in datasets):
            raise typer.BadParameter(f"None of the datasets has a filter {_written(option)}.")


def _question(name: Name, given: dict[str, Any], hl: str) -> Reader:
    """What is asked, checked as the API checks it."""
    try:
        return DATASETS[name].question.model_validate({**given, "hl": hl})
    except ValidationError as error:
        raise typer.BadParameter("; ".join(_fault(name, dict(item)) for item in error.errors())) from error


def _fault(name: Name, item: dict[str, Any]) -> str:
    option = _written(str(item["loc"][0]))
    if item["type"] == "extra_forbidden":
        return f"{name} has no filter {option}."
    return f"{option}: {item['msg']}."


def _written(option: str) -> str:
    return "--" + option.replace("_", "-")
