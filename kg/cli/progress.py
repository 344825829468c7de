"""A progress bar on standard error, when that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Progress

_STAGES = {"read": "Reading sources", "extract": "Extracting", "write": "Merging and writing"}


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """A function that draws how far a build is and how long it will take; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task("Loading the reader", total=None)

        def show(stage: str, done: int, total: int | None) -> None:
            if bar.tasks[0].description != _STAGES[stage]:
                bar.remove_task(bar.tasks[0].id)
                bar.add_task(_STAGES[stage], total=total)
            bar.update(bar.tasks[0].id, completed=done)

        yield show
