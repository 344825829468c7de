"""Questions in English, read by the engine that reads the articles, and answered by the graph with sentences.

We rejected a grammar of questions: its wordings would be another list beside the relations' examples. A question is turned
into the statements that it asks about, with names in place of variables, and the patterns and statuses of
:mod:`kg.extraction` read these; so a user's own relation can be asked for as soon as it has examples. A question of which
any word is not accounted for is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from kg.ask.answer import Answer, Row, Sentence
from kg.ask.question import Question, QuestionError, Triple, Variable
from kg.model import Graph
from kg.relations import Relation

if TYPE_CHECKING:
    from kg.ask.names import Names
    from kg.extraction import Extractor

__all__ = ["EXAMPLES", "Answer", "Question", "QuestionError", "Row", "Sentence", "Triple", "Variable", "ask", "read"]

EXAMPLES = (
    "Who sells arms to Azerbaijan?",
    "Which countries border Iran and are allies of Russia?",
    "Is Turkey an ally of Israel?",
    "How many countries border Chad?",
    "Who denied selling arms to Iran?",
    "Which countries bought weapons from Russia since 2015?",
    "Who leads the countries that border Kosovo?",
    "What did Viktor Orban say about Russia?",
    "How are Iran and Syria related?",
    "Tell me about Hezbollah.",
)
"""Questions of each kind that can be read."""


def ask(
    graph: Graph, question: str, *, relations: Mapping[str, Relation], extractor: Extractor | None = None
) -> Answer:
    """The answer of a graph to a question; ``extractor`` is a loaded one, else the bundled reader is loaded and kept.

    Raises :class:`QuestionError` for a question that cannot be read, with the reason.
    """
    from kg.ask.answer import answer
    from kg.ask.names import Names

    extractor = extractor or _kept_extractor()
    names = Names(graph.entities, extractor.gazetteer, extractor.nlp.Defaults.stop_words)
    return answer(question, _read(question, names, relations, extractor), graph, relations, names)


def read(
    graph: Graph, question: str, *, relations: Mapping[str, Relation], extractor: Extractor | None = None
) -> Question:
    """The question as it is read, without its answer. Raises as :func:`ask` does."""
    from kg.ask.names import Names

    extractor = extractor or _kept_extractor()
    names = Names(graph.entities, extractor.gazetteer, extractor.nlp.Defaults.stop_words)
    return _read(question, names, relations, extractor)


def _read(question: str, names: Names, relations: Mapping[str, Relation], extractor: Extractor) -> Question:
    from kg.ask.reading import QuestionReader
    from kg.extraction.candidates import Rules
    from kg.extraction.compiled import load_patterns
    from kg.extraction.patterns import index_by_lemma

    rules = extractor.rules
    if dict(relations) != dict(rules.relations):
        rules = Rules(relations, index_by_lemma(load_patterns(relations, extractor.nlp)), rules.scorer)
    return QuestionReader(names, rules, extractor.nlp).read(question)


@cache
def _kept_extractor() -> Extractor:
    from kg.extraction import Extractor

    return Extractor()
