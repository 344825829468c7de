"""The ledger: what was read from every document, in SQLite, so that the next build reads only what is new."""

from kg.store.ledger import Ledger
from kg.store.lock import LOCK, locked
from kg.store.rows import content_hash
from kg.store.schema import LEDGER

__all__ = ["LEDGER", "LOCK", "Ledger", "content_hash", "locked"]
