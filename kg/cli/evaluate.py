"""``kg evaluate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import extraction_options

if TYPE_CHECKING:
    from kg.evaluate import Annotated
    from kg.extraction import Extractor
    from kg.model import Document, Extraction
    from kg.sources import Problem


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("sources", nargs=-1, metavar="[SOURCES]...")
@click.option("--format", metavar="NAME", help="Format of GOLD.  [default: recognized]")
@click.option("--errors", is_flag=True, help="List what was wrong and missed, with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of a table.")
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What --json printed before: show the changes from it.",
)
@click.option("--resamples", type=click.IntRange(min=1), default=1000, show_default=True, help="Of the bootstrap.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the bootstrap.")
@extraction_options
def evaluate(
    gold: Path,
    sources: tuple[str, ...],
    format: str | None,
    errors: bool,
    as_json: bool,
    baseline: Path | None,
    resamples: int,
    seed: int,
    reader: str | None,
    relations: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    threads: int | None,
) -> int:
    """Score extraction against annotated documents.

    GOLD holds the annotations: in the format of data/gold/README.md, or of a corpus (CoNLL columns, spans in JSON
    Lines, KnowledgeNet, DWIE). SOURCES are the documents that it annotates, for a format that leaves out their text.
    Exits with 1 when some input had to be skipped.
    """
    import json

    from kg.evaluate import Resampling, compare, formats, read, read_baseline, to_lines, to_record, to_table
    from kg.evaluate import evaluate as score
    from kg.pipeline import load_extractor

    if format not in (None, *formats()):
        raise click.BadParameter(f"{format!r} is unknown; valid: {', '.join(formats())}", param_hint="--format")
    annotations = read(gold, format)
    before = read_baseline(baseline) if baseline else None
    given = _sources(sources, annotations)
    problems: list[Problem] = []
    extractor = load_extractor(reader, relations, gazetteer, threads=threads)
    scores, how = score(_read(given, extractor, problems), annotations), Resampling(resamples, seed)
    record = to_record(scores, how)
    if not errors:
        record["errors"] = []
    if before is not None:
        record["difference"] = compare(scores.sheets, before, how)
    lines = (
        [json.dumps(record, ensure_ascii=False, indent=1)]
        if as_json
        else [*to_lines(record["errors"]), to_table(record)]
    )
    for line in lines:
        click.echo(line)
    return 1 if problems else 0


def _read(given: list[str | Document], extractor: Extractor, problems: list[Problem]) -> Iterator[Extraction]:
    """What the documents say; what had to be skipped is said, and kept in ``problems``."""
    from kg.pipeline import extract_all
    from kg.sources import Problem

    for item in extract_all(given, extractor):
        if isinstance(item, Problem):
            problems.append(item)
            click.echo(f"kg: skipped {item}", err=True)
        else:
            yield item


def _sources(sources: tuple[str, ...], annotations: Mapping[str, Annotated]) -> list[str | Document]:
    """What to read: the texts that the annotations hold, or the sources."""
    from kg.identifiers import digest
    from kg.model import Document

    texts = [Document(item.id, item.text, digest(item.text)) for item in annotations.values() if item.text is not None]
    if bool(texts) == bool(sources):
        why = "holds its own texts: leave SOURCES out" if texts else "holds no texts: SOURCES are needed"
        raise click.UsageError(f"GOLD {why}")
    return [*texts, *sources]
