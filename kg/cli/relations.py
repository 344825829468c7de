"""``kg relations``."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def relations() -> None:
    """Work on relations of your own."""


@relations.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reader", metavar="NAME", help="The reader that compiles, in place of the bundled one.")
def check(file: Path, reader: str | None) -> int:
    """Compile the relations of FILE and try them out.

    Shows the pattern that each example became, and runs the counter-examples. Exits with 1 when an example does not
    compile or a counter-example makes a claim.
    """
    from kg.extraction.rehearse import rehearse
    from kg.pipeline import load_extractor
    from kg.relations.table import parse

    own = parse(file.read_text("utf-8"), str(file))
    extractor = load_extractor(reader, [file])
    failed = 0
    for item in rehearse(extractor, own.values()):
        failed += not item.ok
        kind = "counter-example" if item.counter else "example"
        click.echo(f"{'ok  ' if item.ok else 'FAIL'} [{item.relation}] {kind}: {item.text}\n       {item.outcome}")
    click.echo(f"{len(own)} relations, {failed} failures")
    return 1 if failed else 0
