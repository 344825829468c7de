"""What grammar leaves unsaid, made explicit once for all relations.

After "enhanced" Universal Dependencies (Schuster and Manning, 2016) and pyBART (Tiktinsky et al., 2020). The steps are in
:mod:`kg.extraction.verbs`, :mod:`kg.extraction.nouns` and :mod:`kg.extraction.ellipsis`; later ones see the arcs that earlier ones added.
"""

from collections.abc import Iterable

from kg.extraction import ellipsis, nouns, verbs
from kg.extraction.graph import SentenceGraph

_STEPS = (
    nouns.join_hyphenated,
    nouns.part_complements,
    nouns.predicate_lists,
    verbs.predicate_objects,
    verbs.share_verb_arguments,
    verbs.fill_relatives,
    verbs.fill_participles,
    verbs.fill_controlled,
    nouns.possess_objects,
    nouns.share_noun_heads,
    nouns.share_complements,
    nouns.predicate_titles,
    nouns.predicate_adjacent,
    nouns.predicate_after_dash,
    nouns.share_appositions,
    nouns.see_through_quantities,
    verbs.shift_datives,
    nouns.presuppose_groups,
    nouns.share_holders,
    nouns.place_neighbors,
    nouns.attach_both_ways,
    ellipsis.repeat_gapped_verbs,
    ellipsis.name_neighbors,
)


def enhance(graph: SentenceGraph, owned: Iterable[int] = ()) -> SentenceGraph:
    """Add every implied arc to ``graph`` and return it; ``owned`` are the tokens that imply their owner by themselves."""
    for step in _STEPS:
        step(graph)
    for index in owned:
        graph.add(index, "of", index)
    return graph
