"""The outlets of the sample newsroom and their articles, as they lie in `sample/outlets/`: read and validated.

`sample/README.md` describes the files.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import AwareDatetime, Field, ValidationError

from models.errors import InputError
from models.records import Record

FENCE = "+++\n"
TEASER = 1  # paragraphs that a paywalled page shows

Special = Literal[
    "copy", "translation", "updated", "paywall", "consent_wall", "tdm_meta", "tdm_folder", "robots", "third_language"
]
Design = Literal["broadsheet", "wire", "local", "magazine"]
AnyRecord = TypeVar("AnyRecord", bound=Record)


class Fact(Record):
    """A checkable figure of an article, as its body writes it. `wrong`: planted on purpose."""

    text: str
    truth: Literal["right", "wrong", "planned"]
    note: str


class Piece(Record):
    """An article: the front matter of its file, and the body as paragraphs."""

    stem: str = Field(description="name of its file without the ending: 2025-11-04-four-bills")
    title: str
    published: AwareDatetime
    updated: AwareDatetime | None = None
    author: str
    genre: Literal[
        "market_report", "analysis", "opinion", "interview", "local_news", "central_bank", "press_release",
        "trade_press", "earnings",
    ]  # fmt: skip
    lean: Literal["hype", "caution", "mixed", "neutral"]
    relevant: bool
    summary: str
    lang: str = Field(description="of its outlet, where the file does not say otherwise")
    special: Special | None = None
    copy_of: str | None = Field(None, description="the original: slug of its outlet, a slash, its stem")
    translation_of: str | None = None
    folder: str | None = Field(None, description="the first part of its path, in place of the outlet's usual path")
    facts: list[Fact] = Field([])
    paragraphs: list[str] = Field(min_length=1)

    @property
    def slug(self) -> str:
        return self.stem[len("2025-11-04-") :]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def modified(self) -> datetime:
        return self.updated or self.published

    @property
    def shown(self) -> list[str]:
        """The paragraphs that its page shows."""
        return self.paragraphs[:TEASER] if self.special == "paywall" else self.paragraphs


class Outlet(Record):
    """An outlet: its `outlet.toml`, and its articles, newest first."""

    slug: str
    name: str
    host: str
    lang: Literal["nl", "en"]
    region: str
    description: str
    kind: Literal["rss", "atom", "sitemap"]
    design: Design
    article_path: str = Field(description="with {date}, {year}, {month} and {slug} filled in")
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    feed_query: str = Field("", description="tracking parameters that its feed puts behind every address")
    disallow: list[str] = Field([], description="paths that its robots.txt forbids")
    tdm_reserved: list[str] = Field([], description="paths that its tdmrep.json keeps from text and data mining")
    pieces: list[Piece] = Field([], description="its articles, newest first")

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    def path(self, piece: Piece) -> str:
        date = f"{piece.published:%Y-%m-%d}"
        if piece.folder:
            return f"/{piece.folder}/{date}-{piece.slug}"
        return self.article_path.format(date=date, year=date[:4], month=date[5:7], slug=piece.slug)

    def url(self, piece: Piece) -> str:
        return f"http://{self.host}{self.path(piece)}"


def read_outlet(folder: Path) -> Outlet:
    """The outlet in `folder` with all its articles. Raises `InputError` naming the file and what is wrong with it."""
    settings = _toml(folder / "outlet.toml", _text(folder / "outlet.toml"))
    outlet = _valid(Outlet, folder / "outlet.toml", settings | {"slug": folder.name})
    pieces = [_piece(path, outlet.lang) for path in folder.glob("articles/*.md")]
    pieces.sort(key=lambda piece: (piece.published, piece.stem), reverse=True)
    return outlet.model_copy(update={"pieces": pieces})


def _piece(path: Path, lang: str) -> Piece:
    opening, fence, rest = _text(path).partition(FENCE)
    matter, second, body = rest.partition(FENCE)
    if opening or not (fence and second):
        raise InputError(f"{path} does not begin with front matter between two lines of +++; see sample/README.md.")
    values = {"lang": lang} | _toml(path, matter)
    return _valid(Piece, path, values | {"stem": path.stem, "paragraphs": body.strip().split("\n\n")})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; save it as UTF-8.") from error


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from error


def _valid(kind: type[AnyRecord], path: Path, values: dict[str, Any]) -> AnyRecord:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: the field {where!r} is not right ({first['msg']}); see sample/README.md.") from error
