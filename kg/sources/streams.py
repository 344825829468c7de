"""Bytes from regular files, decompressed within bounds, whole or line by line."""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO

MAX_BYTES = 256 << 20
"""Most bytes of a file that is read as one document, after decompression."""
MAX_LINE = 16 << 20
"""Most characters of a line, and of a cell of a table."""
MAX_RATIO = 200
"""Most bytes out of one byte of compressed input, once :data:`RATIO_FREE` bytes are out; news packs 3 to 10 to one."""
RATIO_FREE = 64 << 20
_CHUNK = 4096  # deflate and zstd expand at most 1,032- and some 32,000-fold: a chunk gives at most 128 MiB


class Unreadable(Exception):
    """A file whose bytes cannot be had; the message says why."""


def open_file(path: Path, compression: str = "") -> io.BufferedReader:
    """Open a regular file, decompressing it as a stream; ``compression`` is "", "gz" or "zst".

    Never blocks on a FIFO or device. Raises :class:`Unreadable`, also while reading: damaged data, too high a ratio.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise Unreadable(f"cannot open: {reason(error)}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("not a regular file")
    raw = os.fdopen(descriptor, "rb")
    if not compression:
        return raw
    try:
        new = _gzip if compression == "gz" else _zstd()
    except Unreadable:
        raw.close()
        raise
    return io.BufferedReader(_Inflated(raw, new), 1 << 16)


def read_all(stream: IO[bytes], limit: int = MAX_BYTES) -> bytes:
    """All bytes of the stream. Raises :class:`Unreadable` when they are more than ``limit``."""
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"cannot read: {reason(error)}") from error
    if len(data) > limit:
        raise Unreadable(f"too large: more than {limit >> 20} MiB in one document")
    return data


def read_lines(stream: io.BufferedReader, limit: int = MAX_LINE) -> Iterator[str | None]:
    """The lines of a UTF-8 (or marked UTF-16) stream with their ends; None for a line longer than ``limit`` characters.

    Bytes that are not UTF-8 come as lone surrogates (``surrogateescape``): :func:`is_utf8` tells.
    """
    head = stream.peek(2)[:2]
    encoding, errors = ("utf-16", "replace") if head in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "surrogateescape")
    lines = io.TextIOWrapper(stream, encoding, errors, newline="")
    try:
        while line := lines.readline(limit + 1):
            if len(line) <= limit:
                yield line
                continue
            while line and line[-1] not in "\r\n":
                line = lines.readline(limit)
            yield None
    except OSError as error:
        raise Unreadable(f"cannot read: {reason(error)}") from error
    finally:
        lines.detach()


def is_utf8(line: str) -> bool:
    """Whether a line from :func:`read_lines` was valid in its encoding."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def reason(error: OSError) -> str:
    """What the operating system says, without path and number: "Permission denied"."""
    return error.strerror or str(error)


class _Inflated(io.RawIOBase):
    """A decompressed stream; ``new`` makes a decompressor (of zlib or zstandard) for each member or frame."""

    def __init__(self, raw: BinaryIO, new: Callable[[], Any]) -> None:
        self._raw, self._parts, self._left = raw, _inflate(raw, new), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = memoryview(part)
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()


def _inflate(raw: BinaryIO, new: Callable[[], Any]) -> Iterator[bytes]:
    taken = given = 0
    inflater, begun = new(), False
    while data := raw.read(_CHUNK):
        taken += len(data)
        while data:
            part, data = _step(inflater, data)
            given, begun = given + len(part), True
            if given > RATIO_FREE and given > MAX_RATIO * taken:
                raise Unreadable(f"decompresses to more than {MAX_RATIO} times its size")
            yield part
            if inflater.eof:
                inflater, begun = new(), False
    if begun:
        raise Unreadable("damaged: the compressed data ends too early")


def _step(inflater: Any, data: bytes) -> tuple[bytes, bytes]:
    """Output, and the input that belongs to the next member (zero padding between members dropped)."""
    try:
        part = inflater.decompress(data)
    except Exception as error:  # zlib.error and zstandard.ZstdError have no common base
        raise Unreadable(f"damaged: {error}") from error
    return part, inflater.unused_data.lstrip(b"\x00") if inflater.eof else b""


def _gzip() -> Any:
    return zlib.decompressobj(wbits=31)


def _zstd() -> Callable[[], Any]:
    try:
        from zstandard import ZstdDecompressor
    except ImportError as error:
        raise Unreadable("reading .zst needs zstandard: pip install 'kg-from-news[zstd]'") from error
    return lambda: ZstdDecompressor(max_window_size=1 << 27).decompressobj()
