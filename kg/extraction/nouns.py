"""What nouns leave unsaid: titles, lists, coordination, apposition, quantities, shared possession, attachment.

Each function adds arcs to a sentence graph; an arc that is a guess carries a certainty below 1.
"""

from __future__ import annotations

from kg.extraction.graph import SentenceGraph
from kg.extraction.syntax import lemma

_NEIGHBORING = frozenset("neighboring neighbouring adjoining".split())
_SHARED = frozenset("shared common mutual".split())
_QUANTITY = frozenset(
    "lot lots number dozen dozens hundred hundreds thousand thousands million millions billion billions series range batch variety "
    "kind type sort amount plenty shipment consignment package fleet squadron regiment array quantity load cache ton tons piece "
    "worth value billion-dollar pair couple majority handful stock stockpile portion share bulk set generation version".split()
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OWNING = frozenset(
    "have want seek plan propose consider need demand sign form forge conclude approve announce reopen".split()
)
_OWNING_FOR = frozenset("call ask push press hope wish".split())
_HYPHENS = frozenset("- – — / ‑".split())
_COMPLEMENTS = ("of", "prep:to", "prep:with", "prep:between", "prep:against")
_LOOSE = frozenset({"parataxis", "appos", "dep", "list", "dislocated"})
"""Labels of what is set off from its clause."""
_TOLD = ("desc", "appos", "flat", "mod")


def join_hyphenated(graph: SentenceGraph) -> None:
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


def predicate_lists(graph: SentenceGraph) -> None:
    """ "four neighbors: Georgia, Iran and Turkey": what follows the colon is what the noun before it names."""
    for token in graph.sentence:
        noun, first = token.i - 1, token.i + 1
        if (
            token.text == ":"
            and first in graph.anchored
            and token.i > graph.sentence.start
            and graph.token(noun).pos_ == "NOUN"
        ):
            for item in (first, *(link.token for link in graph.children(first, "conj"))):
                graph.add(noun, "nsubj", item, 0.95)


def possess_objects(graph: SentenceGraph) -> None:
    """ "Armenia has four neighbors", "Kenya wants an alliance": what one has, makes or wants is one's own."""
    for head, link in graph.arcs("obj", "prep:for"):
        verb = lemma(graph.token(head))
        if verb not in (_OWNING if link.label == "obj" else _OWNING_FOR) or link.token in graph.anchored:
            continue
        if graph.children(link.token, "of", "prep:between") or graph.token(link.token).pos_ != "NOUN":
            continue
        for owner in graph.children(head, "nsubj"):
            graph.add(link.token, "of", owner.token, 0.97 if verb == "have" else 0.93)


def predicate_adjacent(graph: SentenceGraph) -> None:
    """ "Prime Minister Khan met …" where the parse makes two subjects of the title and its name."""
    for described in sorted(graph.anchored):
        name = graph.token(described)
        start = described
        while start > graph.sentence.start and graph.token(start).ent_iob_ == "I":
            start -= 1
        title = graph.token(start - 1) if start > graph.sentence.start else None
        if title is None or title.i in graph.anchored or title.pos_ not in ("NOUN", "PROPN") or name.pos_ != "PROPN":
            continue
        if title.dep_ == name.dep_ and title.head.i == name.head.i:
            graph.add(title.i, "nsubj", described, 0.97)


def predicate_after_dash(graph: SentenceGraph) -> None:
    """ "A shared enemy – Iran": a name that a dash sets off is what the noun before it describes, wherever it hangs."""
    for described in sorted(graph.anchored):
        start = described
        while start > graph.sentence.start and graph.token(start).ent_iob_ == "I":
            start -= 1
        if start - 2 < graph.sentence.start or graph.token(described).dep_ not in _LOOSE:
            continue
        dash, noun = graph.token(start - 1), graph.token(start - 2)
        spaced = bool(noun.whitespace_) or dash.text in ("--", "—")
        if dash.text in _HYPHENS and spaced and noun.pos_ == "NOUN" and noun.i not in graph.anchored:
            graph.add(noun.i, "nsubj", described, 0.95)


def predicate_titles(graph: SentenceGraph) -> None:
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


def share_noun_heads(graph: SentenceGraph) -> None:
    """ "Libya, Niger and Sudan": every conjunct stands where the first one stands, and shares its possessor."""
    for first, link in graph.arcs("conj"):
        second = graph.token(link.token)
        if second.pos_ not in _NOMINAL and second.i not in graph.anchored:
            continue
        head = _coordinate(graph, first, second.i)
        for parent in graph.parents(head):
            if parent.token == second.i or parent.label in ("conj", "appos", "desc", "flat"):
                continue
            graph.add(parent.token, parent.label, second.i, parent.certainty)
            if parent.label.startswith("prep:") and second.i in graph.anchored and head not in graph.anchored:
                for target in graph.children(parent.token, "obj"):  # "borders A in the north, B in the east"
                    if target.token in graph.anchored and target.token < head:
                        graph.add(parent.token, "obj", second.i, 0.85)
        if not graph.children(second.i, "of", "prep:between", "prep:with", "prep:against"):
            for owner in graph.children(head, "of"):
                if owner.token < head and second.i not in graph.anchored:
                    graph.add(second.i, "of", owner.token, 0.95)


def part_complements(graph: SentenceGraph) -> None:
    """ "A of X and B of Y": where the first conjunct has a complement of its own, one that follows the second is the second's,
    whatever the parse says."""
    for head, link in graph.arcs(*_COMPLEMENTS, "prep:from", "prep:at"):
        between = [conjunct.token for conjunct in graph.children(head, "conj") if head < conjunct.token < link.token]
        if not between:
            continue
        last = max(between)
        if any(own.token < last for own in graph.children(head, link.label) if own.token > head):
            graph.add(last, link.label, link.token, link.certainty)
            graph.drop(head, link.token, link.label)


def share_complements(graph: SentenceGraph) -> None:
    """ "neither a friend nor a partner of Iran": what follows the last noun belongs to the others, what is said of the first
    is said of the last."""
    for first, link in graph.arcs("conj"):
        second = link.token
        if {first, second} & set(graph.anchored) or any(graph.token(index).pos_ != "NOUN" for index in (first, second)):
            continue
        if not any(own.token > first for own in graph.children(first, *_COMPLEMENTS)):
            for complement in graph.children(second, *_COMPLEMENTS):
                if complement.token > second:
                    graph.add(first, complement.label, complement.token, 0.9 * complement.certainty)
        for subject in graph.children(first, "nsubj"):
            graph.add(second, "nsubj", subject.token, 0.95 * subject.certainty)


def _coordinate(graph: SentenceGraph, first: int, second: int) -> int:
    """What a conjunct is really coordinated with: "the Green Party of Germany and the Labour Party" are two parties, so it
    is not the country that stands nearer."""
    kind = graph.anchored.get(second, "")
    if kind and graph.anchored.get(first, kind) not in (kind, ""):
        for parent in graph.parents(first, "of"):
            if graph.anchored.get(parent.token) == kind:
                return parent.token
    return first


def share_appositions(graph: SentenceGraph) -> None:
    """ "its neighbor, Iran, …": the second name of a thing stands where the first one stands."""
    for head, link in graph.arcs("appos", "flat"):
        if link.label == "flat" and not (link.token in graph.anchored and head not in graph.anchored):
            continue
        for parent in graph.parents(head):
            if parent.token != link.token and parent.label not in ("conj", *_TOLD):
                graph.add(parent.token, parent.label, link.token, 0.95 * parent.certainty)


def see_through_quantities(graph: SentenceGraph) -> None:
    """ "a lot of weapons", "a batch of missiles": what is counted stands where the counting noun stands."""
    for head, link in graph.arcs("of", "prep:in"):
        counting = lemma(graph.token(head)) in _QUANTITY or graph.token(head).pos_ == "NUM"
        if counting and link.token > head:
            for parent in graph.parents(head, "obj", "nsubj", "of"):
                graph.add(parent.token, parent.label, link.token, 0.97)


def presuppose_groups(graph: SentenceGraph) -> None:
    """ "the two neighbors", "its old ally": the noun is said of those that it stands for."""
    for index, kind in sorted(graph.anchored.items()):
        alone = kind == "Country" and any(link.token in graph.anchored for link in graph.children(index, "of"))
        if graph.token(index).pos_ == "NOUN" and (index in graph.groups or alone):
            graph.add(index, "nsubj", index, 0.97)


def share_holders(graph: SentenceGraph) -> None:
    """ "a shared enemy": it belongs to those who share it, the group or the coordinated names before it."""
    for head, link in graph.arcs("mod"):
        if graph.token(link.token).lower_ not in _SHARED or graph.children(head, "of", "prep:between", "prep:to"):
            continue
        before = [index for index in sorted(graph.anchored) if index < head]
        groups = [index for index in before if index in graph.groups]
        pairs = [(one, other.token) for one in before for other in graph.children(one, "conj") if other.token in before]
        for holder in groups[-1:] or [index for pair in pairs[-1:] for index in pair]:
            graph.add(head, "of", holder, 0.9)


def place_neighbors(graph: SentenceGraph) -> None:
    """ "crossed from Chad into neighboring Libya": Libya's neighbor is the name before it."""
    for head, link in graph.arcs("mod", "acl", "of"):
        word = graph.token(link.token)
        between = any(word.i < index < head for index in graph.anchored)
        if word.lower_ not in _NEIGHBORING or head not in graph.anchored or between or head < word.i:
            continue
        before = [index for index in graph.anchored if index < link.token]
        graph.add(word.i, "nsubj", head)
        if before:
            graph.add(word.i, "of", max(before), 0.92)


def attach_both_ways(graph: SentenceGraph) -> None:
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
