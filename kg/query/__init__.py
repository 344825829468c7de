"""SPARQL over a graph: read-only, in a child process with limits, with every prefix known.

We rejected running queries in the calling process: pyoxigraph cannot be interrupted there, and a query is input that
may come from a stranger.
"""

from kg.query.result import FORMATS, QueryResult, render, to_pandas, to_table
from kg.query.session import QuerySession, run_query

__all__ = ["FORMATS", "QueryResult", "QuerySession", "render", "run_query", "to_pandas", "to_table"]
