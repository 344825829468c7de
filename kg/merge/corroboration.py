"""How sure an edge is: evidence of independent documents adds up, copies of one text do not."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from kg.model import Claim, Document

CEILING = 0.99
"""No number of documents makes an edge certain."""


def corroborate(claims: Iterable[Claim], documents: Mapping[str, Document]) -> tuple[float, int]:
    """Confidence (two decimals, at most :data:`CEILING`) and number of independent sources of one edge's claims.

    Sources are independent given the fact, so each source's best claim enters a noisy-or: 1 - (1-p1)(1-p2)...
    (Pearl, *Probabilistic Reasoning in Intelligent Systems*, 1988). Documents that share a sentence or a URL are
    copies of one source, which is how syndicated news looks.
    """
    best = [max(claim.confidence for claim in group) for group in independent_sources(claims, documents)]
    doubt = 1.0
    for confidence in sorted(best):
        doubt *= 1.0 - confidence
    return min(round(1.0 - doubt, 2), CEILING), len(best)


def independent_sources(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[list[Claim]]:
    """Claims grouped by source: those of one document, of one URL, or of sentences that are the same but for case,
    punctuation and spacing."""
    from networkx.utils import UnionFind

    claims = list(claims)
    if len(claims) == 1:
        return [claims]
    sources: Any = UnionFind()
    for claim in claims:
        sources.union(*_source_keys(claim, documents))
    groups: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[sources[_source_keys(claim, documents)[0]]].append(claim)
    return list(groups.values())


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
