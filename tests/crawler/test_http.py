"""Fetching from a real server that misbehaves in every way it knows."""

import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from crawler.addresses import Address, Resolver
from crawler.http import MAX_REDIRECTS, Fetcher, Limits, retry_after
from models.errors import Busy, FetchError, Forbidden, Unusable
from tests.crawler.site import ROOT, Reply, Site

AGENT = "Zeepbel/0.1 (+https://zeepbel.example; test@zeepbel.example)"


def at(port: int) -> Resolver:
    return lambda _host, _port: [Address("127.0.0.1", port)]


def test_an_answer_comes_whole_and_says_who_asked(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(
        gzip.compress(b"hallo"), headers={"Content-Encoding": "gzip", "Content-Type": 'text/html; charset="ISO-8859-1"'}
    )
    answer = fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert (answer.body, answer.charset, answer.url) == (b"hallo", "ISO-8859-1", f"{ROOT}/a")
    (_, headers) = site.asked[0]
    assert headers["user-agent"] == AGENT
    assert headers["host"] == "krant.example"
    assert "br" not in headers["accept-encoding"]


def test_private_addresses_are_refused_without_leave(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(Forbidden, match=r"127\.0\.0\.1 is in a private network"):
        fetcher.fetch(f"{ROOT}/a")
    assert not site.asked


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://inside.example/latest/meta-data/", "private network"),
        ("http://127.0.0.1/admin", "private network"),
        ("http://[::ffff:127.0.0.1]/", "private network"),
        ("http://ander.example/", "private network"),
        ("file:///etc/passwd", "only http"),
        ("ftp://krant.example/a", "only http"),
        ("http://me:secret@krant.example/", "user name or password"),
    ],
)
def test_leave_for_one_site_is_no_leave_for_where_it_redirects(
    site: Site, fetcher: Fetcher, target: str, reason: str
) -> None:
    site.put("/a", "", 302, location=target)
    with pytest.raises(Forbidden, match=reason):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert site.paths() == ["/a"]


def test_redirects_within_the_site_are_followed_and_checked(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", "", 301, location="//www.krant.example/b#deel")
    site.put("/b", "hier")
    hops: list[str] = []
    answer = fetcher.fetch(f"{ROOT}/a", allow_private=True, before=hops.append)
    assert (answer.body, answer.url) == (b"hier", "http://www.krant.example/b")
    assert hops == [f"{ROOT}/a", "http://www.krant.example/b"]


def test_redirects_end(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", "", 302, location="/a")
    with pytest.raises(Unusable, match="redirects more than 5 times"):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert len(site.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("location", ["", "http://[", "http://\x00"])
def test_redirects_to_nowhere(site: Site, fetcher: Fetcher, location: str) -> None:
    site.put("/a", "", 302, location=location)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)


def test_fifty_megabytes_are_not_read(site: Site, fetcher: Fetcher) -> None:
    sent = [0]

    def body() -> Iterator[bytes]:
        for _ in range(800):
            sent[0] += 65_536
            yield b"x" * 65_536

    site.replies["/a"] = Reply(body)
    with pytest.raises(Unusable, match="larger than 1,000,000 bytes"):
        fetcher.fetch(f"{ROOT}/a", limit=1_000_000, allow_private=True)
    assert sent[0] < 40_000_000


def test_a_bomb_is_not_unpacked(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"\0" * 100_000_000)
    site.replies["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(Unusable, match="larger than"):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    site.replies["/a"] = Reply(gzip.compress(packed), headers={"Content-Encoding": "gzip, gzip"})
    with pytest.raises(Unusable, match="not asked for"):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)


def test_cookies_are_not_kept(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", "een", set_cookie="id=1; Path=/")
    for _ in range(2):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert all("cookie" not in headers for _, headers in site.asked)


def test_conditional_requests(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", "een", etag='"1"')
    assert not fetcher.fetch(f"{ROOT}/a", allow_private=True).not_modified
    answer = fetcher.fetch(f"{ROOT}/a", allow_private=True, etag='"1"', last_modified="Mon, 05 Jan 2026 10:00:00 GMT")
    assert answer.not_modified
    assert site.asked[-1][1]["if-modified-since"] == "Mon, 05 Jan 2026 10:00:00 GMT"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_how_long(site: Site, fetcher: Fetcher, status: int) -> None:
    site.put("/a", "", status, retry_after="120")
    with pytest.raises(Busy) as caught:
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert (caught.value.status, caught.value.retry_after) == (status, 120)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 451, 500, 502, 204, 206])
def test_other_answers_are_no_pages(site: Site, fetcher: Fetcher, status: int) -> None:
    site.put("/a", "", status)
    with pytest.raises(FetchError, match=f"status {status}") as caught:
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7), ("999999999", 86_400), ("-5", None), ("soon", None), ("", None), ("²", None)]
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}) == seconds


