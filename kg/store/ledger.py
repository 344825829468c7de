"""The ledger of an output folder: documents and what was read from each, kept as they were extracted.

Mentions and claims are stored with the identifiers local to their document; entities across documents and edges are
derived from them anew (:mod:`kg.resolve`, :mod:`kg.merge`), so that replacing a document leaves no trace of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.model import Claim, Document, Entity, Extraction
from kg.store import rows
from kg.store.schema import LEDGER, connect, translated


class Ledger:
    """An open ledger. Iterators go in order of document id and hold one document's rows at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool) -> None:
        """Hold an open connection; :meth:`open` makes one."""
        self.path = path
        self._connection = connection
        self._writable = writable

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False) -> Ledger:
        """The ledger in ``folder``: to read, or with ``create`` to read and write, made if there is none.

        Raises :class:`StoreError` for a missing, foreign, newer or damaged file.
        """
        path = Path(folder) / LEDGER
        return cls(path, connect(path, create=create), writable=create)

    def close(self) -> None:
        """Close the file; after writing, its journal is folded in, so that the ledger is one file again."""
        try:
            if self._writable:
                self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            pass  # another process reads the ledger just now: the journal stays, which is as good
        finally:
            self._connection.close()

    def __enter__(self) -> Ledger:
        """The ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def has(self, document: Document, fingerprint: str) -> bool:
        """Whether exactly this document, metadata included, was already read by what ``fingerprint`` stands for."""
        found = self._all("SELECT content, fingerprint FROM documents WHERE id = ?", document.id)
        return found == [(rows.content_hash(document), fingerprint)]

    def put(self, extractions: Iterable[Extraction], fingerprint: str) -> None:
        """Store what was read from each document, in place of what was stored of it: all or, on an error, nothing."""
        with self._transaction():
            for extraction in extractions:
                self._put(extraction, fingerprint)

    def remove(self, ids: Iterable[str]) -> int:
        """Withdraw documents with all that was read from them; the number that was there."""
        with self._transaction():
            cursor = self._connection.executemany("DELETE FROM documents WHERE id = ?", [(i,) for i in ids])
            return cursor.rowcount if cursor.rowcount > 0 else 0

    def ids(self) -> list[str]:
        """The ids of all documents, sorted."""
        return [identifier for (identifier,) in self._all("SELECT id FROM documents ORDER BY id")]

    def outdated(self, fingerprint: str) -> list[str]:
        """The ids of documents that were read by something other than what ``fingerprint`` stands for, sorted."""
        found = self._all("SELECT id FROM documents WHERE fingerprint != ? ORDER BY id", fingerprint)
        return [identifier for (identifier,) in found]

    def document(self, identifier: str) -> Document:
        """One document; :class:`StoreError` when there is none of this id."""
        found = self._all(f"SELECT {rows.DOCUMENT} FROM documents WHERE id = ?", identifier)
        if not found:
            raise StoreError(f"{self.path}: no document {identifier!r}")
        return rows.to_document(found[0])

    def documents(self) -> Iterator[Document]:
        """All documents."""
        return map(rows.to_document, self._each(f"SELECT {rows.DOCUMENT} FROM documents ORDER BY id"))

    def entities(self) -> Iterator[Entity]:
        """The local entities of all documents: an entity of two documents comes twice."""
        for (key,) in self._each("SELECT key FROM documents ORDER BY id"):
            yield from self._entities(key)

    def claims(self) -> Iterator[Claim]:
        """The claims of all documents, about local entities."""
        for document, key in self._keys_with_documents():
            yield from self._claims(document, key)

    def extractions(self) -> Iterator[Extraction]:
        """All that was read, a document at a time, as it was put."""
        for document, key in self._keys_with_documents():
            select = f"SELECT {rows.MENTION} FROM mentions WHERE document = ? ORDER BY position"
            yield Extraction(
                reader=self._all("SELECT reader FROM documents WHERE key = ?", key)[0][0],
                document=document,
                entities=tuple(self._entities(key)),
                mentions=tuple(rows.to_mention(row, document.text) for row in self._all(select, key)),
                claims=tuple(self._claims(document, key)),
            )

    def setting(self, name: str) -> str | None:
        """The value that :meth:`configure` stored under the name, or None."""
        found = self._all("SELECT value FROM settings WHERE name = ?", name)
        return found[0][0] if found else None

    def configure(self, **values: str) -> None:
        """Store values that hold for the whole ledger."""
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", sorted(values.items()))

    def start_run(self, *, started: str, version: str, python: str, fingerprint: str) -> int:
        """Note that a build began; the number of the run. Time and versions are kept nowhere else."""
        with self._transaction():
            insert = "INSERT INTO runs (started, version, python, fingerprint) VALUES (?, ?, ?, ?)"
            return int(self._connection.execute(insert, (started, version, python, fingerprint)).lastrowid or 0)

    def finish_run(self, run: int, *, finished: str, summary: str) -> None:
        """Note that a build ended, and its summary (JSON)."""
        with self._transaction():
            self._connection.execute("UPDATE runs SET finished = ?, summary = ? WHERE id = ?", (finished, summary, run))

    def _put(self, extraction: Extraction, fingerprint: str) -> None:
        document, execute = extraction.document, self._connection.execute
        execute("DELETE FROM documents WHERE id = ?", (document.id,))
        stamp = (rows.content_hash(document), fingerprint, extraction.reader)
        insert = f"INSERT INTO documents (content, fingerprint, reader, {rows.DOCUMENT}) VALUES ({_marks(11)})"
        key = execute(insert, (*stamp, *rows.document_row(document))).lastrowid
        self._insert("entities", rows.ENTITY, key, rows.entity_rows(extraction))
        self._insert("mentions", rows.MENTION, key, rows.mention_rows(extraction))
        self._insert("claims", rows.CLAIM, key, rows.claim_rows(extraction))

    def _insert(self, table: str, columns: str, key: int | None, values: Iterable[rows.Row]) -> None:
        numbered = [(key, position, *row) for position, row in enumerate(values)]
        if numbered:
            insert = f"INSERT INTO {table} (document, position, {columns}) VALUES ({_marks(len(numbered[0]))})"
            self._connection.executemany(insert, numbered)

    def _entities(self, key: int) -> Iterator[Entity]:
        select = f"SELECT {rows.ENTITY} FROM entities WHERE document = ? ORDER BY position"
        return map(rows.to_entity, self._all(select, key))

    def _claims(self, document: Document, key: int) -> Iterator[Claim]:
        select = f"SELECT {rows.CLAIM} FROM claims WHERE document = ? ORDER BY position"
        return (rows.to_claim(row, document.id, document.text) for row in self._all(select, key))

    def _keys_with_documents(self) -> Iterator[tuple[Document, int]]:
        for row in self._each(f"SELECT {rows.DOCUMENT}, key FROM documents ORDER BY id"):
            yield rows.to_document(row[:-1]), row[-1]

    def _all(self, statement: str, *values: object) -> list[rows.Row]:
        with translated(self.path):
            return self._connection.execute(statement, values).fetchall()

    def _each(self, statement: str) -> Iterator[rows.Row]:
        with translated(self.path):
            yield from iter(self._connection.execute(statement).fetchone, None)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _marks(count: int) -> str:
    return ", ".join("?" * count)
