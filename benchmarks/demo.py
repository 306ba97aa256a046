"""How long the demonstration takes from the command to a dashboard that answers, installation done."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

PROGRAM = [sys.executable, "-c", "from api.cli import main; main()", "demo"]


def measure() -> Iterator[tuple[str, str]]:
    """The first run in an empty home, until the dashboard answers and until all is done; then one with nothing new."""
    with tempfile.TemporaryDirectory() as home:
        yield "demo, first run: dashboard answers after", f"{_until_it_answers(home):.0f} s"
    with tempfile.TemporaryDirectory() as home:
        for which in ("first", "second"):
            begun = time.perf_counter()
            subprocess.run([*PROGRAM, "--no-serve"], env=_environment(home), check=True, capture_output=True)
            yield f"demo, {which} run: all done after", f"{time.perf_counter() - begun:.0f} s"


def _until_it_answers(home: str) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    demo = subprocess.Popen([*PROGRAM, "--port", str(port)], env=_environment(home), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        while demo.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz"):
                    return time.perf_counter() - begun
            except URLError:
                time.sleep(0.2)
    finally:
        demo.terminate()
        demo.wait()
    raise RuntimeError(f"the demonstration ended with {demo.returncode} before its dashboard answered")


def _environment(home: str) -> dict[str, str]:
    return os.environ | {"ZEEPBEL_HOME": home}
