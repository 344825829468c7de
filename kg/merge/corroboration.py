"""How sure an edge is: evidence of independent documents adds up, copies of one text do not."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz

from kg.model import Claim, Document

CEILING = 0.99
"""No number of documents makes an edge certain."""
ALIKE, LONG = 90, 10
"""Percent of likeness, and words, from which two sentences are copies; short ones are alike by chance."""
_NEIGHBORS = 20


def corroborate(claims: Iterable[Claim], documents: Mapping[str, Document]) -> tuple[float, int]:
    """Confidence (two decimals, at most :data:`CEILING`) and number of independent sources of one edge's claims.

    Sources are independent given the fact, so each source's best claim enters a noisy-or: 1 - (1-p1)(1-p2)...
    (Pearl, *Probabilistic Reasoning in Intelligent Systems*, 1988). Documents that share a sentence, nearly, or a URL
    are copies of one source, which is how syndicated news looks.
    """
    best = [max(claim.confidence for claim in group) for group in independent_sources(claims, documents)]
    doubt = 1.0
    for confidence in sorted(best):
        doubt *= 1.0 - confidence
    return min(round(1.0 - doubt, 2), CEILING), len(best)


def independent_sources(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[list[Claim]]:
    """Claims grouped by source: those of one document, of one URL, or of sentences that are nearly the same."""
    from networkx.utils import UnionFind

    claims = list(claims)
    if len(claims) == 1:
        return [claims]
    sources: Any = UnionFind()
    for claim in claims:
        sources.union(*_source_keys(claim, documents))
    for one, other in near_copies({normal_sentence(claim.evidence.sentence) for claim in claims}):
        sources.union(("sentence", one), ("sentence", other))
    groups: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[sources[_source_keys(claim, documents)[0]]].append(claim)
    return list(groups.values())


def near_copies(sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of sentences (as :func:`normal_sentence` gives them) that an editor made of one another: long enough, and at
    least :data:`ALIKE` percent alike by edit distance.

    Candidates are found by the sorted neighbourhood of Hernández and Stolfo (1995), forwards and from the end.
    """
    long = [sentence for sentence in sentences if len(sentence.split()) >= LONG]
    for order in (sorted(long), sorted(long, key=lambda sentence: sentence[::-1])):
        for position, one in enumerate(order):
            for other in order[position + 1 : position + 1 + _NEIGHBORS]:
                if fuzz.ratio(one, other, score_cutoff=ALIKE):
                    yield one, other


def normal_sentence(sentence: str) -> str:
    """The words of a sentence, in one case and one Unicode form.

    >>> normal_sentence("Ankara  sold “drones” to Kyiv.") == normal_sentence('ANKARA sold "drones" to Kyiv')
    True
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", sentence).casefold()))


def _source_keys(claim: Claim, documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    document = documents.get(claim.evidence.document)
    keys = [("document", claim.evidence.document), ("sentence", normal_sentence(claim.evidence.sentence))]
    return [*keys, ("url", document.url)] if document and document.url else keys
