"""The page docs/model-numbers.md, from what `training.evaluate` and `training.ablate` found."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from training.ablate import RESULTS
from training.table import table

Estimate = list[float]  # value, lower, upper

INTRODUCTION = """# The reader in numbers

Made by `python -m training.evaluate` from the {pieces} test pieces ({sentences} sentences), whose writers' briefs
were kept out of training and calibration. Model: {name} {version}. In brackets are 95% intervals from resampling
whole pieces. Groups of fewer than 20 sentences are left out."""

RELIABILITY = """Of the sentences whose likeliest label has a given probability, the share that is right should be the
same. The diagram has a dot for every tenth with a sentence in it; its area is the number of sentences.

![Reliability diagram](reliability.svg)"""

PARALLEL = """{pieces} invented pieces that say the same in both languages ({sentence_pairs} sentence pairs), none
trained on; half were drafted in Dutch, half in English (`python -m training.parallel`). Mean net stance {net};
Dutch less English {apart}. {same} of the sentence pairs get one label; {right} are labelled as written."""

BEGIN, END = "<!-- errors by language, from training/report.json -->", "<!-- end -->"

FAILURES = """The most confident mistakes, one a piece at most."""

ABLATIONS = """What parts of the recipe are worth: `python -m training.ablate`, short runs of two epochs on the same 435
pieces where nothing else is said, judged on the test pieces. The shipped reader learned from all of them for longer."""


def page(found: Mapping[str, Any]) -> str:
    """The whole page, in Markdown."""
    test = found["test"]
    introduction = INTRODUCTION.format(**found["model"], pieces=test["pieces"], sentences=test["sentences"])
    sections = [
        introduction,
        "## By language\n\n" + _languages(test["language"], test["bias"]),
        "## Confusion\n\n" + _confusion(test["language"]),
        "## Calibration\n\n" + RELIABILITY,
        "## The same in both languages\n\n" + _parallel(found["parallel"]),
        "## By genre\n\n" + _groups(test["genre"]),
        "## By phenomenon\n\n" + _groups(test["phenomenon"]),
        "## Where it fails\n\n" + FAILURES + "\n\n" + _failures(found["failures"]),
    ]
    if RESULTS.exists():
        sections.append("## What the parts are worth\n\n" + ABLATIONS + "\n\n" + _ablations())
    return "\n\n".join(sections) + "\n"


def renewed(method: str, found: Mapping[str, Any]) -> str:
    """The method page with its table of errors by language as found."""
    before, _, rest = method.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_languages(found['test']['language'], found['test']['bias'])}\n{END}{after}"


def _languages(by: Mapping[str, Any], bias: Mapping[str, Estimate]) -> str:
    langs = list(by)
    names = {
        "macro_f1": "stance, macro-F1", "opposite": "hype taken for caution or the reverse",
        "article_spearman": "article, Spearman of net stance and annotators", "relevance_f1": "relevance, F1",
        "themes_micro_f1": "themes, micro-F1",
    }  # fmt: skip
    rows: list[list[object]] = [["sentences", *(by[lang]["sentences"] for lang in langs)]]
    rows += [[name, *(_estimate(by[lang][key]) for lang in langs)] for key, name in names.items()]
    rows.append(["net stance less that of the labels", *(_estimate(bias[lang]) for lang in langs)])
    rows.append(["Brier score (0 to 2)", *(by[lang]["brier"] for lang in langs)])
    rows.append(["expected calibration error", *(by[lang]["calibration_error"] for lang in langs)])
    return table(["", *langs], rows)


def _confusion(by: Mapping[str, Any]) -> str:
    stances = ("hype", "caution", "neutral")
    rows = [[lang, s, *row] for lang, of in by.items() for s, row in zip(stances, of["confusion"], strict=True)]
    return table(["language", "is", *(f"read as {s}" for s in stances)], rows)


def _parallel(of: Mapping[str, Any]) -> str:
    return PARALLEL.format(
        pieces=of["pieces"],
        sentence_pairs=of["sentence_pairs"],
        net=", ".join(f"{lang} {value:+.3f}" for lang, value in of["net_stance"].items()),
        apart=_estimate(of["dutch_less_english"]),
        same=f"{of['same_label']:.0%}",
        right=" and ".join(f"{value:.0%} ({lang})" for lang, value in of["right"].items()),
    )


def _groups(by: Mapping[str, Any]) -> str:
    rows = [[n, of["sentences"], _estimate(of["macro_f1"]), _estimate(of["opposite"])] for n, of in by.items()]
    return table(["", "sentences", "macro-F1", "opposite"], rows)


def _failures(found: Iterable[Mapping[str, Any]]) -> str:
    rows = [[f["text"].replace("|", "/"), f["is"], f"{f['read_as']} ({f['probability']:.2f})"] for f in found]
    return table(["sentence", "is", "read as"], rows)


def _ablations() -> str:
    runs = [json.loads(line) for line in RESULTS.read_text("utf-8").splitlines()]
    rows = [
        [
            run["name"], run["training"]["sentences"], f"{run['minutes']} min",
            *(_estimate(run["language"][lang]["macro_f1"]) for lang in ("nl", "en")),
            *(_estimate(run["language"][lang]["opposite"]) for lang in ("nl", "en")),
        ]
        for run in runs
    ]  # fmt: skip
    return table(["run", "sentences", "took", "macro-F1 nl", "en", "opposite nl", "en"], rows)


def _estimate(found: Estimate | None) -> str:
    if found is None:
        return "not defined"
    value, low, high = found
    return f"{value:.3f} ({low:.3f} to {high:.3f})"
