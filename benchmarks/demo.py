"""How long the demonstration takes from the command to a dashboard that can be served, installation done."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator


def measure() -> Iterator[tuple[str, str]]:
    """The first run in an empty home, and a second that has nothing new to do."""
    with tempfile.TemporaryDirectory() as home:
        for which in ("first", "second"):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", "from api.cli import main; main()", "demo", "--no-serve"],
                env=os.environ | {"ZEEPBEL_HOME": home},
                check=True,
                capture_output=True,
            )
            yield f"demo ready, {which} run", f"{time.perf_counter() - begun:.0f} s"
