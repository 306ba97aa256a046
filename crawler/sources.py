"""The sources that are crawled: `sources.toml`, checked line by line, and their rows in the database."""

import re
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlmodel import Session, select

from crawler.identity import normalise
from models.errors import SettingsError
from models.tables import Source

Kind = Literal["rss", "atom", "json", "sitemap", "page"]
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
ENTRY = re.compile(r"^\s*\[\[\s*source\s*\]\]", re.MULTILINE)


def _web_address(url: str) -> str:
    if normalise(url) is None:
        raise ValueError("must be an http or https address without a user name")
    return url


def interval(text: Any) -> Any:
    """A span of time such as `15m`, `2h` or `1d`."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", text) if isinstance(text, str) else None
    if not found:
        raise ValueError("must be a number and a unit, such as 15m, 2h or 1d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


class SourceEntry(BaseModel):
    """One `[[source]]` of sources.toml. `every`: least time between visits; `rights`: an agreement that you have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]
    url: Annotated[str, AfterValidator(_web_address)]
    kind: Kind
    lang: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = None
    paywall: bool = False
    every: Annotated[timedelta, BeforeValidator(interval)] = timedelta(minutes=15)
    rights: Literal["licensed", "own"] | None = None
    allow_private: bool = False
    sample: bool = False


def read(path: Path) -> list[SourceEntry]:
    """The entries of a sources file. Raises `SettingsError` that names the entry and its line for every mistake."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"The sources file {path} cannot be read ({error}).") from error
    return parse(text, str(path))


def bundled() -> list[SourceEntry]:
    """The entries that come with Zeepbel: Dutch and English feeds seen in use."""
    return parse(files("crawler").joinpath("data/sources.toml").read_text("utf-8"), "the bundled sources.toml")


def parse(text: str, name: str) -> list[SourceEntry]:
    """The entries of a sources file's text; `name` stands in the errors, which are `SettingsError`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name} is not valid TOML: {error}.") from error
    entries = tables.pop("source", [])
    if tables or not isinstance(entries, list):
        raise SettingsError(f"{name} may hold [[source]] entries only; remove {', '.join(tables) or 'source = …'}.")
    lines = [text.count("\n", 0, found.end()) + 1 for found in ENTRY.finditer(text)]
    lines += [0] * (len(entries) - len(lines))  # entries written as an inline list have no line of their own
    problems: list[str] = []
    read = [_entry(entry, line, problems) for entry, line in zip(entries, lines, strict=False)]
    good = [entry for entry in read if entry]
    problems += _doubles(good)
    if problems:
        raise SettingsError(f"{name} has {len(problems)} mistakes to correct: " + "; ".join(problems) + ".")
    return good


def _entry(entry: Any, line: int, problems: list[str]) -> SourceEntry | None:
    try:
        return SourceEntry.model_validate(entry)
    except ValidationError as error:
        name = entry.get("name", "without a name") if isinstance(entry, dict) else "not a table"
        for mistake in error.errors():
            field = ".".join(str(part) for part in mistake["loc"])
            problems.append(
                f"line {line}, source {name!r}: {field} {mistake['msg'].removeprefix('Value error, ')}".strip()
            )
        return None


def _doubles(entries: list[SourceEntry]) -> list[str]:
    names = [entry.name for entry in entries]
    return [
        f"the name {name!r} is used {names.count(name)} times" for name in dict.fromkeys(names) if names.count(name) > 1
    ]


def sync(session: Session, entries: Sequence[SourceEntry]) -> None:
    """Make rows of `Source` for the entries, or bring them up to date, by name."""
    known = {source.name: source for source in session.exec(select(Source))}
    for entry in entries:
        source = known.get(entry.name) or Source(name=entry.name, url=entry.url, kind=entry.kind)
        if source.url != entry.url or source.kind != entry.kind:
            source.etag = source.last_modified = source.next_visit = None
        source.sqlmodel_update(entry.model_dump(include={"url", "kind", "lang", "paywall", "rights", "sample"}))
        source.active = True
        session.add(source)
