"""``kg entity``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import folder_argument
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.resolve.explain import Explanation, Step

_SHOWN = 20
"""Lines of one kind that are shown; --json has all."""


@click.command()
@folder_argument
@click.argument("name")
@click.option("--near", type=click.IntRange(min=0), default=5, show_default=True, help="Names alike to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of text, one object an entity.")
def entity(folder: Path, name: str, near: int, as_json: bool) -> None:
    """Show who a person or organization of the graph is, and why.

    For every entity of the folder OUT that NAME (an identifier, a name or an alias) means: its records in each document and what
    they say of it, the rules that joined them, what was kept apart and why, and the names most alike that are others.
    """
    import json
    from dataclasses import asdict

    from kg.pipeline.load import resolution_of
    from kg.resolve.explain import explain, find, nearest_names
    from kg.store import Ledger

    with Ledger.open(folder) as ledger:
        resolution = resolution_of(ledger)
    found = find(name, resolution)
    if not found:
        alike = ", ".join(nearest_names(name, resolution, 3)) or "none"
        raise QueryError(f"{folder}: no person or organization is called {name!r}; most alike: {alike}")
    for identifier in found:
        explanation = explain(identifier, resolution, near)
        if as_json:
            click.echo(json.dumps(asdict(explanation), ensure_ascii=False))
        else:
            click.echo("\n".join(_lines(explanation)))


def _lines(explanation: Explanation) -> Iterator[str]:
    entity = explanation.entity
    yield f"{entity.id}  {entity.name}" + (f"  {entity.wikidata}" if entity.wikidata else "")
    if entity.aliases:
        yield f"  also {', '.join(entity.aliases)}"
    yield f"members: {len(explanation.members)}"
    yield from _some(
        f"  {member.document}  {member.name}" + "".join(f"; {said}" for said in member.evidence)
        for member in explanation.members
    )
    yield "joined" if explanation.joined else "joined: nothing but records of one name"
    yield from _some(map(_step, explanation.joined))
    yield "kept apart" if explanation.apart else "kept apart: none"
    yield from _some(map(_step, explanation.apart))
    yield "nearest that are others" if explanation.nearest else "nearest that are others: none"
    for near in explanation.nearest:
        yield f"  {near.id}  {near.name}, {near.likeness} % alike: {near.reason}"


def _step(step: Step) -> str:
    return f"  {step.one} {'=' if step.joined else '≠'} {step.other}, by {step.rule.replace('_', ' ')}: {step.reason}"


def _some(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, and how many more there are."""
    held = list(lines)
    yield from held[:_SHOWN]
    if len(held) > _SHOWN:
        yield f"  and {len(held) - _SHOWN} more; --json shows all"
