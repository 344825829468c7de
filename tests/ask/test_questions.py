"""How questions are read: two tables, one that the reading was tuned on and one that was kept unseen until it was done.

A row of ``questions/*.tsv`` is a question and the reading that is right for it, or ``refuse``. Triples are joined by ``&``; the
statuses asked for stand in brackets where they are not ``asserted``, and years in braces; ``?x:CO`` narrows a variable to
countries and organizations. Without another form, it is a list.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.ask import Question, QuestionError, read
from kg.extraction import Extractor
from kg.graph import KnowledgeGraph

TABLES = Path(__file__).parent / "questions"
FORMS = ("count", "yes-no", "about", "between", "said", "speakers", "refuse")
WRONG_AT_MOST = 0.03
RIGHT_AT_LEAST = {"tuned": 0.95, "unseen": 0.75}


def rows(table: str) -> list[tuple[str, str]]:
    lines = (TABLES / f"{table}.tsv").read_text("utf-8").splitlines()
    return [(question, right) for question, _, right in (line.partition("\t") for line in lines)]


def canonical(right: str) -> tuple[str, dict[str, set[str]]]:
    """A row's reading as :class:`Question` prints it, and the types that it narrows variables to."""
    types = {name: set(letters) for name, letters in re.findall(r"(\?[xy]):([CPO]+)", right)}
    plain = re.sub(r":[CPO]+\b", "", right)
    plain = re.sub(r"(\S+) (borders|ally-of|foe-of) (\?\w)", r"\3 \2 \1", plain)
    return plain if plain.split()[0] in FORMS else f"list {plain}", types


def outcome(graph: KnowledgeGraph, question: str, right: str, extractor: Extractor) -> str:
    """Whether a question is read rightly, is wrongly refused, or is read wrongly."""
    expected, types = canonical(right)
    try:
        found = read(graph, question, relations=graph.relations, extractor=extractor)
    except QuestionError:
        return "right" if expected == "refuse" else "refused"
    return "right" if str(found) == expected and narrowed(found, types) else "wrong"


def narrowed(question: Question, types: dict[str, set[str]]) -> bool:
    letters = {variable.name: {kind[0] for kind in variable.types} for variable in question.variables}
    return all(letters[name] <= allowed for name, allowed in types.items())


@pytest.mark.parametrize("table", ["tuned", "unseen"])
def test_questions_are_read_rightly_or_refused(table: str, news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    outcomes = {question: outcome(news_graph, question, right, extractor) for question, right in rows(table)}
    counts = Counter(outcomes.values())
    wrong = [question for question, kind in outcomes.items() if kind == "wrong"]
    assert counts["wrong"] <= WRONG_AT_MOST * len(outcomes), wrong
    assert counts["right"] >= RIGHT_AT_LEAST[table] * len(outcomes), counts
