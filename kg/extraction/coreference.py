"""What pronouns and descriptions refer to: "it", "its", "both countries", "the former Soviet republic", "she".

A small salience model in the manner of Lappin and Leass (1994): nearer sentences and subjects count more. What is not
clear enough is left unresolved, or resolved with a certainty that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extraction.linking import Reference
from kg.extraction.syntax import lemma
from kg.gazetteer import Country
from kg.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_WINDOW = 3
"""Sentences, the present one included, in which an antecedent is looked for."""
_THING = frozenset({"it", "its", "itself"})
_PERSON = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_MANY = frozenset({"they", "them", "their", "theirs"})
_COUNTRY_NOUNS = frozenset("country nation state republic kingdom monarchy emirate sultanate".split())
_PAIR_NOUNS = frozenset(
    "country nation state republic neighbor neighbour side ally rival enemy foe power capital government adversary partner "
    "kingdom nemesis".split()
)
_DEMONSTRATIVE = frozenset({"the", "this", "that"})


def resolve_references(
    doc: Doc, names: Sequence[Reference], countries: Mapping[str, Country]
) -> list[Reference]:
    """All references: those by name and those by pronoun or description, in the order of the text."""
    found = list(names)
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            if any(reference.start <= token.i < reference.end and reference.by_name for reference in found):
                continue
            found += _resolve(token, sentence, number, found, countries)
    return sorted(found, key=lambda reference: (reference.start, -reference.end, reference.entity))


def _resolve(
    token: Token, sentence: Span, number: int, found: Sequence[Reference], countries: Mapping[str, Country]
) -> Iterator[Reference]:
    word = token.lower_
    if token.pos_ in ("PRON", "DET") and word in _THING | _PERSON | _MANY and token.dep_ != "expl":
        yield from _pronoun(token, sentence, found)
    elif token.pos_ in ("NOUN", "PROPN") and lemma(token) in _PAIR_NOUNS | _COUNTRY_NOUNS:
        yield from _description(token, sentence, found, countries)
    elif word == "both" and token.dep_.startswith("nsubj"):
        yield from _pair(token, token, sentence, found)


def _pronoun(token: Token, sentence: Span, found: Sequence[Reference]) -> Iterator[Reference]:
    types: tuple[EntityType, ...] = ("Person",) if token.lower_ in _PERSON else ("Country", "Organization")
    if token.lower_ in _MANY:
        yield from _plural(token, sentence, found)
        return
    ranked = _ranked(token, sentence, found, types)
    if not ranked:
        return
    best, antecedent = ranked[0]
    rivals = [score for score, other in ranked[1:] if other.entity != antecedent.entity]
    margin = best - max(rivals, default=0.0)
    certainty = 0.9 if margin > 2 or not rivals else 0.8 if margin > 0.75 else 0.6
    yield _refer(token.i, token.i + 1, antecedent, certainty)


def _plural(token: Token, sentence: Span, found: Sequence[Reference]) -> Iterator[Reference]:
    """ "they" of two coordinated mentions; a single organization or country is "they" as well, less surely."""
    ranked = _ranked(token, sentence, found, ("Country", "Organization"))
    if not ranked:
        return
    head = ranked[0][1]
    group = [head] + [other for _, other in ranked[1:] if other.entity != head.entity and _coordinated(token.doc, head, other)]
    for member in sorted(group[:3], key=lambda reference: reference.start):
        yield _refer(token.i, token.i + 1, member, 0.75 if len(group) > 1 else 0.65)


def _description(
    token: Token, sentence: Span, found: Sequence[Reference], countries: Mapping[str, Country]
) -> Iterator[Reference]:
    words = {child.lower_ for child in token.children if child.i < token.i}
    start = min([child.i for child in token.children if child.i < token.i and child.dep_ != "case"], default=token.i)
    if token.tag_ == "NNS" or token.lower_.endswith("s"):
        if words & {"both", "two"} and not _introduces(token):
            yield from _pair(token.doc[start], token, sentence, found)
        return
    if not words & _DEMONSTRATIVE or _introduces(token):
        return
    phrase = token.doc[start : token.i + 1].text.lower()
    phrase = phrase.split(" ", 1)[-1]
    ranked = _ranked(token, sentence, found, ("Country",), window=_WINDOW + 2)
    if phrase in _COUNTRY_NOUNS - {"republic", "kingdom", "monarchy", "emirate", "sultanate"}:
        ranked = [item for item in ranked if item[0] > 1.5][:1]
    else:
        ranked = [item for item in ranked if _described(phrase, countries[item[1].entity.removeprefix("country/")])][:1]
    for _, antecedent in ranked:
        yield _refer(start, token.i + 1, antecedent, 0.85)


def _described(phrase: str, country: Country) -> bool:
    """Whether the gazetteer describes the country so: "former Soviet republic", "West African country"."""
    descriptions = {description.lower() for description in country.descriptions}
    if phrase in descriptions:
        return True
    *modifier, noun = phrase.rsplit(" ", 1)
    regions = {region.lower() for region in country.regions}
    return bool(modifier) and noun in _COUNTRY_NOUNS and modifier[0] in regions


def _introduces(token: Token) -> bool:
    """Whether the phrase is said of something else and does not refer back: a predicate, an apposition, "countries of"."""
    if any(child.dep_ in ("acl:relcl", "relcl", "nmod", "acl", "cop") and child.i > token.i for child in token.children):
        return True
    return token.dep_ in ("appos", "attr", "ROOT") or any(child.dep_ == "cop" for child in token.children)


def _pair(first: Token, token: Token, sentence: Span, found: Sequence[Reference]) -> Iterator[Reference]:
    """The two countries that were named last: of this sentence, or of the nearest sentence that names exactly two."""
    for back in range(_WINDOW + 1):
        named = [ref for ref in _within(token, sentence, found, back) if ref.type == "Country" and ref.end <= first.i]
        distinct = {reference.entity: reference for reference in named}
        if len(distinct) == 2:
            for member in sorted(distinct.values(), key=lambda reference: reference.start):
                yield _refer(first.i, token.i + 1, member, 0.85 if back == 0 else 0.8)
            return
        if len(distinct) > 2:
            return


def _ranked(
    token: Token,
    sentence: Span,
    found: Sequence[Reference],
    types: tuple[EntityType, ...],
    window: int = _WINDOW,
) -> list[tuple[float, Reference]]:
    """Candidate antecedents before ``token``, best first, one for each entity."""
    best: dict[str, tuple[float, Reference]] = {}
    for back in range(window):
        for reference in _within(token, sentence, found, back):
            if reference.type not in types or reference.end > token.i or reference.certainty < 0.5:
                continue
            root = token.doc[reference.start : reference.end].root
            score = 3.0 - 1.2 * back + _salience(root) + (reference.end / len(token.doc)) * 0.3
            if token.dep_ == "nmod:poss" and root.head.i == token.head.i:
                continue
            old = best.get(reference.entity, (0.0, reference))
            best[reference.entity] = max(old, (score + 0.2 * (old[0] > 0), reference), key=lambda item: item[0])
    return sorted(best.values(), key=lambda item: (-item[0], item[1].start))


def _salience(root: Token) -> float:
    if root.dep_.startswith("nsubj"):
        return 2.0
    if root.dep_ in ("nmod:poss", "poss") and root.head.dep_.startswith("nsubj"):
        return 1.2
    return 0.8 if root.dep_ in ("obj", "dobj") else 0.0 if root.dep_ in ("amod", "compound") else 0.3


def _within(token: Token, sentence: Span, found: Sequence[Reference], back: int) -> Iterator[Reference]:
    """References of the sentence ``back`` before the present one."""
    start, end = sentence.start, sentence.end
    for _ in range(back):
        if start == 0:
            return
        before = token.doc[start - 1].sent
        start, end = before.start, before.end
    yield from (reference for reference in found if start <= reference.start < end)


def _coordinated(doc: Doc, one: Reference, other: Reference) -> bool:
    first, second = doc[one.start : one.end].root, doc[other.start : other.end].root
    return (second.dep_ == "conj" and second.head.i == first.i) or (first.dep_ == "conj" and first.head.i == second.i)


def _refer(start: int, end: int, antecedent: Reference, certainty: float) -> Reference:
    source = antecedent.antecedent or antecedent
    return Reference(
        start, end, antecedent.type, antecedent.entity, round(certainty * antecedent.certainty, 4), False, source
    )
