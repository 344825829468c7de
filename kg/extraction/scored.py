"""The pairs of one sentence with what the scorer says of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extraction.linking import Reference
from kg.extraction.matcher import Match
from kg.extraction.pairs import RELATIONS, match_certainties, pairs_of
from kg.extraction.scorer import Scorer, Scores
from kg.extraction.syntax import lemma
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FAINT = 0.05
"""Probabilities below this are not looked at."""
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "ADP", "AUX"})


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that the scorer sees between two mentions (positions among the references); ``word`` carries it."""

    relation: Relation
    subject: int
    object: int
    probability: float
    word: Token


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """``rows`` are those of ``scores``, by (subject, object): positions among the references of the document."""

    sentence: Span
    references: Sequence[Reference]
    scores: Scores
    rows: Mapping[tuple[int, int], int]

    def of_match(self, match: Match) -> float | None:
        """The probability of what a match says; None if it was not scored."""
        row = self.rows.get((match.subject.mention, match.object.mention))
        if row is None or match.pattern.relation not in RELATIONS:
            return None
        return float(self.scores.relations[row, RELATIONS.index(match.pattern.relation)])

    def beyond(self, matched: Collection[tuple[str, str, str]], relations: Mapping[str, Relation]) -> Iterator[Found]:
        """What the scorer sees and no match says: the better direction of each pair of mentions, in their order.

        ``matched`` are (subject entity, relation, object entity).
        """
        for (s, o), row in self.rows.items():
            back = self.rows[o, s]
            for column, name in enumerate(RELATIONS):
                relation = relations.get(name)
                if relation is None or not self._may_hold(relation, s, o):
                    continue
                here, there = (float(self.scores.relations[number, column]) for number in (row, back))
                probability = (here + there) / 2 if relation.symmetric else here
                reverse = s > o if relation.symmetric else there > here and self._may_hold(relation, o, s)
                one, other = self.references[s].entity, self.references[o].entity
                said = (one, name, other) in matched or (relation.symmetric and (other, name, one) in matched)
                if probability < _FAINT or reverse or said:
                    continue
                word = self._word(row, s, o)
                if not any(lemma(child) in relation.unless for child in word.children):
                    yield Found(relation, s, o, probability, word)

    def _may_hold(self, relation: Relation, subject: int, object: int) -> bool:
        return self.references[subject].type in relation.subject and self.references[object].type in relation.object

    def _word(self, row: int, *ends: int) -> Token:
        """The word that carries the meaning, outside of the two mentions."""
        taken = {index for end in ends for index in range(self.references[end].start, self.references[end].end)}
        for at in np.argsort(-self.scores.triggers[row], kind="stable"):
            token: Token = self.sentence[int(at)]
            if token.i not in taken and token.pos_ in _CONTENT:
                return token
        return self.sentence.root


def score_pairs(
    sentence: Span, references: Sequence[Reference], matches: Sequence[Match], scorer: Scorer
) -> ScoredPairs | None:
    """Scores of all pairs of mentions in a sentence; None if it has no pair. What titles imply is left to the patterns."""
    words = [token.i for token in sentence if not token.is_space]
    sentence = sentence.doc[words[0] : words[-1] + 1]  # white space around it is no context
    inside = [
        number
        for number, ref in enumerate(references)
        if sentence.start <= ref.start and ref.end <= sentence.end and not ref.implied
    ]
    row_of = {number: row for row, number in enumerate(inside)}
    vectors = np.asarray(sentence.doc.tensor)[sentence.start : sentence.end]
    mentions = [references[number] for number in inside]
    pairs = pairs_of(sentence, mentions, match_certainties(matches, row_of), vectors)
    if pairs is None:
        return None
    ends = zip(pairs.subjects, pairs.objects, strict=True)
    rows = {(inside[s], inside[o]): number for number, (s, o) in enumerate(ends)}
    return ScoredPairs(sentence, references, scorer(pairs), rows)


def rule_of(found: Found) -> str:
    """What names the rule of a claim that no pattern made: "sells-arms-to:learned-ship"."""
    return f"{found.relation.id}:learned-{lemma(found.word)}"
