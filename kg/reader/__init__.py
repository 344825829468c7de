"""The reader: raw text in, a spaCy ``Doc`` with tags, dependencies, lemmas, sentences and names out."""

from kg.reader.load import BUNDLED, load, reader_id

__all__ = ["BUNDLED", "load", "reader_id"]
