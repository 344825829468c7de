"""How a claim is made: affirmed or denied, factual or only possible, current or ended.

Each matched word is looked at with what hangs on it (negation, modals, adverbs, "former"), and then with what governs
it, upwards through complements: "denied selling", "plans to sell", "halted the sale", "fears of a war".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.negation import negates, neither_subject, no_longer, only_the_reason
from kg.extraction.syntax import lemma, preposition_of
from kg.model import Modality, Polarity, Time

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODALS = frozenset("may might could would should can ought will shall".split())
_DENYING = frozenset(
    "deny refuse decline reject fail refrain dismiss refute disavow rebuff oppose block veto forgo ban".split()
)
_ENDING = frozenset(
    "end halt stop suspend cease cut freeze cancel terminate abandon quit break dissolve scrap revoke withdraw discontinue "
    "finish conclude interrupt drop lift".split()
)
_WISHING = frozenset(
    "want plan hope seek consider wish fear propose urge demand expect intend aim prepare mull weigh discuss "
    "negotiate contemplate desire need study explore try attempt ponder envisage envision advocate oppose avoid "
    "prevent avert request speculate imagine recommend doubt threaten go".split()
)
_TOPICAL = frozenset("discuss study explore ponder".split())
"""Of these verbs, only what their clauses say is open; what their object names is there: "discussed strained ties"."""
_WISHING_FOR = _WISHING | frozenset("call ask press push lobby wait hope appeal prepare".split())
_REALIZING = frozenset(
    "sign make conclude begin launch have hold form approve reach establish complete wage declare provide seal forge strike "
    "enter join give send sell supply deliver ship start open share conduct receive get take restore fight pose".split()
)
"""Verbs that bring about what their object names: their negation and modality are the object's own."""
_OVER = frozenset("end over finish collapse lapse expire cease stop fail vanish dissolve".split())
_ALLEGING = frozenset("accuse allege suspect blame charge insinuate".split())
_POSSIBLE_NOUNS = frozenset(
    "threat risk fear possibility prospect danger plan proposal talk hope chance likelihood idea call bid attempt offer "
    "negotiation specter spectre potential request intention desire scenario question speculation warning aim".split()
)
_POSSIBLE_WORDS = frozenset(
    "perhaps possibly probably potentially likely maybe possible potential would-be hypothetical proposed planned "
    "prospective eventual future theoretical purported".split()
)
_ALLEGED_WORDS = frozenset("allegedly reportedly alleged suspected supposed supposedly purportedly rumored".split())
_ENDED_WORDS = frozenset(
    "former formerly ex erstwhile onetime one-time previously past then ousted deposed fallen late".split()
)
_GOING_ON = frozenset({"keep", "continue"})
_SETTINGS = frozenset("when while since because although though".split())
_CONDITIONS = frozenset("if unless whether lest".split())
_INVERTED = frozenset({"had", "were", "should"})
""" "Had Turkey entered the war": a condition without "if"."""
_COMPLEMENTS = frozenset(
    "xcomp ccomp obj dobj acl advcl conj nmod obl nsubj nsubj:pass nsubjpass pobj acl:relcl parataxis csubj obl:agent "
    "iobj pcomp compound".split()
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Polarity, modality and time of a claim."""

    polarity: Polarity = "affirmed"
    modality: Modality = "factual"
    time: Time = "current"


def manner_of(words: Sequence[Token], slots: Collection[int], sentence: Span, manner: Manner) -> Manner:
    """The manner of a claim of ``sentence`` whose matched words, the topmost first, are ``words``.

    ``slots`` are the tokens of its arguments; ``manner`` is what the wording implies by itself. What is only mentioned
    in passing is presupposed, whatever the sentence says of it: "it was not opposition leader X", "the U.S. Senate".
    """
    if not words:
        return manner
    top, matched = words[0], {word.i for word in words}
    passing = _in_passing(top, slots)
    for word in words:
        manner = _from_dependents(word, manner, modifiers_only=passing)
    if passing:
        for owner in top.children:  # "former U.S. President X", where "former" hangs on the country
            if owner.i in slots and owner.i < top.i and owner.dep_ in ("amod", "compound"):
                manner = _from_dependents(owner, manner, modifiers_only=True)
        titled = top.head.i in slots and top.i < top.head.i
        return _from_dependents(top.head, manner, modifiers_only=True, before=top.i) if titled else manner
    if preposition_of(top) == "without":
        manner = _deny(manner, top)
    for dependent, governor in _governors(top):
        if dependent.dep_ == "xcomp" and lemma(governor) in _GOING_ON and not _negated_above(governor):
            break  # "if it keeps supplying": it does
        if _conditional(dependent):
            manner = replace(manner, modality="possible")
        if governor.i in matched:
            continue
        if _is_setting(dependent):
            break
        if lemma(governor) in _ENDING and _negated_above(governor):
            break  # "did not end the alliance": it goes on
        manner = _from_governor(dependent, governor, manner)
        if _same_event(dependent, governor):
            manner = _from_dependents(governor, manner)
    if _conditional(top) or _asks(sentence):
        manner = replace(manner, modality="possible")
    return manner


def _is_setting(clause: Token) -> bool:
    """Whether a clause tells when or why: its content is presupposed, whatever is said of what happened then."""
    return clause.dep_ == "advcl" and any(
        child.lower_ in _SETTINGS and child.dep_ in ("mark", "advmod") for child in clause.children
    )


def _in_passing(top: Token, slots: Collection[int]) -> bool:
    """Whether ``top`` is the title or the apposition of an argument."""
    if top.head.i in slots and top.dep_ in ("nmod:desc", "appos", "compound", "flat", "amod"):
        return True
    names = [child for child in top.children if child.i in slots and child.i > top.i]
    beside = top.pos_ in ("NOUN", "PROPN") and any(n.dep_ == "nsubj" and n.i == top.i + 1 for n in names)
    return beside or any(name.dep_ in ("appos", "flat", "compound") for name in names)


def _from_dependents(word: Token, manner: Manner, *, modifiers_only: bool = False, before: int | None = None) -> Manner:
    """What hangs on ``word`` makes of the manner; with ``before``, only what stands before that token ("former", which
    may hang on the name although it is said of the title)."""
    for child in word.children:
        if before is not None and child.i >= before:
            break
        text = child.lower_
        if modifiers_only and child.dep_ not in ("amod", "advmod", "compound", "nmod:desc"):
            continue
        if modifiers_only and negates(child):
            continue
        if _modal(child) or (text in _POSSIBLE_WORDS and child.dep_ in ("advmod", "amod", "compound")):
            manner = replace(manner, modality=_weaker(manner.modality, "possible"))
        elif text in _ALLEGED_WORDS:
            manner = replace(manner, modality="alleged")
        elif no_longer(child) or text in _ENDED_WORDS or (text == "once" and _formerly(child)):
            manner = replace(manner, time="ended")
        elif (negates(child) or neither_subject(child)) and not only_the_reason(word):
            manner = _deny(manner, word)
    return manner


def _modal(child: Token) -> bool:
    after = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else None
    if lemma(child) == "be" and after is not None and after.lower_ == "to" and after.head.i == child.head.i:
        return child.dep_ in ("aux", "cop")  # "is to buy"
    return child.dep_ in ("aux", "aux:pass", "auxpass") and lemma(child) in _MODALS


def _from_governor(dependent: Token, governor: Token, manner: Manner) -> Manner:
    word, dep = lemma(governor), dependent.dep_
    if dep == "nsubj":
        return replace(manner, time="ended") if word in _OVER and not _negated_above(governor) else manner
    gerund = dep == "advcl" and dependent.tag_ == "VBG"
    complement = gerund or dep in ("xcomp", "ccomp", "obj", "dobj", "csubj", "pcomp", "nsubj:pass", "nsubjpass")
    oblique = dep in ("obl", "nmod", "acl", "pobj")
    if word == "use" and dep == "xcomp":
        return replace(manner, time="ended")
    if governor.pos_ in ("NOUN", "PROPN"):
        if word in _POSSIBLE_NOUNS and (oblique or dep == "compound"):
            return replace(manner, modality=_weaker(manner.modality, "possible"))
        if word in ("denial", "refusal", "rejection", "end", "halt", "suspension", "freeze", "collapse") and oblique:
            return (
                _deny(manner, governor) if word in ("denial", "refusal", "rejection") else replace(manner, time="ended")
            )
        return manner
    if word in _ALLEGING and (complement or oblique):
        return replace(manner, modality="alleged")
    if word in _DENYING and complement:
        return _deny(manner, governor)
    if word in _ENDING and dep in ("xcomp", "obj", "dobj", "nsubj:pass", "nsubjpass"):
        return replace(manner, time="ended")
    if word in _TOPICAL and dep in ("obj", "dobj", "nsubj:pass", "nsubjpass"):
        return manner
    if word == "consider" and dep == "xcomp" and dependent.pos_ != "VERB":
        return manner  # "considers Iran an enemy" is a judgment, "considers selling" a plan
    prospective = oblique and preposition_of(dependent) in ("for", "of", "about", "on", "against")
    if (word in _WISHING and complement) or (word in _WISHING_FOR and prospective):
        return replace(manner, modality=_weaker(manner.modality, "possible"))
    return manner


def _governors(word: Token) -> Iterator[tuple[Token, Token]]:
    """(dependent, governor) upwards from ``word`` while the governor bears on whether the word holds."""
    dependent = word
    while dependent.head.i != dependent.i and dependent.dep_ in _COMPLEMENTS:
        governor = dependent.head
        if dependent.dep_ in ("acl:relcl", "parataxis"):
            return
        if dependent.dep_ == "conj" and governor.pos_ in ("NOUN", "PROPN") and word.pos_ not in ("NOUN", "PROPN"):
            return
        if dependent.dep_ == "nsubj":
            if dependent is word:
                yield dependent, governor
            return
        if dependent.dep_ == "conj":
            dependent = _as_conjunct(dependent)
            continue
        yield dependent, governor
        if _presupposed(dependent, governor):
            return
        dependent = governor


def _as_conjunct(dependent: Token) -> Token:
    return dependent.head


def _presupposed(dependent: Token, governor: Token) -> bool:
    """Whether what is above the governor no longer bears on the dependent: "wants to open the border with X"."""
    if dependent.dep_ in ("nmod", "obl", "nmod:poss", "compound"):
        return lemma(governor) != "state"
    if dependent.dep_ in ("obj", "dobj", "nsubj:pass", "nsubjpass"):
        return lemma(governor) not in _REALIZING | _WISHING | _DENYING | _ENDING
    return False


def _same_event(dependent: Token, governor: Token) -> bool:
    """Whether negation and modals of the governor reach down: "may agree to sell", "did not sign the pact"."""
    if dependent.dep_ == "xcomp":
        return True
    return dependent.dep_ in ("obj", "dobj", "nsubj:pass", "nsubjpass") and lemma(governor) in _REALIZING


def _negated_above(verb: Token) -> bool:
    """Whether a verb, or the verb whose complement it is, is negated: "is not going to stop"."""
    if any(negates(child) for child in verb.children):
        return True
    return verb.dep_ == "xcomp" and verb.head.i != verb.i and _negated_above(verb.head)


def _deny(manner: Manner, word: Token) -> Manner:
    """Denial; of what "any more" is said, it is the end; a denied denial is an affirmation."""
    if any(child.lower_ in ("anymore", "longer") for child in word.children):
        return replace(manner, time="ended")
    return replace(manner, polarity="affirmed" if manner.polarity == "denied" else "denied")


def _formerly(once: Token) -> bool:
    after = once.doc[once.i + 1].lower_ if once.i + 1 < len(once.doc) else ""
    before = once.doc[once.i - 1].lower_ if once.i else ""
    return after not in ("again", "more", "a", "every", "it", "the", "they", "he", "she") and before not in (
        "at",
        "more",
    )


def _conditional(word: Token) -> bool:
    """Whether the word's clause is a condition or an indirect question."""
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in word.children):
        return True
    subject = next((child for child in word.children if child.dep_.startswith("nsubj")), None)
    inverted = (t for t in word.children if t.dep_ in ("aux", "aux:pass", "cop") and t.lower_ in _INVERTED)
    return word.dep_ == "advcl" and subject is not None and any(t.i < subject.i for t in inverted)


def _asks(sentence: Span) -> bool:
    for index in range(len(sentence) - 1, -1, -1):
        token = sentence[index]
        if not token.is_space and token.text not in ("”", '"', "'", "’", ")"):
            return bool(token.text == "?")
    return False


def _weaker(old: Modality, new: Modality) -> Modality:
    return old if old == "alleged" else new
