"""The interface texts, one TOML catalogue a language, with CLDR plurals and the reader's way to write numbers."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

FOLDER = Path(__file__).parent / "texts"
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
LOCALES = {"nl": "nl", "en": "en_GB"}


class Texts:
    """The texts of one language. Calling it with a key gives the text with its `{names}` filled in.

    A text with plural forms takes its form from `n`. Raises `KeyError` for a key that is not in the catalogue.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(LOCALES[lang])
        self.entries = flatten(tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8")))

    def __call__(self, key: str, **values: Any) -> str:
        return self._entry(key, values).format(**self._written(values))

    def html(self, key: str, **values: Any) -> Markup:
        """The same for values that carry markup; plain values are escaped."""
        return Markup(self._entry(key, values)).format(**self._written(values))  # noqa: S704 - the catalogue is ours

    def has(self, key: str) -> bool:
        return key in self.entries

    def _entry(self, key: str, values: dict[str, Any]) -> str:
        entry = self.entries[key]
        if isinstance(entry, str):
            return entry
        return entry.get(self.locale.plural_form(values["n"]), entry["other"])

    def _written(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: self._number(value) if type(value) is int else value for name, value in values.items()}

    def _number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)


def flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, str | dict[str, str]]:
    """Nested tables to dotted keys; a table of nothing but plural forms is one text."""
    flat: dict[str, str | dict[str, str]] = {}
    for name, value in tree.items():
        if isinstance(value, str) or PLURAL_FORMS.issuperset(value):
            flat[prefix + name] = value
        else:
            flat |= flatten(value, f"{prefix}{name}.")
    return flat


@cache
def texts(lang: str) -> Texts:
    return Texts(lang)
