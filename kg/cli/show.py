"""``kg show``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import folder_argument
from kg.errors import StoreError


@click.command()
@folder_argument
@click.option("--print", "only_print", is_flag=True, help="Print the path of the page, and do not open it.")
def show(folder: Path, only_print: bool) -> None:
    """Open the graph's page in the browser.

    Prints the path of the page of the folder OUT.
    """
    page = folder / "graph.html"
    if not page.is_file():
        raise StoreError(f"{folder}: no graph.html there; expected a folder that `kg build -o` wrote")
    click.echo(page)
    if not only_print:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
