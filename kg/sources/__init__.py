"""The only place that reads input: files, folders, globs and standard input become documents.

Text, Markdown, HTML, JSON Lines, CSV and Parquet, each also compressed with gzip or zstd. What cannot be read is a
:class:`Problem` that says where and why, and the rest goes on.
"""

from kg.sources.document import to_document
from kg.sources.problem import Problem
from kg.sources.read import read_sources

__all__ = ["Problem", "read_sources", "to_document"]
