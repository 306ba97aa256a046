"""Folders that are made once: by one process or several, and never half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from nlp.prepared import prepared


def _writes(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "weights").write_text(text, "utf-8") and None


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    first = prepared("model", _writes("one"), tmp_path)
    assert prepared("model", _writes("two"), tmp_path) == first
    assert (first / "weights").read_text("utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_anyone_may_read_what_was_made(tmp_path: Path) -> None:
    def secret(folder: Path) -> None:
        (folder / "weights").touch(mode=0o600)

    assert (prepared("model", secret, tmp_path) / "weights").stat().st_mode & 0o444 == 0o444


def test_a_failure_leaves_nothing_and_can_be_tried_again(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "weights").touch()
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        prepared("model", fail, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert (prepared("model", _writes("one"), tmp_path) / "weights").exists()


def test_a_half_made_folder_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_text("half", "utf-8")
    assert (prepared("model", _writes("whole"), tmp_path) / "weights").read_text("utf-8") == "whole"


def test_several_at_once_get_one_whole_folder(tmp_path: Path) -> None:
    together = Barrier(4)

    def slow(folder: Path) -> None:
        together.wait(10)  # all have begun before one is done
        _writes("whole")(folder)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: prepared("model", slow, tmp_path), range(4)))
    assert set(found) == {tmp_path / "model"}
    assert (tmp_path / "model" / "weights").read_text("utf-8") == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
