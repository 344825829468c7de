"""``kg evaluate``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import extraction_options, sources_argument


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@sources_argument
@click.option("--errors", is_flag=True, help="List what was wrong and missed, with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of a table.")
@extraction_options
def evaluate(
    gold: Path,
    sources: tuple[str, ...],
    errors: bool,
    as_json: bool,
    reader: str | None,
    relations: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    threads: int | None,
) -> int:
    """Score extraction against annotated documents.

    GOLD is a JSON Lines file in the format of data/gold/README.md; SOURCES are the documents that it annotates.
    Exits with 1 when some input had to be skipped.
    """
    import json

    from kg.evaluate import evaluate as score
    from kg.evaluate import read_gold, to_record, to_table
    from kg.model import Extraction
    from kg.pipeline import extract_all, load_extractor
    from kg.sources import Problem

    annotations = read_gold(gold)
    extractor = load_extractor(reader, relations, gazetteer, threads=threads)
    extractions: list[Extraction] = []
    skipped = 0
    for item in extract_all(sources, extractor):
        if isinstance(item, Problem):
            skipped += 1
            click.echo(f"kg: skipped {item}", err=True)
        else:
            extractions.append(item)
    scores = score(extractions, annotations)
    if not errors:
        scores.errors.clear()
    if as_json:
        click.echo(json.dumps(to_record(scores), ensure_ascii=False, indent=1))
        return 1 if skipped else 0
    for error in scores.errors:
        said = f"{error['subject']} {error['relation']} {error['object']} ({error['status']})"
        click.echo(f"{error['error']}: {said}\n    {error['sentence']}")
    click.echo(to_table(scores))
    return 1 if skipped else 0
