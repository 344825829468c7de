"""Turn news articles into a knowledge graph whose every edge shows its sentence.

>>> import kg
>>> graph = kg.build("data/news", out="out")          # doctest: +SKIP
>>> graph.sparql("SELECT ?seller ?buyer WHERE { ?seller kg:sellsArmsTo ?buyer }")          # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KGError
    from kg.graph import KnowledgeGraph
    from kg.model import Document
    from kg.pipeline import build, extract, open

    __version__: str

__all__ = ["Document", "KGError", "KnowledgeGraph", "__version__", "build", "extract", "open"]

_HOMES = {
    "Document": "kg.model",
    "KGError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "build": "kg.pipeline",
    "extract": "kg.pipeline",
    "open": "kg.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that ``import kg`` costs nothing."""
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; valid: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kg-from-news")
    except PackageNotFoundError:
        return "0.1.0"
