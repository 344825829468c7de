"""What a pronoun refers to: every noun phrase before it is a rival, and a conditional logit says how probable each one is.

Rivals are named entities (by their latest mention, be it a name or a pronoun), coordinated pairs of them, and common noun
phrases, which are never an answer but often the truth; one more rival stands for everything else: clauses, the weather,
what was said long before. Ranking mentions so follows Denis and Baldridge (2008), the features Lappin and Leass (1994).
Coefficients are fit by ``python -m kg.extraction.train.coreference`` and kept in ``antecedents.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from kg.extraction.linking import Reference
from kg.extraction.syntax import SPEECH, lemma, preposition_of, span_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PronounClass = Literal["person", "thing", "many"]
PRONOUNS: Mapping[str, PronounClass] = {
    **dict.fromkeys(("he", "him", "his", "she", "her", "hers", "himself", "herself"), "person"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
}  # fmt: skip
"""The pronouns that are resolved, by what they may refer to."""
WINDOW = 3
"""Sentences, the present one included, in which an antecedent is looked for."""
_FEMALE = frozenset("she her hers herself".split())
_FEMALE_WORDS = frozenset(
    "mrs ms miss lady dame queen princess empress mother wife sister daughter woman girl widow chairwoman".split()
)
_MALE_WORDS = frozenset(
    "mr sir lord king prince emperor father husband brother son man boy widower chairman pope".split()
)
_HUMAN = frozenset(
    "man woman boy girl child person president minister premier chancellor king queen prince princess leader chief head "
    "official spokesman spokeswoman spokesperson officer general colonel commander soldier captain pilot diplomat ambassador "
    "envoy lawyer judge prosecutor journalist reporter writer author editor analyst expert scholar historian professor "
    "teacher student doctor scientist researcher director manager executive founder owner chairman chairwoman member "
    "secretary candidate politician lawmaker senator mayor governor activist dissident prisoner suspect victim witness "
    "father mother son daughter brother sister wife husband uncle aunt friend neighbor colleague player coach singer actor "
    "actress artist monarch emir sultan sheikh dictator ruler warlord rebel cleric priest bishop pope imam farmer worker "
    "driver engineer businessman banker billionaire economist adviser aide deputy successor predecessor opponent critic".split()
)
_BODIES = frozenset(
    "country nation state republic kingdom government company firm group party army military ministry agency alliance bloc union "
    "organization organisation movement militia institute bank university force court council commission parliament regime "
    "administration team newspaper city island region club committee coalition police navy".split()
)
_TIMES = frozenset("day week month year decade century hour minute time morning evening night summer winter spring autumn percent "
                   "moment monday tuesday wednesday thursday friday saturday sunday".split())  # fmt: skip
_EXPLETIVE = frozenset("be seem appear take make become turn happen look sound cost mean".split())
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj"})
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(_SUBJECT, "subject"), "obj": "object", "dobj": "object", "iobj": "object", "dative": "object",
    "obl": "oblique", "pobj": "oblique", "obl:agent": "oblique", "nmod": "inner", "nmod:poss": "owner", "poss": "owner",
    "amod": "modifier", "compound": "modifier", "nmod:unmarked": "modifier", "conj": "conjunct", "appos": "apposition",
}  # fmt: skip
_CLAUSES = frozenset({"ROOT", "root", "ccomp", "advcl", "acl:relcl", "relcl", "acl", "xcomp", "csubj", "parataxis"})


@dataclass(frozen=True, slots=True)
class Rival:
    """A phrase that a pronoun may refer to: ``references`` are its mentions (none for a common noun, two or more for a
    coordination), ``root`` is the head of its latest mention, in sentence ``number``; ``times`` is how often it occurred."""

    root: Token
    number: int
    references: tuple[Reference, ...] = ()
    times: int = 1
    by_pronoun: bool = False
    male: bool | None = None


Features = dict[str, float]


class Rivals:
    """The phrases of a document so far, entered in the order of the text; pronouns as they are resolved."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._by_key: dict[str, Rival] = {}
        self._roots: dict[int, Reference] = {}
        self._groups: dict[int, str] = {}

    def see_name(self, name: Reference, number: int) -> None:
        """Add a mention by name or description, in the order of the text; with those that it is coordinated with."""
        root = span_root(self.doc, name.start, name.end)
        self._see(name.entity, root, number, (name,))
        self._roots[root.i] = name
        if root.dep_ == "conj" and root.head.i in self._roots:
            members = [
                root.head,
                *(child for child in root.head.children if child.dep_ == "conj" and child.i <= root.i),
            ]
            group = [self._roots[member.i] for member in members if member.i in self._roots]
            if len({member.entity for member in group}) == len(group):
                self._by_key.pop(self._groups.get(root.head.i, ""), None)
                key = self._groups[root.head.i] = "+".join(sorted(member.entity for member in group))
                self._see(key, root.head, number, tuple(group))

    def see_noun(self, token: Token, number: int) -> None:
        """Add a common noun phrase by its head."""
        if token.dep_ not in ("compound", "flat", "fixed"):
            self._see(f"noun {token.i}", token, number, ())

    def note(self, pronoun: Token, number: int, rival: Rival) -> None:
        """Record that ``pronoun`` refers to ``rival``."""
        key = next((key for key, value in self._by_key.items() if value is rival), None)
        if key is not None:
            male = rival.male if PRONOUNS[pronoun.lower_] != "person" else pronoun.lower_ not in _FEMALE
            self._by_key[key] = Rival(pronoun, number, rival.references, rival.times + 1, True, male)

    def before(self, pronoun: Token, number: int) -> list[tuple[Rival, Features]]:
        """The rivals for a pronoun with their features, the nearest first."""
        kind = PRONOUNS[pronoun.lower_]
        fitting = [
            rival
            for rival in self._by_key.values()
            if rival.root.i < pronoun.i and number - rival.number < WINDOW and _fits(kind, rival)
        ]
        fitting.sort(key=lambda rival: (-rival.root.i, len(rival.references)))
        return [
            (rival, dict(_features(pronoun, kind, rival, number - rival.number, rank)))
            for rank, rival in enumerate(fitting)
        ]

    def _see(self, key: str, root: Token, number: int, references: tuple[Reference, ...]) -> None:
        old = self._by_key.get(key)
        male = old.male if old else None
        if references and references[0].type == "Person":
            male = _gender(self.doc, references[0]) if male is None else male
        self._by_key[key] = Rival(root, number, references, 1 + (old.times if old else 0), False, male)


