"""``kg query``."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from kg.cli.options import folder_argument

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@click.command()
@folder_argument
@click.argument("text", metavar="[QUERY]", required=False)
@click.option("-f", "--file", type=click.File("r", encoding="utf-8"), help="File with the query; - is standard input.")
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True, help="Limit in seconds."
)
def query(folder: Path, text: str | None, file: IO[str] | None, format: str, timeout: float) -> None:
    """Ask the graph a SPARQL query.

    SELECT, ASK, CONSTRUCT or DESCRIBE over the graph of the folder OUT; the last two print as table or ttl.
    The prefixes kg: country: person: organization: and the usual ones are declared.
    """
    from kg.ontology import prefixes
    from kg.pipeline import open
    from kg.query import render, run_query

    if (text is None) == (file is None):
        raise click.UsageError("give a QUERY, or a file with one by -f")
    graph = open(folder)
    result = run_query(graph, file.read() if file else text or "", relations=graph.relations, timeout_s=timeout)
    click.echo(render(result, format, prefixes()).encode(), nl=False)
