"""A web site on loopback for the tests: real HTTP, pages as a dictionary that a test fills and changes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.addresses import Address

NAME = "krant.example"
ROOT = f"http://{NAME}"


@dataclass
class Reply:
    """What a path answers; `body` in pieces streams without a length."""

    body: bytes | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """`replies` by path; `asked` are the requests that came: path and headers (names in lower case)."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: Any) -> None:
        data = body.encode() if isinstance(body, str) else body
        kind = "application/xml" if path.endswith(".xml") else "text/html; charset=utf-8"
        named = {name.replace("_", "-").title(): str(value) for name, value in headers.items()}
        self.replies[path] = Reply(data, status, {"Content-Type": kind} | named)

    def resolver(self, host: str, _port: int) -> list[Address]:
        """Every name ends in `.example` here and on loopback; `inside.example` pretends to be a cloud's metadata."""
        return [Address("169.254.169.254" if host == "inside.example" else "127.0.0.1", self.port)]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, headers))
            reply = site.replies.get(self.path, Reply(b"not here", 404))
            tag = reply.headers.get("Etag")
            if tag and headers.get("if-none-match") == tag:
                reply = Reply(b"", 304, {"Etag": tag})
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            pieces = iter([reply.body]) if isinstance(reply.body, bytes) else reply.body()
            if isinstance(reply.body, bytes):
                self.send_header("Content-Length", str(len(reply.body)))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            try:
                for piece in pieces:
                    self.wfile.write(piece)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Quiet: clients hang up on answers that they do not want."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


WORDS = (
    "De vier grote bedrijven gaven vorig jaar bijna honderd miljard dollar uit aan datacenters en chips. "
    "Beleggers vragen zich af wanneer die uitgaven zich terugverdienen, want de omzet blijft achter. "
)


def article(
    title: str = "Rekencentra", extra: str = "", body: str = WORDS, lang: str = "nl", paragraphs: int = 4
) -> str:
    """A plain news page of `paragraphs` paragraphs."""
    texts = "".join(f"<p>{body}Alinea {number}.</p>" for number in range(paragraphs))
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title} | De Krant</title>'
        f'<meta property="og:title" content="{title}">{extra}</head>'
        f'<body><nav><a href="/">Voorpagina</a></nav><article><h1>{title}</h1>{texts}</article>'
        "<footer>Alle rechten voorbehouden</footer></body></html>"
    )


def feed(*items: tuple[str, str, str], extra: str = "") -> str:
    """An RSS feed of (path, title, pubDate); the summary says which it is."""
    entries = "".join(
        f"<item><title>{title}</title><link>{ROOT}{path}</link><pubDate>{date}</pubDate>"
        f"<description>Samenvatting van {title}.</description></item>"
        for path, title, date in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>De Krant</title>'
        f"<language>nl</language>{extra}{entries}</channel></rss>"
    )
