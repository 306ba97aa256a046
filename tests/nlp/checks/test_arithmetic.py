"""Changes, sums, shares and the like, on hand-marked figures: what ties figures together and what parts them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp.checks.check import check_figures
from tests.nlp.checks.marked import read

CASES = tomllib.loads(Path(__file__).with_name("arithmetic.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_verdicts(case: dict[str, Any]) -> None:
    figures, sentences = read(case["text"], case["lang"])
    checked = check_figures(figures, sentences, case["lang"], "2025-06-01", [])
    got = {f.text: c.verdict for f in checked for c in f.checks}
    expected = case["expected"]
    assert {text: v for text, v in got.items() if v == "inconsistent" or text in expected} == expected
