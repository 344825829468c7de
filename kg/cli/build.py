"""``kg build``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import TABLE, extraction_options, sources_argument

if TYPE_CHECKING:
    from kg.pipeline import BuildSummary


@click.command()
@sources_argument
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Folder to write."
)
@extraction_options
@click.option(
    "--aliases", type=TABLE, multiple=True, metavar="FILE", help="Who is who, decided by you (CSV); repeatable."
)
@click.option("--prune", is_flag=True, help="Withdraw documents that SOURCES no longer hold.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def build(
    sources: tuple[str, ...],
    out: Path,
    reader: str | None,
    relations: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    threads: int | None,
    aliases: tuple[Path, ...],
    prune: bool,
    quiet: bool,
) -> int:
    """Read SOURCES and write the graph into a folder.

    SOURCES are files, folders, globs, or - for standard input: .txt .md .html .jsonl .csv .parquet, also .gz or .zst.
    The folder gets graph.ttl, graph.html, claims.jsonl, entities.csv, relations.csv, and the ledger, thanks to which
    the next build reads only what is new. Exits with 1 when some input had to be skipped.
    """
    from kg.cli.progress import shown_progress
    from kg.pipeline import build_with_summary

    with contextlib.nullcontext() if quiet else shown_progress() as progress:
        _, summary = build_with_summary(
            sources, out, reader=reader, relations=relations, gazetteer=gazetteer, aliases=aliases,
            prune=prune, threads=threads, progress=progress,
        )  # fmt: skip
    for problem in summary.problems:
        click.echo(f"kg: skipped {problem}", err=True)
    if not quiet:
        click.echo(to_text(summary))
    return 1 if summary.problems else 0


def to_text(summary: BuildSummary) -> str:
    """The summary for a person: documents, entities, claims by relation and status, and where the page is."""
    numbers = [(summary.new, "new"), (summary.changed, "changed"), (summary.unchanged, "unchanged")]
    documents = ", ".join(f"{count} {name}" for count, name in numbers if count) or "none"
    lines = [f"{'documents':12}{summary.documents:>8}  {documents}"]
    if summary.removed:
        lines.append(f"{'removed':12}{summary.removed:>8}")
    types = ", ".join(f"{count} {name}" for name, count in summary.entities.items())
    lines.append(f"{'entities':12}{sum(summary.entities.values()):>8}  {types}".rstrip())
    lines.append(f"{'claims':12}{sum(sum(counts.values()) for counts in summary.claims.values()):>8}")
    width = max(map(len, summary.claims), default=0)
    for relation, counts in summary.claims.items():
        by_status = ", ".join(f"{count} {status}" for status, count in counts.items())
        lines.append(f"  {relation:{width}}{sum(counts.values()):>{max(18 - width, 4)}}  {by_status}")
    if summary.problems:
        lines.append(f"{'skipped':12}{len(summary.problems):>8}  see above; everything else was written")
    return "\n".join([*lines, f"{'page':12}{summary.page}"])
