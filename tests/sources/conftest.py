"""Files as a test writes them, and what is read of them."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import Problem, read_sources


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below the test's folder."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


@pytest.fixture(scope="session")
def read() -> Callable[..., tuple[dict[str, Document], list[str]]]:
    """Read sources: the documents by id, in order, and the problems as they are printed."""

    def _read(*sources: str | Path, stdin: bytes = b"") -> tuple[dict[str, Document], list[str]]:
        items = list(read_sources(sources, stdin=io.BytesIO(stdin)))
        documents = [item for item in items if isinstance(item, Document)]
        assert len({d.id for d in documents}) == len(documents)
        return {d.id: d for d in documents}, [str(item) for item in items if isinstance(item, Problem)]

    return _read


@pytest.fixture(scope="session")
def jsonl() -> Callable[..., str]:
    """Rows as JSON lines."""
    return lambda *rows: "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="session")
def pack() -> Callable[[bytes, str], bytes]:
    """Compress bytes as the ending of a file's name says."""

    def _pack(data: bytes, ending: str) -> bytes:
        if ending == ".zst":
            return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))
        return gzip.compress(data) if ending else data

    return _pack
