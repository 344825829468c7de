"""What verbs leave unsaid: shared subjects and objects, relative clauses, participles, control, datives.

Each function adds arcs to a sentence graph; an arc that is a guess carries a certainty below 1.
"""

from __future__ import annotations

from kg.extraction.graph import SentenceGraph
from kg.extraction.syntax import is_participle, lemma

_RELATIVE = frozenset("that which who whom whose".split())
_NAMING = frozenset(
    "call consider deem describe see regard view name brand declare label hail treat designate characterize depict "
    "portray praise count recognize make term denounce welcome paint list rank".split()
)
DITRANSITIVE = frozenset("sell give send supply lend lease offer provide hand donate grant deliver ship export".split())
"""Verbs whose recipient may stand bare behind them."""
_LINKING = frozenset("become remain stay be".split())
_UNDERTAKING = frozenset(
    "sign make have reach announce take win conclude get approve seek want need start launch".split()
)
"""Verbs whose subject does what an infinitive behind their object says: "signed a deal to sell"."""
_OBJECT_CONTROL = frozenset(
    "accuse blame suspect stop prevent bar ban criticize thank condemn ask urge persuade allow force help order "
    "permit tell press convince encourage enable forbid discourage invite pressure compel require".split()
)
_AGENT_CONTROL = frozenset("use employ deploy exploit".split())
"""Verbs whose agent also does what their infinitive says, in the passive too: "used by rebels to fire rockets"."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def predicate_objects(graph: SentenceGraph) -> None:
    """ "hailed Azerbaijan as a partner", "calls Iran its enemy", "remains an ally", "served as its envoy"."""
    for head in sorted(graph.down):
        verb = lemma(graph.token(head))
        predicates = graph.children(head, "prep:as", "xcomp", "attr")
        objects = graph.children(head, "obj")
        if verb in _NAMING and objects:
            predicates = predicates or objects[1:]
            for predicate in predicates:
                graph.add(predicate.token, "nsubj", objects[0].token, 0.97)
                if not graph.children(predicate.token, "of", "prep:to"):  # "hailed Israel as a partner": its own
                    for namer in graph.children(head, "nsubj"):
                        graph.add(predicate.token, "of", namer.token, 0.9)
        elif verb in _LINKING or (verb in ("serve", "act", "work", "emerge") and predicates):
            for subject in graph.children(head, "nsubj"):
                for predicate in predicates or (objects if verb in _LINKING else []):
                    graph.add(predicate.token, "nsubj", subject.token, 0.98)


def share_verb_arguments(graph: SentenceGraph) -> None:
    """ "sold tanks and trained pilots": coordinated verbs share a subject, and an object that stands last."""
    for head, link in graph.arcs("conj"):
        first, second = graph.token(head), graph.token(link.token)
        if second.pos_ in _NOMINAL and not graph.children(second.i, "cop"):
            continue
        if not graph.children(second.i, "nsubj") and not (
            _passive(graph, second.i) and graph.children(second.i, "obj")
        ):
            for subject in graph.children(first.i, "nsubj"):
                graph.add(second.i, "nsubj", subject.token, 0.97)
        for target in graph.children(second.i, "obj"):
            if not graph.children(first.i, "obj", "ccomp", "xcomp") and first.pos_ == "VERB":
                graph.add(first.i, "obj", target.token, 0.9)


def fill_relatives(graph: SentenceGraph) -> None:
    """ "the republic, which borders Iran": the antecedent takes the place of the pronoun, or of the gap."""
    for head, link in graph.arcs("relcl"):
        antecedent, certainty = head, 0.97
        pronouns = [t for t in graph.sentence if t.lower_ in _RELATIVE and head < t.i and graph.parents(t.i)]
        pronouns = [t for t in pronouns if _below(graph, t.i, link.token)]
        if graph.token(head).pos_ not in _NOMINAL and pronouns:
            antecedent, certainty = _noun_before(graph, pronouns[0].i), 0.85
        if antecedent < 0:
            continue
        for pronoun in pronouns[:1]:
            for parent in graph.parents(pronoun.i):
                graph.add(parent.token, parent.label, antecedent, certainty)
        if not pronouns:
            gap = "obj" if graph.children(link.token, "nsubj") else "nsubj"
            if not graph.children(link.token, gap):
                graph.add(link.token, gap, antecedent, 0.9)


def fill_participles(graph: SentenceGraph) -> None:
    """ "weapons sold by Israel", "troops guarding the border", "Israel's decision to sell"."""
    for head, link in graph.arcs("acl"):
        verb = graph.token(link.token)
        marks = {graph.token(mark.token).lower_ for mark in graph.children(verb.i, "mark")}
        if "to" in marks:
            _fill_infinitive(graph, head, verb.i)
        elif is_participle(verb) and not graph.children(verb.i, "obj"):
            graph.add(verb.i, "obj", head, 0.97)
        elif verb.tag_ == "VBG" and not graph.children(verb.i, "nsubj"):
            graph.add(verb.i, "nsubj", head, 0.95)


def _fill_infinitive(graph: SentenceGraph, noun: int, verb: int) -> None:
    holders = [link.token for link in graph.children(noun, "of")]
    for parent in graph.parents(noun, "obj"):
        if lemma(graph.token(parent.token)) not in _UNDERTAKING:
            continue
        holders = holders or [link.token for link in graph.children(parent.token, "nsubj")]
    for holder in holders:
        if not graph.children(verb, "nsubj"):
            graph.add(verb, "nsubj", holder, 0.92)


def fill_controlled(graph: SentenceGraph) -> None:
    """ "agreed to sell", "accused Iran of arming", "attacked, killing": the missing subject of a clause."""
    for head, link in graph.arcs("xcomp", "advcl"):
        if graph.children(link.token, "nsubj") or graph.token(link.token).pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        if link.label == "advcl" and is_participle(graph.token(link.token)):
            continue
        verb = lemma(graph.token(head))
        passive = _passive(graph, head)
        patient = verb in _OBJECT_CONTROL or (passive and verb not in _AGENT_CONTROL)
        controllers = graph.children(head, "obj" if patient else "nsubj")
        for controller in controllers or graph.children(head, "nsubj"):
            graph.add(link.token, "nsubj", controller.token, 0.95 if link.label == "xcomp" else 0.9)


def shift_datives(graph: SentenceGraph) -> None:
    """ "sold Azerbaijan drones": a bare name right behind the verb is its recipient, though it looks like a modifier, or
    like a first object."""
    for head, first in graph.arcs("obj"):
        second = [link for link in graph.children(head, "obj") if link.token > first.token and link.certainty == 1.0]
        bare = first.token in graph.anchored and first.token > head and first.certainty == 1.0
        if bare and second and lemma(graph.token(head)) in DITRANSITIVE and graph.token(second[0].token).dep_ == "obj":
            graph.add(head, "prep:to", first.token, 0.95)
    for token in graph.sentence:
        verb = token.i - 1
        if (
            token.i in graph.anchored
            and token.dep_ == "compound"
            and token.pos_ == "PROPN"
            and verb >= graph.sentence.start
        ):
            if lemma(graph.token(verb)) in DITRANSITIVE and graph.children(verb, "obj"):
                graph.add(verb, "prep:to", token.i, 0.9)
                for parent in graph.parents(token.i, "of"):
                    graph.drop(parent.token, token.i, "of")


def _passive(graph: SentenceGraph, verb: int) -> bool:
    return any(child.dep_ in ("nsubj:pass", "nsubjpass", "aux:pass", "auxpass") for child in graph.token(verb).children)


def _below(graph: SentenceGraph, index: int, ancestor: int) -> bool:
    token = graph.token(index)
    return token.i == ancestor or any(above.i == ancestor for above in token.ancestors)


def _noun_before(graph: SentenceGraph, index: int) -> int:
    """The head of the noun phrase that ends just before ``index``; -1 if there is none."""
    position = index - 1
    while position > graph.sentence.start and (graph.token(position).is_punct or graph.token(position).pos_ == "ADP"):
        position -= 1
    token = graph.token(position)
    while token.dep_ in ("flat", "compound", "fixed") and token.head.i != token.i:
        token = token.head
    return token.i if token.pos_ in _NOMINAL else -1
