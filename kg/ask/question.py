"""What a question asks, as a value: variables, triples over them, and the form of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import KGError
from kg.model import EntityType, Status

Form = Literal["list", "count", "yes-no", "about", "between", "said", "speakers"]

ASSERTED: tuple[Status, ...] = ("asserted",)


class QuestionError(KGError):
    """A question that cannot be read: ``reason`` says why, ``suggestions`` are names that may have been meant."""

    def __init__(self, reason: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"I cannot read this question: {reason}{hint}")
        self.reason = reason
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Variable:
    """What is asked for: ``name`` is ``?x``, ``types`` are those that the question and its relations allow."""

    name: str
    types: tuple[EntityType, ...]


@dataclass(frozen=True, slots=True)
class Triple:
    """``subject`` and ``object`` are the name of a variable or the identifier of an entity; claims of ``statuses`` count."""

    subject: str
    relation: str
    object: str
    statuses: tuple[Status, ...] = ASSERTED


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read.

    ``list``, ``count`` and ``yes-no`` ask for ``triples``, and so does ``speakers``: for those who say them. ``about``
    and ``between`` ask for all claims on their ``topics``, and ``said`` for those of them that are the ``speaker``'s
    (``?x``: anybody's). ``period`` is an ISO 8601 interval of years, or None. ``words`` are lemmas that carried the
    meaning, and ``notes`` say where the reading is wider than the question.
    """

    form: Form
    variables: tuple[Variable, ...] = ()
    triples: tuple[Triple, ...] = ()
    period: str | None = None
    speaker: str | None = None
    topics: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line, for tests and for people who know identifiers.

        >>> print(Question("list", triples=(Triple("?x", "borders", "country/IRN"),)))
        list ?x borders country/IRN
        """
        parts: list[str] = [self.form]
        if self.speaker:
            parts += [self.speaker, "about"] if self.topics else [self.speaker]
        parts += [" ".join(self.topics)] if self.topics else []
        parts += [" & ".join(map(_text, self.triples))] if self.triples else []
        return " ".join([*parts, f"{{{self.period}}}"] if self.period else parts)


def _text(triple: Triple) -> str:
    said = f"{triple.subject} {triple.relation} {triple.object}"
    return said if triple.statuses == ASSERTED else f"{said} [{','.join(triple.statuses)}]"
