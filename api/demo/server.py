"""Serving the sample newsroom over HTTP on loopback: a port for each outlet, as if each were a host of its own."""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from api.demo.outlets import Outlet
from api.demo.pages import Page, Site

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8101
IDLE_SECONDS = 5  # after which a kept connection is closed
Address = tuple[str, int]


@contextmanager
def serve(outlets: Sequence[Outlet]) -> Iterator[dict[str, Address]]:
    """Serve the outlets until the context ends; gives the address of each host.

    The ports count up from 8101; one that is taken is replaced by a free one.
    """
    with ExitStack() as stack:
        yield {
            outlet.host: stack.enter_context(_running(Site(outlet), FIRST_PORT + number))
            for number, outlet in enumerate(outlets)
        }


@contextmanager
def _running(site: Site, port: int) -> Iterator[Address]:
    server = _bound(site, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield LOOPBACK, server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        super().__init__((LOOPBACK, port), _Handler)


def _bound(site: Site, port: int) -> _Server:
    try:
        return _Server(site, port)
    except OSError:
        return _Server(site, 0)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, with validators and gzip."""

    protocol_version = "HTTP/1.1"
    server_version = "SampleNewsroom"
    timeout = IDLE_SECONDS
    wbufsize = -1  # head and body in one packet, else each answer waits for a delayed acknowledgement
    server: _Server

    def do_GET(self) -> None:
        page = self.server.site.page(urlsplit(self.path).path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
        if self._is_known(etag, page.modified):
            self._answer(HTTPStatus.NOT_MODIFIED, page, etag, b"")
        else:
            self._answer(HTTPStatus.OK, page, etag, page.body)

    do_HEAD = do_GET  # noqa: N815  the name is the base class's

    def _is_known(self, etag: str, modified: datetime) -> bool:
        """Whether the client has this page: If-None-Match comes first, as RFC 9110 has it."""
        if tags := self.headers.get("If-None-Match"):
            return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return _second(modified) <= _moment(self.headers.get("If-Modified-Since"))

    def _answer(self, status: HTTPStatus, page: Page, etag: str, body: bytes) -> None:
        packed = bool(body) and "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(body, mtime=0) if packed else body
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", format_datetime(_second(page.modified), usegmt=True))
        self.send_header("Vary", "Accept-Encoding")
        if status is HTTPStatus.OK:
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        """Say nothing: the crawler's progress is what a user wants to see."""


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _moment(header: str | None) -> datetime:
    """The moment in an HTTP date; long ago when there is none or it cannot be read."""
    try:
        return parsedate_to_datetime(header or "").astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
