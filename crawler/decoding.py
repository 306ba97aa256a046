"""From bytes to bytes: undoing the compression of an answer, piece by piece, never past a limit."""

import zlib
from collections.abc import Iterable, Iterator

from models.errors import FetchError, Unusable

WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}
RAW_DEFLATE = -15


def unpacked(pieces: Iterable[bytes], coding: str, limit: int, url: str, *, cut: bool = False) -> bytes:
    """The whole body in the clear, at most `limit` bytes of it, packed or not.

    Raises `Unusable` when it is larger, when `coding` is one that was not asked for (nested codings among them), or
    when the packing is broken. With `cut` a larger body gives its first `limit` bytes instead. A bomb ends at the
    limit, whatever it would have grown to.
    """
    clear = pieces if coding in {"", "identity"} else _inflate(pieces, coding, limit, url)
    body = bytearray()
    for piece in clear:
        body += piece
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise Unusable(url, f"it is larger than {limit:,} bytes, so it was not read to its end")
    return bytes(body)


def _inflate(pieces: Iterable[bytes], coding: str, limit: int, url: str) -> Iterator[bytes]:
    if coding not in WINDOW:
        raise Unusable(url, f"its content coding {coding[:40]!r} was not asked for")
    unpacker, packed, first = zlib.decompressobj(WINDOW[coding]), 0, True
    for piece in pieces:
        packed += len(piece)
        if packed > limit:
            raise Unusable(url, f"it is larger than {limit:,} bytes even while packed")
        if first and coding == "deflate" and piece and piece[0] & 0x0F != zlib.DEFLATED:
            unpacker = zlib.decompressobj(RAW_DEFLATE)  # many servers mean this by "deflate"
        first, rest = False, piece
        while rest:
            try:
                yield unpacker.decompress(rest, limit + 1)
            except zlib.error as error:
                raise Unusable(url, f"its {coding} packing is broken ({error})") from error
            if unpacker.eof and unpacker.unused_data:  # a next member of the same file
                rest, unpacker = unpacker.unused_data, zlib.decompressobj(WINDOW[coding])
            else:
                rest = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise FetchError(url, f"its {coding} packing ends too early; it is tried again at the next visit")
