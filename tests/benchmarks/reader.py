"""Measure the bundled reader: ``python tests/benchmarks/reader.py [--texts PATH…] [--plain FOLDER] [--cnn FOLDER]``.

Prints a Markdown table. ``--plain`` is the same reader in 32-bit floats (``python -m kg.reader.train.export`` with
``--plain``), ``--cnn`` a spaCy pipeline (``tests/benchmarks/cnn_baseline.py``). All run in one process and thread, by
turns; each has read all texts once before, and its fastest of three readings counts. Rates are words per second of CPU
time, except where two threads are compared with one (wall time). Words are the bundled tokenizer's tokens that are no
white space. Ratios come from one run and travel between machines; rates do not.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 3
STARTS = 5
COLD = """
import kg.reader
doc = kg.reader.load(threads=1)("Iran sold missiles to Syria. The deal was signed in Damascus on Monday.")
assert doc.ents
"""
Clock = Callable[[], float]
WHOLE, SESSION = "bundled reader", "its ONNX session alone"
PLAIN, CNN = "the same session in 32-bit floats", "CNN pipeline"
ONE, TWO = "bundled reader, one thread, wall time", "bundled reader, two threads, wall time"


@dataclass(slots=True)
class Recorder:
    """Stands in for an ONNX session and keeps what it is asked."""

    session: Any
    calls: list[tuple[Any, Any]] = field(default_factory=list)

    def run(self, outputs: Any, inputs: Any) -> Any:
        self.calls.append((outputs, inputs))
        return self.session.run(outputs, inputs)


@dataclass(slots=True)
class Contender:
    """Something that reads all texts, and the seconds that each reading took."""

    read: Callable[[], object]
    clock: Clock = time.process_time
    seconds: list[float] = field(default_factory=list)

    def once(self) -> None:
        start = self.clock()
        self.read()
        self.seconds.append(self.clock() - start)


def model_of(nlp: Language) -> Any:
    component: Any = nlp.get_pipe("kg_reader")
    return component.model


def recorded_calls(nlp: Language, texts: list[str]) -> list[tuple[Any, Any]]:
    """The calls of the encoder's session, arrays included, by which ``nlp`` reads ``texts``."""
    model = model_of(nlp)
    recorder = Recorder(model._encoder)
    model._encoder = recorder
    try:
        read_all(nlp, texts)
    finally:
        model._encoder = recorder.session
    return recorder.calls


def read_all(nlp: Language, texts: Iterable[str]) -> None:
    for _ in nlp.pipe(texts):
        pass


def run_all(session: Any, calls: list[tuple[Any, Any]]) -> None:
    for outputs, inputs in calls:
        session.run(outputs, inputs)


def contenders(texts: list[str], plain: Path | None, cnn: Path | None) -> tuple[dict[str, Contender], float]:
    """Whatever is compared, warm, and the seconds of CPU that the bundled reader's first reading took."""
    from kg.reader import load

    nlp, two = load(threads=1), load(threads=2)
    nlp(texts[0][:200])
    first = Contender(lambda: read_all(nlp, texts))
    first.once()
    calls = recorded_calls(nlp, texts)
    found = {
        WHOLE: Contender(lambda: read_all(nlp, texts)),
        SESSION: Contender(lambda: run_all(model_of(nlp)._encoder, calls)),
    }
    if plain:
        floats = model_of(load(str(plain), threads=1))._encoder
        found[PLAIN] = Contender(lambda: run_all(floats, calls))
    if cnn:
        other = load(str(cnn))
        found[CNN] = Contender(lambda: read_all(other, texts))
    found[ONE] = Contender(lambda: read_all(nlp, texts), time.perf_counter)
    found[TWO] = Contender(lambda: read_all(two, texts), time.perf_counter)
    for contender in found.values():
        contender.read()
    return found, first.seconds[0]


def fresh(code: str) -> tuple[float, float]:
    """Wall and CPU seconds of a new process that runs ``code``."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cold_start() -> dict[str, float]:
    """Best of some starts of a process that imports kg, loads the reader and reads a first short document."""
    reader, spacy = [], []
    for _ in range(STARTS):
        reader.append(fresh(COLD))
        spacy.append(fresh("import spacy"))
    (wall, cpu), (spacy_wall, spacy_cpu) = (tuple(map(min, zip(*runs, strict=True))) for runs in (reader, spacy))
    return {
        "cold start to the first document, wall time, s": wall,
        "cold start to the first document, CPU time, s": cpu,
        "share of `import spacy` in it, wall time": spacy_wall / wall,
        "share of `import spacy` in it, CPU time": spacy_cpu / cpu,
    }


def size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def rates(texts: list[str], plain: Path | None, cnn: Path | None) -> dict[str, float]:
    from kg.reader.load import tokenizer

    split = tokenizer()
    words = sum(not token.is_space for text in texts for token in split.make_doc(text))
    found, first = contenders(texts, plain, cnn)
    for _ in range(REPEATS):
        for contender in found.values():
            contender.once()
    rate = {name: words / min(contender.seconds) for name, contender in found.items()}
    rows: dict[str, float] = {"words": words}
    rows |= {f"{name}, words/s": value for name, value in rate.items()}
    rows[f"{WHOLE}, first reading (no word seen before), words/s"] = words / first
    for above, below in ((WHOLE, SESSION), (SESSION, PLAIN), (WHOLE, CNN), (TWO, ONE)):
        if below in rate:
            rows[f"{above} ÷ {below}"] = rate[above] / rate[below]
    return rows


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", default=[str(ROOT / "data" / "news")], help="files or folders to read")
    parser.add_argument("--plain", type=Path, help="folder of the reader in 32-bit floats")
    parser.add_argument("--cnn", type=Path, help="folder of a spaCy pipeline")
    arguments = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # before anything loads numpy

    from kg.model import Document
    from kg.reader.component import BUNDLED_FOLDER
    from kg.sources import read_sources

    texts = [item.text for item in read_sources(arguments.texts) if isinstance(item, Document)]
    rows = rates(texts, arguments.plain, arguments.cnn)
    rows["size of the bundled reader, MB"] = size_mb(BUNDLED_FOLDER)
    if arguments.cnn:
        rows["size of the CNN pipeline, MB"] = size_mb(arguments.cnn)
    rows |= cold_start()
    print("| what | measured |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value:.2f} |" if value < 100 else f"| {name} | {value:.0f} |")


if __name__ == "__main__":
    main()
