"""What the pair scorer sees of a sentence: its words in context, its mentions, and every pair of them.

The same arrays are made for training (:mod:`kg.extraction.train`) and for reading (:mod:`kg.extraction.scorer`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kg.extraction.linking import Reference
from kg.extraction.matcher import Match
from kg.extraction.syntax import span_root
from kg.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
RELATIONS = ("borders", "ally-of", "foe-of", "sells-arms-to", "leads", "affiliated-with", "part-of")
"""The relations that are scored, in the order of the scorer's columns."""
SYMMETRIC = frozenset({"borders", "ally-of", "foe-of"})
KINDS = 7
"""Classes of a word: in no mention, or in a country's, person's or organization's by name (1–3) or by description (4–6)."""
LABELS = (
    "root", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "nmod:desc", "compound", "amod",
    "appos", "conj", "acl", "acl:relcl", "advcl", "xcomp", "ccomp", "parataxis", "flat", "case", "cop", "aux", "aux:pass",
    "advmod", "mark", "det", "cc", "punct", "nmod:unmarked", "obl:unmarked", "csubj", "nummod",
)  # fmt: skip
"""Dependency labels that are told apart; others are class 0."""
DISTANCES = 16
_TYPES: tuple[EntityType, ...] = ("Country", "Person", "Organization")
_CARRIED = frozenset({"case", "obj", "aux", "cop", "amod", "compound", "advmod"})
"""Dependents that belong to the path: "sold *to*", "*did* sell", "*military* aid"."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A sentence of n words with m mentions and p ordered pairs of mentions of different entities.

    ``words`` n×D, ``kinds`` and ``labels`` n, ``spans`` m×n (each row averages the words of a mention); of each pair:
    ``subjects`` and ``objects`` (rows of ``spans``), ``distances`` (class), ``from_subject`` and ``from_object`` p×n (1 for the
    words on the dependency path up to where both meet), ``rules`` p×R (certainty of the best pattern match of each
    relation, 0 without one).
    """

    words: Floats
    kinds: Integers
    labels: Integers
    spans: Floats
    subjects: Integers
    objects: Integers
    distances: Integers
    from_subject: Floats
    from_object: Floats
    rules: Floats


def pairs_of(
    sentence: Span, mentions: Sequence[Reference], certainties: Mapping[tuple[int, int, str], float], vectors: Floats
) -> Pairs | None:
    """The pairs among ``mentions``, which lie in ``sentence``; None if there are none.

    ``certainties`` are by (position of the subject in ``mentions``, of the object, relation); ``vectors`` (n×D) are the
    words in context.
    """
    count = len(sentence)
    kinds = np.zeros(count, np.int64)
    spans = np.zeros((len(mentions), count), np.float32)
    for row, mention in enumerate(mentions):
        inside = slice(mention.start - sentence.start, mention.end - sentence.start)
        kinds[inside] = 1 + _TYPES.index(mention.type) + (0 if mention.by_name else 3)
        spans[row, inside] = 1 / (mention.end - mention.start)
    chosen = [
        (s, o)
        for s, subject in enumerate(mentions)
        for o, object in enumerate(mentions)
        if subject.entity != object.entity
    ]
    if not chosen:
        return None
    lines = [_ancestors(span_root(sentence.doc, mention.start, mention.end)) for mention in mentions]
    from_subject, from_object = _paths(sentence, lines, chosen)
    rules = [[certainties.get((s, o, relation), 0.0) for relation in RELATIONS] for s, o in chosen]
    return Pairs(
        words=vectors.astype(np.float32),
        kinds=kinds,
        labels=np.array([_LABEL.get(token.dep_.lower(), 0) for token in sentence], np.int64),
        spans=spans,
        subjects=np.array([s for s, _ in chosen], np.int64),
        objects=np.array([o for _, o in chosen], np.int64),
        distances=np.array([_distance(mentions[s], mentions[o]) for s, o in chosen], np.int64),
        from_subject=from_subject,
        from_object=from_object,
        rules=np.array(rules, np.float32),
    )


def match_certainties(matches: Iterable[Match], rows: Mapping[int, int]) -> dict[tuple[int, int, str], float]:
    """The most certain match of each (subject, object, relation); ``rows`` maps a mention's index to its position."""
    best: dict[tuple[int, int, str], float] = {}
    for match in matches:
        ends = rows.get(match.subject.mention), rows.get(match.object.mention)
        if ends[0] is None or ends[1] is None:
            continue
        relation = match.pattern.relation
        keys = [(ends[0], ends[1], relation)]
        if relation in SYMMETRIC:
            keys.append((ends[1], ends[0], relation))
        for key in keys:
            best[key] = max(best.get(key, 0.0), match.certainty)
    return best


def _distance(subject: Reference, object: Reference) -> int:
    """Class of how far apart two mentions start, and in which order."""
    gap = object.start - subject.start
    near = min(DISTANCES // 2 - 1, int(math.log2(abs(gap) + 1) * 1.5))
    return near + (DISTANCES // 2 if gap < 0 else 0)


def _ancestors(token: Token) -> list[int]:
    """A token and what it hangs on, upwards to the root."""
    line = [token.i]
    while token.head.i != token.i:
        token = token.head
        line.append(token.i)
    return line


def _paths(sentence: Span, lines: Sequence[Sequence[int]], chosen: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """The words from each end of every pair up to where both lines meet, with what belongs to them."""
    carried: dict[int, list[int]] = {}
    for token in sentence:
        if token.dep_ in _CARRIED:
            carried.setdefault(token.head.i, []).append(token.i)
    rows = np.zeros((2, len(chosen), len(sentence)), np.float32)
    for row, (one, other) in enumerate(chosen):
        top = next((index for index in lines[one] if index in lines[other]), None)
        for side, line in enumerate((lines[one], lines[other])):
            for word in line if top is None else line[: line.index(top) + 1]:
                for index in (word, *carried.get(word, [])):
                    if sentence.start <= index < sentence.end:
                        rows[side, row, index - sentence.start] = 1
    return rows[0], rows[1]


_LABEL = {label: number for number, label in enumerate(LABELS, 1)}
