"""From sources to a folder of outputs, and back to a graph in Python."""

from kg.pipeline.load import extract, load_extractor, open
from kg.pipeline.run import Progress, build, build_with_summary
from kg.pipeline.stream import Source, extract_all
from kg.pipeline.summary import BuildSummary

__all__ = [
    "BuildSummary",
    "Progress",
    "Source",
    "build",
    "build_with_summary",
    "extract",
    "extract_all",
    "load_extractor",
    "open",
]
