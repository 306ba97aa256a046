import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from api.dashboard.choices import FiguresChoice, FrontChoice
from api.dashboard.texts import FOLDER, Texts, flatten, texts
from models.records import Direction, Grade, Metric, Modality, Qualifier, Stance, Theme, Verdict

NL, EN = texts("nl"), texts("en")
CODE = [path for path in FOLDER.parent.rglob("*") if path.suffix in {".py", ".html"}]
NAMED = re.compile(r"""["']([a-z_]+(?:\.[a-z0-9_]+)*)["']""")
FAMILY = re.compile(r"""["']([a-z_]+\.[a-z_]*)["'] ?~|f["']([a-z_]+\.)\{""")


def forms(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_both_languages_have_the_same_keys() -> None:
    assert set(NL.entries) == set(EN.entries)


@pytest.mark.parametrize("key", sorted(EN.entries))
def test_both_languages_fill_in_the_same_names(key: str) -> None:
    names = [{name for form in forms(t.entries[key]) for name in re.findall(r"\{(\w+)\}", form)} for t in (NL, EN)]
    assert names[0] == names[1]


@pytest.mark.parametrize("key", [key for key, entry in EN.entries.items() if isinstance(entry, dict)])
def test_a_plural_text_has_the_forms_of_its_language(key: str) -> None:
    for t in (NL, EN):
        entry = t.entries[key]
        assert isinstance(entry, dict)
        assert set(entry) == {"one", "other"}


def test_every_key_is_used_and_every_key_used_exists() -> None:
    source = "\n".join(path.read_text("utf-8") for path in CODE)
    named = set(NAMED.findall(source))
    families = tuple(name for pair in FAMILY.findall(source) for name in pair if name)
    unused = {key for key in EN.entries if key not in named and not key.startswith(families)}
    assert not unused
    called = set(re.findall(r"""\bt(?:\.html)?\(["']([a-z_0-9.]+)["'][,)]""", source))
    assert called <= set(EN.entries)


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        ("theme", Theme),
        ("metric", Metric),
        ("modality", Modality),
        ("qualifier", Qualifier),
        ("direction", Direction),
        ("grade", Grade),
        ("verdict", Verdict),
        ("stance", Stance),
    ],
)
def test_every_label_of_the_records_has_a_text(family: str, kind: object) -> None:
    told = {key.partition(".")[2] for key in EN.entries if key.startswith(f"{family}.")}
    assert set(get_args(kind)) - told <= {"range"}  # a range is written with its two ends


def test_every_filter_has_a_name() -> None:
    fields = {*FrontChoice.model_fields, *FiguresChoice.model_fields} - {"cursor", "freq", "mode", "panel", "sort"}
    assert fields <= {key.partition(".")[2] for key in EN.entries if key.startswith("filter.")}


def test_numbers_and_plurals_follow_the_language() -> None:
    assert [NL("count.articles", n=n) for n in (0, 1, 12_345)] == ["0 artikelen", "1 artikel", "12.345 artikelen"]
    assert [EN("count.articles", n=n) for n in (0, 1, 12_345)] == ["0 articles", "1 article", "12,345 articles"]


def test_values_are_escaped_in_markup() -> None:
    written = EN.html("article.by", author="<b>Ann</b>")
    assert str(written) == "By &lt;b&gt;Ann&lt;/b&gt;"


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        EN("no.such")


def test_a_table_of_plural_forms_is_one_text() -> None:
    tree = tomllib.loads('[a]\nother = "x"\nb = "y"\n[c]\none = "1"\nother = "2"')
    assert flatten(tree) == {"a.other": "x", "a.b": "y", "c": {"one": "1", "other": "2"}}


def test_catalogues_are_all_there() -> None:
    assert {path.stem for path in Path(FOLDER).glob("*.toml")} == {"nl", "en"}
    assert Texts("nl").locale.language == "nl"
