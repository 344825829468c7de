"""What grammar leaves unsaid, made explicit once for all relations: shared subjects, relative clauses, control,
apposition, coordination, and prepositional phrases that could attach higher or lower.

After "enhanced" Universal Dependencies (Schuster and Manning, 2016) and pyBART (Tiktinsky et al., 2020). Each step adds
arcs to a :class:`SentenceGraph`; an arc that is a guess carries a certainty below 1.
"""

from __future__ import annotations

from kg.extraction.graph import SentenceGraph
from kg.extraction.syntax import is_participle, lemma

_NEIGHBORING = frozenset("neighboring neighbouring adjoining".split())
_SHARED = frozenset("shared common mutual".split())
_RELATIVE = frozenset("that which who whom whose".split())
_NAMING = frozenset(
    "call consider deem describe see regard view name brand declare label hail treat designate characterize depict "
    "portray praise count recognize make term denounce welcome paint list rank".split()
)
DITRANSITIVE = frozenset("sell give send supply lend lease offer provide hand donate grant deliver ship export".split())
"""Verbs whose recipient may stand bare behind them."""
_LINKING = frozenset("become remain stay be".split())
_UNDERTAKING = frozenset("sign make have reach announce take win conclude get approve seek want need start launch".split())
"""Verbs whose subject does what an infinitive behind their object says: "signed a deal to sell"."""
_OBJECT_CONTROL = frozenset(
    "accuse blame suspect stop prevent bar ban criticize thank condemn ask urge persuade allow force help order "
    "permit tell press convince encourage enable forbid discourage invite pressure compel require".split()
)
_AGENT_CONTROL = frozenset("use employ deploy exploit".split())
"""Verbs whose agent also does what their infinitive says, in the passive too: "used by rebels to fire rockets"."""
_QUANTITY = frozenset(
    "lot lots number dozen dozens hundred hundreds thousand thousands million millions billion billions series range batch variety "
    "kind type sort amount plenty shipment consignment package fleet squadron regiment array quantity load cache ton tons piece "
    "worth value billion-dollar pair couple majority handful stock stockpile portion share bulk set generation version".split()
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_HYPHENS = frozenset("- – — / ‑".split())
_TOLD = ("desc", "appos", "flat", "mod")


def enhance(graph: SentenceGraph) -> SentenceGraph:
    """Add every implied arc to ``graph`` and return it."""
    for step in (
        _join_hyphenated, _predicate_objects, _share_verb_arguments, _fill_relatives, _fill_participles,
        _fill_controlled, _share_noun_heads, _predicate_titles, _share_appositions, _see_through_quantities, _shift_datives, _presuppose_groups,
        _share_holders, _place_neighbors,
        _attach_both_ways,
    ):  # fmt: skip
        step(graph)
    return graph


def _join_hyphenated(graph: SentenceGraph) -> None:
    """ "Ethiopia-Eritrea war": two mentions around a hyphen are a coordination, however the reader hangs them."""
    for token in graph.sentence:
        left, right = token.i - 1, token.i + 1
        if token.text in _HYPHENS and left in graph.anchored and right in graph.anchored and not token.whitespace_:
            for one, other in ((left, right), (right, left)):
                for link in graph.parents(one):
                    if link.token != other and link.label in ("of", "mod", "nmod", "nsubj", "obj"):
                        graph.add(link.token, "of" if link.label == "mod" else link.label, other)
            for one, other in ((left, right), (right, left)):
                graph.drop(one, other, "of", "mod", "nmod")


def _predicate_titles(graph: SentenceGraph) -> None:
    """A description is said of its name: "Prime Minister Lapid", "its ally Iran", "Israel, an ally of Baku"."""
    for head, link in graph.arcs(*_TOLD):
        described, description = (head, link.token) if link.label != "flat" else (link.token, head)
        if link.label == "appos" and link.token in graph.anchored and head not in graph.anchored:
            described, description = link.token, head
        if described not in graph.anchored or description in graph.anchored:
            continue
        if graph.token(description).pos_ not in ("NOUN", "PROPN") or _one_name(graph, described, description):
            continue
        if link.label == "mod" and graph.token(described).pos_ != "PROPN":
            continue  # "the Israeli defense industry": no title, but a kind
        graph.add(description, "nsubj", described)
        if graph.token(description).lower_ != lemma(graph.token(description)):  # "its allies Israel and Egypt"
            for conjunct in graph.children(described, "conj"):
                graph.add(description, "nsubj", conjunct.token, 0.95)
        if link.label in ("desc", "mod"):  # what stands before the title belongs to it
            for owner in graph.children(described, "of"):
                if owner.token < description:
                    graph.add(description, "of", owner.token)
                    graph.drop(described, owner.token, "of")


def _predicate_objects(graph: SentenceGraph) -> None:
    """ "hailed Azerbaijan as a partner", "calls Iran its enemy", "remains an ally", "served as its envoy"."""
    for head in sorted(graph.down):
        verb = lemma(graph.token(head))
        predicates = graph.children(head, "prep:as", "xcomp", "attr")
        objects = graph.children(head, "obj")
        if verb in _NAMING and objects:
            predicates = predicates or objects[1:]
            for predicate in predicates:
                graph.add(predicate.token, "nsubj", objects[0].token, 0.97)
        elif verb in _LINKING or (verb in ("serve", "act", "work", "emerge") and predicates):
            for subject in graph.children(head, "nsubj"):
                for predicate in predicates or (objects if verb in _LINKING else []):
                    graph.add(predicate.token, "nsubj", subject.token, 0.98)


def _share_verb_arguments(graph: SentenceGraph) -> None:
    """ "sold tanks and trained pilots": coordinated verbs share a subject, and an object that stands last."""
    for head, link in graph.arcs("conj"):
        first, second = graph.token(head), graph.token(link.token)
        if second.pos_ in _NOMINAL and not graph.children(second.i, "cop"):
            continue
        if not graph.children(second.i, "nsubj") and not (_passive(graph, second.i) and graph.children(second.i, "obj")):
            for subject in graph.children(first.i, "nsubj"):
                graph.add(second.i, "nsubj", subject.token, 0.97)
        for target in graph.children(second.i, "obj"):
            if not graph.children(first.i, "obj", "ccomp", "xcomp") and first.pos_ == "VERB":
                graph.add(first.i, "obj", target.token, 0.9)


def _fill_relatives(graph: SentenceGraph) -> None:
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


def _fill_participles(graph: SentenceGraph) -> None:
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


def _fill_controlled(graph: SentenceGraph) -> None:
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


def _share_noun_heads(graph: SentenceGraph) -> None:
    """ "Libya, Niger and Sudan": every conjunct stands where the first one stands, and shares its possessor."""
    for head, link in graph.arcs("conj"):
        second = graph.token(link.token)
        if second.pos_ not in _NOMINAL and second.i not in graph.anchored:
            continue
        for parent in graph.parents(head):
            if parent.token != second.i and parent.label not in ("conj", "appos", "desc", "flat"):
                graph.add(parent.token, parent.label, second.i, parent.certainty)
        if not graph.children(second.i, "of", "prep:between", "prep:with", "prep:against"):
            for owner in graph.children(head, "of"):
                if owner.token < head and second.i not in graph.anchored:
                    graph.add(second.i, "of", owner.token, 0.95)


def _share_appositions(graph: SentenceGraph) -> None:
    """ "its neighbor, Iran, …": the second name of a thing stands where the first one stands."""
    for head, link in graph.arcs("appos", "flat"):
        if link.label == "flat" and not (link.token in graph.anchored and head not in graph.anchored):
            continue
        for parent in graph.parents(head):
            if parent.token != link.token and parent.label not in ("conj", *_TOLD):
                graph.add(parent.token, parent.label, link.token, 0.95 * parent.certainty)


def _see_through_quantities(graph: SentenceGraph) -> None:
    """ "a lot of weapons", "a batch of missiles": what is counted stands where the counting noun stands."""
    for head, link in graph.arcs("of", "prep:in"):
        if lemma(graph.token(head)) in _QUANTITY and link.token > head:
            for parent in graph.parents(head, "obj", "nsubj", "of"):
                graph.add(parent.token, parent.label, link.token, 0.97)


def _shift_datives(graph: SentenceGraph) -> None:
    """ "sold Azerbaijan drones": a bare name right behind the verb is its recipient, though it looks like a modifier."""
    for token in graph.sentence:
        verb = token.i - 1
        if token.i in graph.anchored and token.dep_ == "compound" and token.pos_ == "PROPN" and verb >= graph.sentence.start:
            if lemma(graph.token(verb)) in DITRANSITIVE and graph.children(verb, "obj"):
                graph.add(verb, "prep:to", token.i, 0.9)
                for parent in graph.parents(token.i, "of"):
                    graph.drop(parent.token, token.i, "of")


def _presuppose_groups(graph: SentenceGraph) -> None:
    """ "the two neighbors", "both allies": the noun is said of the group that it stands for."""
    for index in sorted(graph.groups):
        if graph.token(index).pos_ == "NOUN":
            graph.add(index, "nsubj", index, 0.97)


def _share_holders(graph: SentenceGraph) -> None:
    """ "a shared enemy": it belongs to those who share it, the group or the coordinated names before it."""
    for head, link in graph.arcs("mod"):
        if lemma(graph.token(link.token)) not in _SHARED or graph.children(head, "of", "prep:between", "prep:to"):
            continue
        before = [index for index in sorted(graph.anchored) if index < head]
        groups = [index for index in before if index in graph.groups]
        pairs = [(one, other.token) for one in before for other in graph.children(one, "conj") if other.token in before]
        for holder in groups[-1:] or [index for pair in pairs[-1:] for index in pair]:
            graph.add(head, "of", holder, 0.9)


def _place_neighbors(graph: SentenceGraph) -> None:
    """ "crossed from Chad into neighboring Libya": Libya's neighbor is the name before it."""
    for head, link in graph.arcs("mod", "acl", "of"):
        word = graph.token(link.token)
        if word.lower_ not in _NEIGHBORING or head not in graph.anchored:
            continue
        before = [index for index in graph.anchored if index < link.token]
        graph.add(word.i, "nsubj", head)
        if before:
            graph.add(word.i, "of", max(before), 0.85)


def _attach_both_ways(graph: SentenceGraph) -> None:
    """ "sold weapons to Baku": a phrase behind a noun may belong to it or to what governs it; the other is a guess."""
    for head, target in graph.arcs("obj", "of", "prep:of", "prep:in", "prep:with", "prep:for"):
        if target.token in graph.anchored:
            continue
        for link in graph.children(target.token):
            if link.label.startswith("prep:") and link.token > target.token:
                graph.add(head, link.label, link.token, 0.9)
        for link in graph.children(head):
            if link.label.startswith("prep:") and link.token > target.token and target.label in ("obj", "of"):
                graph.add(target.token, link.label, link.token, 0.9)


def _one_name(graph: SentenceGraph, one: int, other: int) -> bool:
    """Whether two tokens belong to one name of the reader's."""
    first, last = min(one, other), max(one, other)
    return all(graph.token(index).ent_iob_ == "I" for index in range(first + 1, last + 1))


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
