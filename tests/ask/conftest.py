"""The graph of the sample news, built once for the tests of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.pipeline import build

NEWS = Path(__file__).parents[2] / "data" / "news"


@pytest.fixture(scope="session")
def news_graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """What the sample news says."""
    return build(NEWS, tmp_path_factory.mktemp("news") / "out", threads=1)