def nothing(pronoun: Token) -> Features:
    """The features of "none of them"."""
    verb = pronoun.head
    clause = any(child.dep_ in ("ccomp", "csubj", "xcomp", "advcl") and child.i > pronoun.i for child in verb.children)
    features = {"none": 1.0}
    if pronoun.dep_ in _SUBJECT:
        features["none subject"] = 1.0
        if lemma(verb) in _EXPLETIVE or any(child.dep_ == "cop" for child in verb.children):
            features["none copula"] = 1.0
            features["none copula clause"] = float(clause)
    elif pronoun.dep_ in ("obj", "dobj"):
        features["none object"] = 1.0
    return features


def probabilities(kind: PronounClass, rows: Sequence[Features]) -> list[float]:
    """How probable each of the rivals is; they sum to 1."""
    weights = _coefficients()[kind]
    scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def is_pronoun(token: Token) -> bool:
    """Whether a token is one of the pronouns that are resolved, and no "it" of "it rains" by its label."""
    return token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET") and token.dep_ != "expl"


def _fits(kind: PronounClass, rival: Rival) -> bool:
    if not rival.references:
        plural = rival.root.tag_ == "NNS" if rival.root.pos_ == "NOUN" else PRONOUNS.get(rival.root.lower_) == "many"
        return plural == (kind == "many") or (kind == "many" and lemma(rival.root) in _BODIES)
    if len(rival.references) > 1:
        return kind == "many"
    person = rival.references[0].type == "Person"
    return person == (kind == "person")


