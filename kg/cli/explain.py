"""``kg explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import extraction_options

if TYPE_CHECKING:
    from kg.extraction.explain import Explanation
    from kg.model import Claim


@click.command()
@click.argument("text")
@click.option("--near", type=click.IntRange(min=0), default=8, show_default=True, help="Near misses to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of text, one object a sentence.")
@extraction_options
def explain(
    text: str,
    near: int,
    as_json: bool,
    reader: str | None,
    relations: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    threads: int | None,
) -> None:
    """Show how a sentence is read and what it claims, and why.

    For every sentence of TEXT (- reads standard input): the words and how they hang together, the mentions and what they refer to,
    the links that grammar leaves unsaid, the claims, and the examples that nearly matched with what they lack.
    """
    import json
    from dataclasses import asdict

    from kg.extraction.explain import explain as explain_text
    from kg.pipeline import load_extractor

    extractor = load_extractor(reader, relations, gazetteer, threads=threads)
    for explanation in explain_text(extractor, sys.stdin.read() if text == "-" else text):
        if as_json:
            click.echo(json.dumps(asdict(explanation), ensure_ascii=False))
        else:
            click.echo("\n".join(_lines(explanation, near)))


def _lines(explanation: Explanation, near: int) -> Iterator[str]:
    yield "words"
    width = max((len(word.text) for word in explanation.words), default=0)
    for number, word in enumerate(explanation.words):
        head = explanation.words[word.head].text if word.head != number else "-"
        yield f"  {number:3} {word.text:{width}}  {word.part_of_speech:6}{word.label:12}{head}"
    yield "mentions" if explanation.mentions else "mentions: none"
    for mention in explanation.mentions:
        how = "" if mention.by_name else f"  resolved, certainty {mention.certainty:.2f}"
        yield f"  {mention.text}  {mention.entity}{how}"
    if explanation.arcs:
        yield "links that grammar leaves unsaid"
    for arc in explanation.arcs:
        yield f"  {arc.head} --{arc.label}--> {arc.dependent}  {arc.certainty:.2f}"
    yield "claims" if explanation.claims else "claims: none"
    for claim in explanation.claims:
        yield f"  {_shown(claim)}"
    if explanation.pairs:
        yield "pairs that only the scorer relates"
    for pair in explanation.pairs[:near]:
        said = f"{pair.subject} {pair.relation} {pair.object}"
        yield f"  {said}: probability {pair.probability:.2f} by {pair.word!r}, confidence {pair.confidence:.2f}"
    if explanation.near[:near]:
        yield "nearly"
    for miss in explanation.near[:near]:
        yield f"  {miss.rule}  {miss.found} of {miss.size} ({', '.join(miss.words)}): {miss.reason}"


def _shown(claim: Claim) -> str:
    manner = f"{claim.polarity}, {claim.modality}, {claim.time}, {claim.kind}"
    period = f", {claim.period}" if claim.period else ""
    speaker = f", says {claim.attributed_to}" if claim.attributed_to else ""
    said = f"{claim.subject} {claim.relation} {claim.object}"
    return f"{said}: {claim.status} ({manner}{period}{speaker}), confidence {claim.confidence:.2f}, by {claim.rule}"
