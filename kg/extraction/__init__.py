"""Extraction: a document read by the reader becomes mentions and claims with evidence."""

from kg.extraction.extractor import Extractor

__all__ = ["Extractor"]