def _features(pronoun: Token, kind: PronounClass, rival: Rival, back: int, rank: int) -> Iterator[tuple[str, float]]:
    root = rival.root
    role, own = _ROLES.get(root.dep_, "other"), _ROLES.get(pronoun.dep_, "other")
    yield f"back {back}", 1.0
    yield "rank", math.log1p(rank)
    yield "apart", math.log1p(pronoun.i - root.i)
    yield "times", math.log(min(rival.times, 8))
    yield f"is {role}", 1.0
    yield f"back {min(back, 1)} is {role}", 1.0
    yield f"{own} back {min(back, 1)}", 1.0
    yield f"{own} back {min(back, 1)} is {role}", 1.0
    if role == own:
        yield "same role", 1.0
    if role == "subject" and _is_main(root.head):
        yield f"main subject {min(back, 1)}", 1.0
    if not back:
        yield from _within(pronoun, root)
    if rival.by_pronoun:
        yield f"pronoun {'same' if root.lower_ == pronoun.lower_ else 'other'}", 1.0
    yield from _nature(kind, rival, pronoun)


def _within(pronoun: Token, root: Token) -> Iterator[tuple[str, float]]:
    """Of a rival in the pronoun's own sentence: how the two hang together."""
    if pronoun.dep_ in ("nmod:poss", "poss"):
        governor = pronoun.head
        if root.head.i == governor.i or governor.i == root.i:
            yield "inside", 1.0
        verb = _verb(governor)
        if root.dep_ in _SUBJECT and root.head.i == verb.i:
            yield "owner is subject", 1.0
        elif root.dep_ in _SUBJECT and any(above.i == root.head.i for above in verb.ancestors):
            yield "owner above says" if lemma(root.head) in SPEECH else "owner above", 1.0
    elif root.head.i == pronoun.head.i:
        yield "same verb", 1.0
    if root.dep_ in _SUBJECT and pronoun.dep_ in _SUBJECT:
        above = list(pronoun.head.ancestors)
        if any(verb.i == root.head.i for verb in above):
            yield "above says" if lemma(root.head) in SPEECH else "above", 1.0
    after = [token for token in pronoun.doc[root.i : pronoun.i] if token.lower_ in ("who", "which", "whose", "that")]
    if after and any(token.head.head.i == root.i for token in after):
        yield "relative", 1.0


def _nature(kind: PronounClass, rival: Rival, pronoun: Token) -> Iterator[tuple[str, float]]:
    if len(rival.references) > 1:
        yield "coordination", 1.0
    elif rival.references:
        reference = rival.references[0]
        yield f"is {reference.type}", 1.0
        if not reference.by_name:
            yield "description", 1.0
        if not rival.by_pronoun and rival.root.dep_ in ("obl", "pobj", "nmod") and reference.type == "Country":
            yield "place", float(preposition_of(rival.root) in ("in", "at", "from", "to", "near", "into"))
        if kind == "person" and rival.male is not None:
            yield ("gender" if rival.male == (pronoun.lower_ not in _FEMALE) else "other gender"), 1.0
    else:
        word = lemma(rival.root)
        yield "noun", 1.0
        if rival.by_pronoun or any(
            child.lower_ in ("the", "this", "that", "his", "her", "its", "their") for child in rival.root.children
        ):
            yield "definite", 1.0
        if word in _HUMAN:
            yield "human", 1.0
        if word in _BODIES:
            yield "body", 1.0
        if word in _TIMES:
            yield "time", 1.0


def _verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i and token.dep_ not in _CLAUSES:
        token = token.head
    return token


def _is_main(verb: Token) -> bool:
    return verb.head.i == verb.i


def _gender(doc: Doc, name: Reference) -> bool | None:
    """Whether a title or word of kinship before a name is a man's; None if nothing tells."""
    words = {token.lower_.rstrip(".") for token in doc[max(0, name.start - 2) : name.end]}
    male, female = bool(words & _MALE_WORDS), bool(words & _FEMALE_WORDS)
    return male if male != female else None


@cache
def _coefficients() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = json.loads(
        files("kg.extraction").joinpath("antecedents.json").read_text("utf-8")
    )
    return table