def test_retry_after_as_a_date() -> None:
    ahead = retry_after({"retry-after": format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)})
    assert ahead
    assert 3000 < ahead <= 3600
    assert retry_after({"retry-after": "Mon, 05 Jan 2015 10:00:00 GMT"}) == 0


def dripping(answer: bytes) -> tuple[int, threading.Event]:
    """A server that sends a byte every tenth of a second, for ever."""
    listener, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, listener:
            connection.sendall(answer)
            while not stop.wait(0.1):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1], stop


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_trickle_ends_at_the_deadline_of_the_whole(start: bytes) -> None:
    port, stop = dripping(start)
    limits = Limits(connect=1, read=5, whole=0.5)
    with Fetcher(AGENT, at(port), limits) as fetcher, pytest.raises(FetchError, match="too slow"):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
    stop.set()


def test_the_checked_address_is_the_one_connected_to(site: Site) -> None:
    """A name that gives a public address when checked and an inside one after gets one look-up, and no second."""
    answers = iter([[Address("127.0.0.1", site.port)], [Address("169.254.169.254", 80)]])
    site.put("/a", "een")
    with Fetcher(AGENT, lambda _host, _port: next(answers), Limits(1, 1, 2)) as fetcher:
        assert fetcher.fetch(f"{ROOT}/a", allow_private=True).body == b"een"


def test_a_connection_opened_with_leave_is_not_used_without(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", "een")
    fetcher.fetch(f"{ROOT}/a", allow_private=True)
    with pytest.raises(Forbidden):
        fetcher.fetch(f"{ROOT}/a")
    assert len(site.asked) == 1


def test_nobody_there() -> None:
    def unknown(_host: str, _port: int) -> list[Address]:
        raise socket.gaierror("Name or service not known")

    with Fetcher(AGENT, unknown) as fetcher, pytest.raises(FetchError, match="cannot be looked up"):
        fetcher.fetch(f"{ROOT}/a")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Fetcher(AGENT, at(port)) as fetcher, pytest.raises(FetchError, match="connection failed"):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl, which is not installed")
def test_tls_asks_for_the_name_and_verifies_it(tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate]
    name = ["-subj", "/CN=krant.example", "-addext", "subjectAltName=DNS:krant.example"]
    subprocess.run(["openssl", "req", *kind, *name], check=True, capture_output=True)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)
    asked: list[str | None] = []
    server_side.sni_callback = lambda _socket, asked_name, _context: asked.append(asked_name)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            plain, _ = listener.accept()
            with contextlib.suppress(OSError), server_side.wrap_socket(plain, server_side=True) as connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\neen")

    thread = threading.Thread(target=serve)
    thread.start()
    trusting = ssl.create_default_context(cafile=certificate)
    with listener, Fetcher(AGENT, at(listener.getsockname()[1]), Limits(2, 2, 4), trusting) as fetcher:
        assert fetcher.fetch("https://krant.example/a", allow_private=True).body == b"een"
        with pytest.raises(FetchError, match="certificate verify failed"):
            fetcher.fetch("https://ander.example/a", allow_private=True)
        thread.join()
    assert asked == ["krant.example", "ander.example"]


@pytest.mark.parametrize("answer", [b"\xff\xfe nonsense", b"", b"HTTP/1.1 999999 ?\r\n\r\n", b"SSH-2.0-x\r\n"])
def test_what_is_not_http(answer: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            connection.recv(1000)
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    port = listener.getsockname()[1]
    with Fetcher(AGENT, at(port), Limits(1, 1, 2)) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(f"{ROOT}/a", allow_private=True)
