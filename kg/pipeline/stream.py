"""Sources in, documents and extractions out, one after the other; what one document breaks stops no other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.model import Document, Extraction
from kg.sources import Problem, read_sources

if TYPE_CHECKING:
    from kg.extraction import Extractor

Source = str | os.PathLike[str] | Document
"""A file, a folder, a glob, "-" for standard input, or a document as it is."""

AT_A_TIME = 16
"""How many documents are extracted together, and lost when a build is interrupted; the results do not depend on it."""


def read_documents(sources: Source | Iterable[Source]) -> Iterator[Document | Problem]:
    """The documents of the sources; what had to be skipped comes as a :class:`Problem`."""
    given = [sources] if isinstance(sources, (str, os.PathLike, Document)) else list(sources)
    documents = [item for item in given if isinstance(item, Document)]
    paths = [os.fspath(item) for item in given if not isinstance(item, Document)]
    yield from documents
    if paths or not documents:
        yield from read_sources(paths)


def extract_all(sources: Source | Iterable[Source], extractor: Extractor) -> Iterator[Extraction | Problem]:
    """What each document of the sources says, in order, and what had to be skipped."""
    found = read_documents(sources)
    while batch := list(islice(found, AT_A_TIME)):
        yield from (item for item in batch if isinstance(item, Problem))
        yield from extract_batch([item for item in batch if isinstance(item, Document)], extractor)


def extract_batch(documents: Sequence[Document], extractor: Extractor) -> Iterator[Extraction | Problem]:
    """What each document says, in order. A batch that fails is halved until the document at fault stands alone,
    which then gives a :class:`Problem`; a :class:`KGError` is not a document's fault, and is raised."""
    if not documents:
        return
    try:
        results = list(extractor.extract(documents))
    except KGError:
        raise
    except Exception as error:  # whatever it is: one document must not cost the others
        if len(documents) == 1:
            yield Problem(documents[0].id, f"cannot be read: {type(error).__name__}: {error}")
            return
        middle = len(documents) // 2
        yield from extract_batch(documents[:middle], extractor)
        yield from extract_batch(documents[middle:], extractor)
    else:
        yield from results
