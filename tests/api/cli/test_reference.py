"""docs/commands.md is what the command line says of itself."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = ["-m", "typer", "api.cli", "utils", "docs", "--name", "zeepbel"]


def test_the_reference_is_up_to_date() -> None:
    """When this fails: .venv/bin/python -m typer api.cli utils docs --name zeepbel --output docs/commands.md"""
    made = subprocess.run([sys.executable, *COMMAND], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert made.strip() == (ROOT / "docs" / "commands.md").read_text("utf-8").strip()
