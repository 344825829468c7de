"""One writer in an output folder at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

LOCK = ".kg.lock"
"""Name of the file that is held; it stays, and marks a folder that kg writes."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder (made if missing) for writing; the system lets go when the process ends, however it ends.

    Raises :class:`StoreError` at once when another process holds it, or when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise StoreError(f"{folder}: cannot write there: {error.strerror}; choose another folder with -o") from error
    try:
        try:
            _take(descriptor)
        except OSError as error:
            raise StoreError(f"{folder}: another kg is writing there; wait for it, or choose another folder") from error
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
