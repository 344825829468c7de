"""``kg extract``."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from kg.cli.options import extraction_options, sources_argument


@click.command()
@sources_argument
@click.option("--out", type=click.File("wb", lazy=True), default="-", help="File to write; - is standard output.")
@extraction_options
def extract(
    sources: tuple[str, ...],
    out: IO[bytes],
    reader: str | None,
    relations: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    threads: int | None,
) -> int:
    """Print what each document says, as JSON Lines.

    One JSON object a document of SOURCES, in UTF-8. Nothing is merged and nothing is kept.
    Exits with 1 when some input had to be skipped.
    """
    from kg.pipeline import extract_all, load_extractor
    from kg.records import extraction_to_record, to_json
    from kg.sources import Problem

    extractor = load_extractor(reader, relations, gazetteer, threads=threads)
    skipped = 0
    for item in extract_all(sources, extractor):
        if isinstance(item, Problem):
            skipped += 1
            click.echo(f"kg: skipped {item}", err=True)
        else:
            out.write(to_json(extraction_to_record(item)).encode() + b"\n")
            out.flush()
    return 1 if skipped else 0
