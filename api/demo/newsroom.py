"""The sample newsroom: eight invented outlets that stand in for the press in the demonstration and the tests."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from api.demo.outlets import Outlet, Piece, read_outlet
from api.demo.server import Address, serve
from models.errors import InputError

HERE = Path(__file__).resolve().parents[2] / "sample"


@dataclass(frozen=True)
class Newsroom:
    """All outlets. `sources` is the file that configures the crawler for them."""

    outlets: tuple[Outlet, ...]
    sources: Path

    def __iter__(self) -> Iterator[tuple[Outlet, Piece]]:
        return ((outlet, piece) for outlet in self.outlets for piece in outlet.pieces)

    def planted(self) -> dict[str, list[str]]:
        """The false claims that were planted on purpose, as written, by the URL of their article."""
        wrong = {o.url(p): [fact.text for fact in p.facts if fact.truth == "wrong"] for o, p in self}
        return {url: texts for url, texts in wrong.items() if texts}

    def serve(self) -> AbstractContextManager[dict[str, Address]]:
        """Serve every outlet on a loopback port of its own: the address of each host, until the context ends."""
        return serve(self.outlets)


def load_newsroom(folder: Path = HERE) -> Newsroom:
    """Read all outlets of `folder`. Raises `InputError` naming the file and what is wrong with it."""
    outlets = [read_outlet(path.parent) for path in sorted(folder.glob("outlets/*/outlet.toml"))]
    if not outlets:
        raise InputError(
            f"There is no sample newsroom at {folder}. Run this from a checkout of Zeepbel, which has it in `sample/`."
        )
    return Newsroom(tuple(outlets), folder / "sources.toml")
