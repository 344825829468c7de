"""Measure speed and memory on this machine: ``python tests/benchmarks/measure.py [SOURCES…]``.

Prints a Markdown table. The shares and ratios come from one run and are comparable between machines; the rates are not.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def timed(command: list[str], repeats: int) -> list[float]:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return seconds


class Stopwatch:
    """Adds up the CPU time that a method takes."""

    def __init__(self, owner: Any, name: str) -> None:
        self.seconds = 0.0
        inner = getattr(owner, name)

        def measured(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return inner(*arguments, **options)
            finally:
                self.seconds += time.process_time() - start

        setattr(owner, name, measured)


def reading(sources: list[str]) -> dict[str, float]:
    """Words/s of extraction on one thread, and the CPU shares of the ONNX model and of all reading."""
    from kg.extraction import Extractor
    from kg.model import Document
    from kg.reader.model import Model
    from kg.sources import read_sources

    documents = [item for item in read_sources(sources) if isinstance(item, Document)]
    extractor = Extractor(threads=1)
    list(extractor.extract(documents[:1]))
    model = Stopwatch(Model, "read")
    tokens = sum(len(extractor.nlp.make_doc(document.text)) for document in documents)
    start = time.process_time()
    for document in documents:
        extractor.nlp(document.text)
    reader = time.process_time() - start
    model.seconds = 0.0
    start = time.process_time()
    list(extractor.extract(documents))
    total = time.process_time() - start
    return {
        "tokens": tokens,
        "tokens/s of CPU, extraction, one thread": tokens / total,
        "share of CPU outside the model (decoding counts as model)": 1 - model.seconds / total,
        "share of CPU outside the spaCy pipeline": max(0.0, 1 - reader / total),
    }


def main(arguments: list[str]) -> None:
    sources = arguments or [str(ROOT / "data" / "news")]
    kg = [sys.executable, "-m", "kg"]
    rows: dict[str, float] = {"`kg --help`, median of 15, s": statistics.median(timed([*kg, "--help"], 15))}
    with tempfile.TemporaryDirectory() as folder:
        rows["`kg build`, fresh, s"] = timed([*kg, "build", *sources, "-o", folder, "-q"], 1)[0]
        rows["`kg build`, nothing new, s"] = timed([*kg, "build", *sources, "-o", folder, "-q"], 1)[0]
    rows["peak memory of the build, MiB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows |= reading(sources)
    print("| what | measured |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value:.2f} |" if value < 100 else f"| {name} | {value:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
