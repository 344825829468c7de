"""``kg check``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import folder_argument

if TYPE_CHECKING:
    from kg.ontology.validate import Violation


@click.command()
@folder_argument
@click.option(
    "--facts", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True, metavar="FILE",
    help="Facts of your own (CSV: subject, relation, object, since, until, source); repeatable.",
)  # fmt: skip
@click.option("--shacl", is_flag=True, help="Validate against the SHACL shapes, too; slow, needs the extra check.")
@click.option("--strict", is_flag=True, help="Let contested pairs fail the check as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of text.")
def check(folder: Path, facts: tuple[Path, ...], shacl: bool, strict: bool, as_json: bool) -> int:
    """Check the claims of a graph against reference facts.

    Prints how many edges of the graph in OUT are confirmed, unknown or contradicted; each contradicted claim with its
    sentence and the fact against it; and the pairs of which the texts say opposite things, with dates and quotes.
    Exits with 1 when reference facts contradict a claim or a shape is violated, with --strict also for contested pairs.
    """
    import json
    from dataclasses import asdict, replace

    from kg.check import judge_edges, load_facts
    from kg.check.report import make_report, to_record, to_text
    from kg.pipeline import open

    graph = open(folder)
    if facts:
        graph = replace(graph, edges=judge_edges(graph.edges, graph.documents, load_facts(facts, graph.relations)))
    violations: tuple[Violation, ...] = ()
    if shacl:
        from kg.ontology.validate import find_violations

        violations = find_violations(graph.to_rdf())
    report = make_report(graph)
    if as_json:
        shapes = {"violations": [asdict(violation) for violation in violations]} if shacl else {}
        click.echo(json.dumps(to_record(report) | shapes, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([to_text(report), *(_violation_lines(violations) if shacl else ())]))
    return 1 if report.contradicted or violations or (strict and report.contests) else 0


def _violation_lines(violations: Sequence[Violation]) -> Iterator[str]:
    yield f"\nviolated shapes: {len(violations) or 'none'}"
    for violation in violations:
        yield f"  {violation.node} {violation.path}: {violation.message}"
