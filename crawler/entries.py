"""Declarative entries in TOML: an array of tables, each checked against its model."""

import tomllib
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models.errors import SettingsError

Entry = TypeVar("Entry", bound=BaseModel)


def parse(text: str, table: str, model: type[Entry], *, key: str, name: str) -> list[Entry]:
    """The entries `[[table]]` of a TOML text; `key` is the field that must differ, `name` stands in the errors.

    Raises `SettingsError` that names every entry with a mistake.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name} is not valid TOML: {error}.") from error
    entries = tables.pop(table, None)
    if tables or not isinstance(entries, list):
        raise SettingsError(f"{name} must hold [[{table}]] entries and nothing else.")
    problems: list[str] = []
    good = [entry for number, given in enumerate(entries, 1) if (entry := _entry(given, number, model, problems))]
    keys = [getattr(entry, key) for entry in good]
    problems += [f"{key} {value!r} is used twice" for value in sorted({k for k in keys if keys.count(k) > 1})]
    if problems:
        raise SettingsError(f"{name} has mistakes to correct: {'; '.join(problems)}.")
    return good


def _entry(given: object, number: int, model: type[Entry], problems: list[str]) -> Entry | None:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems.extend(
            f"entry {number}: {'.'.join(map(str, mistake['loc']))} {mistake['msg']}" for mistake in error.errors()
        )
        return None
