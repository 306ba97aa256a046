"""Validators for GET: an ETag on every whole answer, 304 when the reader has it already; HEAD where there is GET."""

import hashlib
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REVALIDATE = "no-cache"  # keep it, but ask whether it changed: new articles come in at any moment
KEPT_ON_304 = ("etag", "cache-control", "vary", "content-location", "date", "expires", "set-cookie")


class Validators:
    """Adds a weak ETag (the body's digest) and Cache-Control to whole 200 answers that have none, and answers 304.

    Streams have no end to wait for: they pass without.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def validated(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_whole(message):
                start = message
            elif start is None:
                await send(_with_cache_control(message))
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _finish(scope, start, bytes(body), send)

        await self.app(scope, receive, validated)


class Heads:
    """HEAD is GET without a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


def _is_whole(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == HTTPStatus.OK and "content-length" in headers


def _with_cache_control(message: Message) -> Message:
    if message["type"] == "http.response.start":
        MutableHeaders(scope=message).setdefault("Cache-Control", REVALIDATE)
    return message


async def _finish(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    headers.setdefault("Cache-Control", REVALIDATE)
    etag = headers.setdefault("ETag", f'W/"{hashlib.sha256(body).hexdigest()[:32]}"')
    known = Headers(scope=scope).get("if-none-match", "")
    if etag.removeprefix("W/") in known or known.strip() == "*":
        kept = [(name, value) for name, value in start["headers"] if name.decode().lower() in KEPT_ON_304]
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    await send(start)
    await send({"type": "http.response.body", "body": body})
