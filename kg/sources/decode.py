"""Bytes to text: byte order marks, UTF-8, UTF-16, a declared charset, then a guess; binary data is refused."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP archive or Office document", b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Office document", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"PAR1": "a Parquet file",
    b"SQLite format 3\x00": "a SQLite database",
}  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_WESTERN = re.compile("[\x00-\x7f\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*")
_CHARSET = re.compile(r"(?:windows|cp|iso|latin|koi8|mac|big5|gb|euc|shift|sjis|tis)[\w-]*$", re.IGNORECASE)
_MAX_CONTROLS = 0.05
_SAMPLE = 1 << 18


class NotText(ValueError):
    """The bytes are not text; the message says what they look like."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``. ``declared`` is a charset that the data names itself; it counts after UTF-8.

    Order: byte order mark, strict UTF-8, UTF-16 without mark, ``declared``, Windows-1252 where that gives Western text,
    charset-normalizer's guess. Raises :class:`NotText` for binary data.
    """
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise NotText(f"not text: it is {name}")
    text = _decode(data, declared)
    if len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise NotText("not text: it holds mostly control characters")
    return text


def _decode(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data and (encoding16 := _utf16(data)):
        return data.decode(encoding16, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return data[: error.start].decode("utf-8")
    if b"\x00" in data:
        raise NotText("not text: it is not UTF-8 and holds NUL bytes")
    return _declared(data, declared) or _guess(data)


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: Latin text has a zero in nearly every other byte."""
    sample = data[: _SAMPLE & ~1]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.5 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 and odd < 0.05 else None


def _declared(data: bytes, declared: str | None) -> str | None:
    try:
        return data.decode(declared) if declared and _CHARSET.match(declared) else None
    except (LookupError, ValueError):
        return None


def _guess(data: bytes) -> str:
    """Windows-1252 when that gives mostly ASCII with a few Western letters, as English news does; else a guess."""
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    high = sum(byte > 0x7F for byte in data[:_SAMPLE])
    if western and _WESTERN.fullmatch(western) and high < 0.1 * min(len(data), _SAMPLE):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise NotText("not text: no known encoding fits")
    return data.decode(best.encoding, "replace")
