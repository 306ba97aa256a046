"""Models that are turned once, inside the environment, from what a pinned package carries into a usual folder."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_READY = "ready"  # written last: a folder without it is a half-made one


def prepared(name: str, make: Callable[[Path], None], home: Path | None = None) -> Path:
    """The folder `name`, made on first use; safe when two processes ask at once.

    `make` fills an empty folder; what it leaves in the folder around it is thrown away. `home` is where the folder
    is kept, `share/zeepbel` of the environment if not given.
    """
    folder = (home or Path(sys.prefix) / "share" / "zeepbel") / name
    if not (folder / _READY).exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            made = Path(work) / name
            made.mkdir()
            make(made)
            for path in made.iterdir():  # safetensors leaves weights that only their owner may read
                path.chmod(0o644)
            (made / _READY).touch()
            _place(made, folder)
    return folder


def _place(made: Path, folder: Path) -> None:
    if folder.exists() and not (folder / _READY).exists():
        shutil.rmtree(folder)
    try:
        made.rename(folder)
    except OSError:  # another process was first
        if not (folder / _READY).exists():
            raise
