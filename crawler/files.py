"""A user's own files: HTML, text and JSONL, alone or in folders, to the documents that are analysed.

What cannot be read is yielded as an `Unreadable` in its place, and the rest goes on.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from crawler.encoding import to_text
from crawler.extract import PageRequest, read_page
from crawler.http import PAGE_BYTES
from models.errors import InputError, Unusable
from models.records import Document, ExtractedDocument

HTML, TEXT, LINES = {".html", ".htm", ".xhtml"}, {".txt", ".text"}, {".jsonl", ".ndjson"}


class Unreadable(InputError):
    """A file or line that cannot be read; `id` is the line's own id, its number, or the file's path."""

    def __init__(self, id: str | int, message: str) -> None:  # noqa: A002  the name of the field in the output
        super().__init__(message)
        self.id = id


def read_path(path: Path, now: datetime | None = None) -> Iterator[Document | Unreadable]:
    """The documents in a file or folder, in order of name; the id of a file's document is its path.

    `now` (default: the clock) is the moment after which no page was published. Raises `InputError` when there is no
    such path, or it is no kind of file that is read here.
    """
    if not path.exists():
        raise InputError(f"There is no file or folder {path}; check its name.")
    files = sorted(inner for inner in path.rglob("*") if _known(inner)) if path.is_dir() else [path]
    if not files or not _known(files[0]):
        raise InputError(f"{path} holds no .html, .txt or .jsonl; give one of these, or a folder with them.")
    for file in files:
        yield from _read_file(file, now or datetime.now(UTC))


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Document | Unreadable]:
    """The documents of JSON lines, as they come; `name` stands in the messages. Empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_line(line, number, name)


def read_text(data: bytes, name: str) -> Document | Unreadable:
    """The document in a plain text, in whatever character set it is written."""
    text = to_text(data)
    if not data or (text is not None and not text.strip()):
        return Unreadable(name, f"{name} is empty; there is nothing to analyse.")
    if text is None:
        return Unreadable(name, f"{name} is not text: it is binary or its character set is unknown. Save it as UTF-8.")
    return Document.model_validate({"id": name, "text": text})


def read_html(data: bytes, name: str, now: datetime) -> Document | Unreadable:
    """The article in an HTML page, with its title, language, publication date and address when the page has them."""
    try:
        page = read_page(data, PageRequest(url=name, now=now))
    except Unusable as error:
        return Unreadable(name, f"{name} cannot be analysed: {error.reason}.")
    if not page.text:
        return Unreadable(name, f"{name} holds no text of an article. Give the text itself as a .txt file.")
    return ExtractedDocument(
        id=name,
        text=page.text,
        title=page.title,
        lang=page.lang,
        published=_iso(page.published) if page.published else None,
        url=page.canonical,
    )


def _known(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in HTML | TEXT | LINES


def _read_file(file: Path, now: datetime) -> Iterator[Document | Unreadable]:
    name, kind = str(file), file.suffix.lower()
    try:
        if kind in LINES:
            with file.open("rb") as lines:
                yield from read_lines(lines, name)
        elif file.stat().st_size > PAGE_BYTES:
            yield Unreadable(name, f"{name} is larger than {PAGE_BYTES:,} bytes; split it, or give it as JSONL.")
        else:
            data = file.read_bytes()
            yield read_html(data, name, now) if kind in HTML else read_text(data, name)
    except OSError as error:
        yield Unreadable(name, f"{name} cannot be read ({error.strerror or error}).")


def _read_line(line: bytes, number: int, name: str) -> Document | Unreadable:
    label, where = f"line {number}", f"{name}, line {number}"
    if len(line) > PAGE_BYTES:
        return Unreadable(label, f"{where} is larger than {PAGE_BYTES:,} bytes; split the article.")
    text = to_text(line)
    if text is None:
        return Unreadable(
            label, f"{where} is not text: it is binary or its character set is unknown. Save it as UTF-8."
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Unreadable(label, f"{where} is not valid JSON ({error}).")
    if not isinstance(data, dict):
        return Unreadable(label, f"{where} is not a JSON object with an id and a text.")
    given = data.get("id")
    named = given if isinstance(given, str | int) and not isinstance(given, bool) else label
    return _document(data | {"id": named}, named, where)


def _document(data: dict[str, object], label: str | int, where: str) -> Document | Unreadable:
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        return Unreadable(label, f"{where} is not a document to analyse: {_mistakes(error)}.")


def _mistakes(error: ValidationError) -> str:
    found = [
        (".".join(map(str, mistake["loc"])), mistake["msg"].removeprefix("Value error, "))
        for mistake in error.errors()[:3]
    ]
    return "; ".join(f"{field}: {message}" if field else message for field, message in found)


def _iso(moment: datetime) -> str:
    """A day when only the day is known, which is kept as midnight."""
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat()
