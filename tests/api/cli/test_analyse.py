"""`zeepbel analyse` as a user runs it: a process of its own, real files, the shipped reader."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.model

DUTCH = """Zeepbel of goudmijn?

De kwartaaluitgaven van Amazon, Google, Meta en Microsoft stegen in twee jaar van zo’n 37 miljard naar ruim \
97 miljard dollar. Dat is een toename van meer dan 150 procent, zonder dat de omzet in dat tempo \
meegroeit. Analisten vrezen een zeepbel.

Critici waarschuwen dat veel geleend geld nooit wordt terugverdiend."""
BODY = "".join(f"<p>{p}</p>" for p in DUTCH.split("\n\n")[1:] * 2)
PAGE = f"""<!doctype html><html lang="nl"><head><title>Zeepbel of goudmijn?</title>
<meta property="article:published_time" content="2025-11-01T08:00:00+01:00"></head><body><nav>Menu</nav><article>
<h1>Zeepbel of goudmijn?</h1>{BODY}</article></body></html>"""
LINES = [
    {
        "id": "en",
        "sentences": ["Capex rose 42% to $35.1bn.", "Critics call the boom a bubble."],
        "published": "2025-11",
    },
    {"id": "de", "text": "Die Ausgaben für Rechenzentren steigen weiter, und die Banken werden vorsichtig."},
    {"id": "both", "text": "x", "sentences": ["y"]},
    {"id": "date", "text": "Spending rose again last year.", "published": "someday"},
    {"id": 7, "title": "Growth", "text": "Strong demand for chips pays off.", "lang": "en", "published": None},
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[Any, dict[str, Any]]:
    """One run over everything, as starting the reader takes seconds; its exit code is under `code`."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text(DUTCH, "utf-8")
    (folder / "b.html").write_text(PAGE, "utf-8")
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "e.txt").write_bytes("Beleggers zijn bezorgd: de financiële zeepbel zwelt aan.".encode("cp1252"))
    lines = "\n".join([*map(json.dumps, LINES), "{not json"])
    command = [sys.executable, "-c", "from api.cli import main; main()", "analyse", str(folder), "-", "missing.txt",
               "--published", "2025-11-01"]  # fmt: skip
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False, cwd=folder)
    found = {a["id"]: a for a in map(json.loads, done.stdout.decode().splitlines())}
    short = {Path(k).name if isinstance(k, str) else k: a for k, a in found.items()}
    return {"code": {"exit": done.returncode, "order": list(short)}, **short}


def test_answers_come_in_order_and_failures_set_the_exit_code(answers: dict[Any, dict[str, Any]]) -> None:
    order = ["a.txt", "b.html", "c.txt", "d.txt", "e.txt", "en", "de", "both", "date", 7, "line 6", "missing.txt"]
    assert answers["code"] == {"exit": 1, "order": order}


@pytest.mark.parametrize(
    ("name", "part"),
    [("c.txt", "empty"), ("d.txt", "not text"), ("both", "either 'text' or 'sentences'"), ("date", "published"),
     ("line 6", "not valid JSON"), ("missing.txt", "no file or folder")],
)  # fmt: skip
def test_bad_input_is_said_clearly(answers: dict[Any, dict[str, Any]], name: str, part: str) -> None:
    assert set(answers[name]) == {"id", "error"}
    assert part in answers[name]["error"]


@pytest.mark.parametrize("name", ["a.txt", "b.html"])
def test_reads_a_dutch_article(answers: dict[Any, dict[str, Any]], name: str) -> None:
    answer = answers[name]
    assert (answer["lang"], answer["relevant"]) == ("nl", True)
    assert answer["net_stance"] < 0
    assert {"Amazon", "Alphabet", "Meta", "Microsoft"} <= set(answer["orgs"])
    first = {f["role"]: f for f in answer["figures"][:3]}
    assert [first[r]["value"] for r in ("from", "to", "by")] == [37e9, 97e9, 150]
    assert {first["from"]["unit"], first["to"]["unit"]} == {"USD"}
    assert {c["verdict"] for c in first["to"]["checks"]} == {"consistent"}


def test_offsets_point_into_the_text(answers: dict[Any, dict[str, Any]]) -> None:
    for text, answer in [(DUTCH, answers["a.txt"]), (answers["b.html"]["text"], answers["b.html"])]:
        for part in answer["sentences"] + answer["figures"]:
            assert text[part["start"] : part["end"]] == part["text"]


def test_given_sentences_are_kept_as_they_are(answers: dict[Any, dict[str, Any]]) -> None:
    given = LINES[0]["sentences"]
    assert [s["text"] for s in answers["en"]["sentences"]] == given
    for figure in answers["en"]["figures"]:
        assert given[figure["sentence"]][figure["start"] : figure["end"]] == figure["text"]


def test_another_language_has_no_scores(answers: dict[Any, dict[str, Any]]) -> None:
    answer = answers["de"]
    assert answer["lang"] == "de"
    assert answer["net_stance"] is answer["relevant"] is answer["model"] is None
    assert {s["stance"] for s in answer["sentences"]} == {None}


def test_an_old_encoding_is_read(answers: dict[Any, dict[str, Any]]) -> None:
    assert "financiële" in answers["e.txt"]["sentences"][0]["text"]
