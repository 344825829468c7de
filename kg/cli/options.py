"""Options that more than one command takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])

TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A table of the user's."""

sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
"""Files, folders, globs, or - for standard input."""

folder_argument = click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
"""A folder that `kg build -o` wrote."""


def extraction_options(command: _Function) -> _Function:
    """What reads, with which tables, and how fast."""
    for option in (
        click.option("--threads", type=click.IntRange(min=1), help="Threads to read with.  [default: all]"),
        click.option(
            "--gazetteer", type=TABLE, multiple=True, metavar="FILE", help="Names of your own (CSV); repeatable."
        ),
        click.option(
            "--relations", type=TABLE, multiple=True, metavar="FILE", help="Relations of your own (TOML); repeatable."
        ),
        click.option(
            "--reader",
            metavar="NAME",
            help="A spaCy pipeline, or the folder of a trained reader, in place of the bundled one.",
        ),
    ):
        command = option(command)
    return command
