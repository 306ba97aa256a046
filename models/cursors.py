"""Opaque cursors: where a page ended, bound to the question that it belongs to.

A cursor names the last row by its sort key and id, so rows that come or go elsewhere never shift the pages.
The digest finds damage and a cursor of another question; it protects no secret.
"""

import base64
import binascii
import hashlib
import json
from datetime import datetime

from models.errors import QueryError

Key = float | datetime
DIGEST_BYTES = 6


def encode(scope: str, key: Key, row: int) -> str:
    """The cursor after the row with this sort key and id; `scope` names the question: filters and order."""
    value = key.isoformat() if isinstance(key, datetime) else key
    payload = json.dumps([value, row]).encode()
    return _written(_digest(scope, payload) + payload)


def decode(scope: str, cursor: str) -> tuple[Key, int]:
    """The sort key and id in a cursor. Raises `QueryError` when it is damaged or belongs to another question."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        payload = raw[DIGEST_BYTES:]
        if raw[:DIGEST_BYTES] != _digest(scope, payload) or cursor != _written(raw):
            raise ValueError("digest, or another spelling of the same bytes")
        value, row = json.loads(payload)
        return (datetime.fromisoformat(value) if isinstance(value, str) else float(value)), int(row)
    except (binascii.Error, ValueError, TypeError) as error:
        raise QueryError(
            "The cursor is damaged or belongs to another search. Start again without it.",
            dutch="De cursor is beschadigd of hoort bij een andere zoekvraag. Begin opnieuw zonder cursor.",
        ) from error


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _digest(scope: str, payload: bytes) -> bytes:
    return hashlib.blake2b(
        payload, digest_size=DIGEST_BYTES, key=hashlib.blake2b(scope.encode()).digest()[:64]
    ).digest()
