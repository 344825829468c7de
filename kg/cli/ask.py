"""``kg ask``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import folder_argument

if TYPE_CHECKING:
    from kg.ask import Answer, Row

_SHOWN = 40


@click.command()
@folder_argument
@click.argument("question")
@click.option(
    "--sparql", "only_query", is_flag=True, help="Print the query that the question becomes, and do not run it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of text.")
def ask(folder: Path, question: str, only_query: bool, as_json: bool) -> int:
    """Answer a question in English.

    The QUESTION is read as the articles are read, shown as SPARQL, and answered from the graph of the folder OUT with the
    sentences that say so. Exits with 1 for a question that cannot be read, and says why.
    """
    import json
    from dataclasses import asdict

    from kg.ask import EXAMPLES, QuestionError, read
    from kg.ask import ask as answer_to
    from kg.ask.sparql import to_sparql
    from kg.pipeline import open

    graph = open(folder)
    try:
        if only_query:
            asked = read(graph, question, relations=graph.relations)
            click.echo(to_sparql(asked, graph.relations))
            return 0
        answer = answer_to(graph, question, relations=graph.relations)
    except QuestionError as error:
        if as_json:
            click.echo(
                json.dumps(
                    {"error": str(error), "reason": error.reason, "suggestions": error.suggestions}, ensure_ascii=False
                )
            )
        else:
            click.echo(f"kg: {error}.", err=True)
            click.echo(
                "\n".join(["I can read questions such as:", *(f"  {example}" for example in EXAMPLES)]), err=True
            )
        return 1
    if as_json:
        record = {**asdict(answer), "verdict": answer.verdict, "question": str(answer.question)}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(answer)))
    return 0


def _lines(answer: Answer) -> Iterator[str]:
    yield f"read as  {answer.reading}"
    yield from (f"note     {note}" for note in answer.notes)
    yield from ("", *(f"  {line}" for line in answer.sparql.splitlines()), "")
    yield answer.verdict
    yield from _rows(answer.rows, with_status=answer.question.form not in ("list", "count"))
    if answer.others:
        years = ", or of other or unstated years" if answer.question.period else ""
        yield "\nOn other topics:" if answer.question.form == "said" else f"\nOf another status{years}:"
        yield from _rows(answer.others, with_status=True)


def _rows(rows: Sequence[Row], *, with_status: bool) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        title = ", ".join(name for _, name in row.names) or "; ".join(row.said)
        title += f": {'; '.join(row.said)}" if (row.names and len(row.said) > 1) or (row.names and with_status) else ""
        marks = [row.status] * (with_status or row.status != "asserted") + ["contested"] * row.contested
        yield f"\n{title}{' (' + ', '.join(marks) + ')' if marks else ''}"
        for sentence in row.sentences:
            speaker = f", says {sentence.speaker}" if sentence.speaker else ""
            dated = f", {sentence.published}" if sentence.published else ""
            yield f"  “{' '.join(sentence.text.split())}”\n    {sentence.document}{dated}{speaker}; confidence {sentence.confidence:.2f}"
    if len(rows) > _SHOWN:
        yield f"\n… and {len(rows) - _SHOWN} more"
