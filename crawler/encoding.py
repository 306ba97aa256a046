"""From bytes to text: byte order mark, then the declared character set, then UTF-8, then a guess by statistics."""

import codecs
import re

from charset_normalizer import from_bytes

# Codecs that Python has and no web page or file is written in; some of them are slow or ambiguous on purpose.
STRANGE = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7", "undefined", "mbcs", "oem"}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
CONTROLS = frozenset(range(32)) - {*b"\t\n\v\f\r", 27, 8}  # 27 shifts sets in old Japanese mail
WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # what browsers read under these names
IN_HTML = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
IN_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
SAMPLE = 100_000
SCARCE = 0.001  # replacement characters that a page in its declared character set may need


def to_text(data: bytes, declared: str | None = None) -> str | None:
    """The text of `data`; null when it is binary or in no character set that makes sense of it.

    `declared` is what the sender says (a Content-Type header); HTML and XML say it themselves too.
    """
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :] if codec == "utf-8" else data, codec)
    if _is_binary(data):
        return None
    for name in (declared, _declared_inside(data)):
        if name and (text := _lenient(data, name)) is not None:
            return text
    return _strict(data, "utf-8") or _guessed(data)


def _declared_inside(data: bytes) -> str | None:
    found = IN_XML.search(data[:400]) or IN_HTML.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _is_binary(data: bytes) -> bool:
    head = data[:4096]
    controls = sum(byte in CONTROLS for byte in head)
    return b"\0" in head or head.startswith((b"%PDF", b"\x1f\x8b", b"PK\x03\x04")) or controls > len(head) / 50


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
        b"".decode(found)
    except (LookupError, ValueError, TypeError):
        return None
    return None if found.replace("-", "_") in STRANGE else WEB_NAMES.get(found, found)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _lenient(data: bytes, name: str) -> str | None:
    """Decoded as declared, when that needs hardly any replacement; else the declaration is wrong."""
    codec = _codec(name)
    if codec is None:
        return None
    text = data.decode(codec, errors="replace")
    return text if text.count("\ufffd") <= len(text) * SCARCE + (1 if len(text) > SAMPLE / 100 else 0) else None


def _guessed(data: bytes) -> str | None:
    best = from_bytes(data[:SAMPLE]).best()
    return _lenient(data, best.encoding) if best else None
