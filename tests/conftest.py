"""The bundled reader and the extractor, loaded once for all tests; and what a text is read to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.extraction import Extractor
from kg.model import Claim, Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with everything built in."""
    return Extractor()


@pytest.fixture(scope="session")
def nlp(extractor: Extractor) -> Language:
    """The bundled reader."""
    return extractor.nlp


@pytest.fixture
def extraction_of(extractor: Extractor) -> Callable[[str], Extraction]:
    """Everything that is read in a text."""
    return lambda text: next(extractor.extract([Document("test", text, "0" * 64)]))


@pytest.fixture
def claims_of(extraction_of: Callable[[str], Extraction]) -> Callable[[str], tuple[Claim, ...]]:
    """The claims that a text makes."""
    return lambda text: extraction_of(text).claims
