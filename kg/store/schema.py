"""The tables of the ledger, and opening a file that holds them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

LEDGER = "ledger.sqlite"
"""Name of the ledger within an output folder."""

APPLICATION = 0x6B676C67
"""SQLite's ``application_id`` of a ledger ("kglg"): tells it from any other SQLite file."""

VERSION = 1
"""SQLite's ``user_version`` of a ledger; a higher one was made by a later version of kg."""

TABLES = """
CREATE TABLE documents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, content TEXT NOT NULL, fingerprint TEXT NOT NULL,
    reader TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT, url TEXT, published TEXT, publisher TEXT, language TEXT,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_fingerprint ON documents (fingerprint);
CREATE TABLE entities (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, metonyms TEXT NOT NULL,
    iso3 TEXT, wikidata TEXT, PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE mentions (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    id INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT, type TEXT NOT NULL,
    entity TEXT NOT NULL, antecedent INTEGER, PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    id TEXT NOT NULL, subject TEXT NOT NULL, relation TEXT NOT NULL, object TEXT NOT NULL,
    polarity TEXT NOT NULL, modality TEXT NOT NULL, time TEXT NOT NULL, kind TEXT NOT NULL, period TEXT,
    confidence REAL NOT NULL, attributed_to TEXT, rule TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentence TEXT,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL, object_start INTEGER NOT NULL,
    object_end INTEGER NOT NULL, triggers TEXT NOT NULL, subject_mention INTEGER NOT NULL,
    object_mention INTEGER NOT NULL, PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, version TEXT NOT NULL,
    python TEXT NOT NULL, fingerprint TEXT NOT NULL, summary TEXT);
"""
"""A NULL ``text`` of a mention or ``sentence`` of a claim is the slice of the document's text at its offsets."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the ledger at ``path`` to write (``create``: made if missing), or to read.

    Raises :class:`StoreError` when the file is missing, damaged, not a ledger, or from a later version of kg.
    """
    if not create and not path.is_file():
        raise StoreError(f"{path.parent}: no {path.name} there; expected a folder that `kg build -o` wrote")
    with translated(path):
        if create:
            connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        else:
            read_only = f"{path.resolve().as_uri()}?mode=ro"
            connection = sqlite3.connect(read_only, uri=True, isolation_level=None, timeout=10)
        try:
            _check(connection, path, create)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors within the block into :class:`StoreError`."""
    try:
        yield
    except (sqlite3.Error, UnicodeEncodeError) as error:
        advice = "delete it and build again" if _damaged(error) else "check the disk and the folder's permissions"
        raise StoreError(f"{path}: {error}; {advice}") from error


def _check(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not (application == APPLICATION or (empty and create and application == 0 and version == 0)):
        raise StoreError(f"{path}: not a ledger of kg; move it away, or build into another folder with -o")
    if version > VERSION:
        raise StoreError(f"{path}: a ledger of version {version}; this kg knows {VERSION}: upgrade kg, or build anew")
    if create:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    if empty:
        stamp = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        connection.executescript(f"BEGIN IMMEDIATE; {TABLES} {stamp} COMMIT;")


def _damaged(error: Exception) -> bool:
    return isinstance(error, sqlite3.DatabaseError) and any(
        words in str(error) for words in ("not a database", "malformed", "no such table", "no such column")
    )
