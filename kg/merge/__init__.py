"""Claims of all documents in, edges out: a function of the set of claims, whatever their order, and idempotent."""

from kg.merge.edges import merge
from kg.merge.rename import rename

__all__ = ["merge", "rename"]
