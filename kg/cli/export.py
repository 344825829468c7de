"""``kg export``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from kg.cli.options import folder_argument


class _Formats(click.ParamType[str]):
    """The names in the registry of formats, looked up when they are needed."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kg.export import formats

        if value not in formats():
            self.fail(f"{value!r} is no format; valid: {', '.join(formats())}", param, ctx)
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        from kg.export import formats

        return f"[{'|'.join(formats())}]"


@click.command()
@folder_argument
@click.option("--to", "format", type=_Formats(), required=True, help="Format to write.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("-"), show_default=True,
    help="File, or folder for csv and parquet; - is standard output.",
)  # fmt: skip
def export(folder: Path, format: str, output: Path) -> None:
    """Write the graph in another format.

    The graph of the folder OUT goes to standard output unless -o names a file.
    """
    from kg.export import export as write
    from kg.pipeline import open

    graph = open(folder)
    if output != Path("-"):
        write(graph, format, output, graph.relations)
        click.echo(output)
        return
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "graph"
        write(graph, format, written, graph.relations)
        if written.is_dir():
            raise click.UsageError(f"{format} is a folder of files: name it with -o")
        with written.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
