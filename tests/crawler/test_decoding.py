"""Compressed answers: whole ones come through, bombs and broken ones end in a reason."""

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.decoding import unpacked
from models.errors import FetchError, Unusable

URL = "http://krant.example/a"


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.binary(max_size=5000), st.integers(1, 999), st.sampled_from(["gzip", "deflate", "raw", ""]))
def test_what_was_packed_comes_out_whole(data: bytes, size: int, coding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": raw.compress(data) + raw.flush(),
        "": data,
    }[coding]
    # A raw stream is told from a zlib one by its first byte, as browsers do; a stored block can look like either.
    if coding == "raw" and packed[0] & 0x0F == zlib.DEFLATED:
        return
    assert unpacked(pieces(packed, size), "deflate" if coding == "raw" else coding, 10_000, URL) == data


def test_members_of_one_gzip_are_joined() -> None:
    assert unpacked([gzip.compress(b"een") + gzip.compress(b"twee")], "gzip", 100, URL) == b"eentwee"


def bomb(zeros: int) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    for _ in range(zeros // 1_000_000):
        yield packer.compress(b"\0" * 1_000_000)
    yield packer.flush()


def test_a_bomb_ends_at_the_limit() -> None:
    rest = bomb(2_000_000_000)
    with pytest.raises(Unusable, match="larger than 1,000,000 bytes"):
        unpacked(rest, "gzip", 1_000_000, URL)
    assert next(rest, None) is not None, "it was not read to its end"


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "compress", "gzip\r\nX: y"])
def test_codings_that_were_not_asked_for(coding: str) -> None:
    with pytest.raises(Unusable, match="not asked for"):
        unpacked([gzip.compress(b"x")], coding, 100, URL)


def test_broken_packing() -> None:
    with pytest.raises(Unusable, match="broken"):
        unpacked([b"this is not gzip"], "gzip", 100, URL)


def test_packing_that_ends_early_may_be_tried_again() -> None:
    with pytest.raises(FetchError, match="too early") as caught:
        unpacked([gzip.compress(b"x" * 500)[:-9]], "gzip", 1000, URL)
    assert not isinstance(caught.value, Unusable)


def test_many_empty_members_do_not_run_forever() -> None:
    with pytest.raises(Unusable, match="while packed"):
        unpacked((gzip.compress(b"") * 100 for _ in range(10**9)), "gzip", 100_000, URL)


def test_cut_gives_the_first_bytes() -> None:
    assert unpacked([b"0123456789"], "", 4, URL, cut=True) == b"0123"
