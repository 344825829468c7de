"""One vocabulary of dependency relations, whatever scheme the reader speaks.

Universal Dependencies (the bundled reader) and CLEAR (spaCy's ``en_core_web_*``) both become a list of base arcs:
``nsubj``, ``obj``, ``prep:<preposition>``, ``of`` (possessives and *of*), ``mod`` (adjectives and nouns before a
noun), ``desc`` (a title before a name), ``appos``, ``conj``, ``relcl``, ``acl``, ``advcl``, ``xcomp``, ``ccomp`` and
so on. Passives are undone (the patient is ``obj``, the agent ``nsubj``) and the dative is ``prep:to``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SAME_PREPOSITION = {"towards": "toward", "upon": "on", "amongst": "among", "vs.": "against", "vs": "against",
                     "versus": "against", "onto": "on", "v.": "against"}  # fmt: skip
_PLAIN = {
    "nsubj": "nsubj", "nsubj:outer": "nsubj", "csubj": "nsubj", "obj": "obj", "dobj": "obj", "iobj": "prep:to", "dative": "prep:to",
    "nsubj:pass": "obj", "nsubjpass": "obj", "nmod:poss": "of", "poss": "of", "amod": "mod", "compound": "mod",
    "nmod:unmarked": "mod", "nmod:desc": "desc", "appos": "appos", "conj": "conj", "acl:relcl": "relcl",
    "relcl": "relcl", "advcl:relcl": "relcl", "acl": "acl", "advcl": "advcl", "xcomp": "xcomp", "ccomp": "ccomp",
    "parataxis": "parataxis", "attr": "attr", "oprd": "xcomp", "acomp": "xcomp", "nummod": "nummod", "det": "det",
    "flat": "flat", "advmod": "advmod", "neg": "advmod", "obl:unmarked": "obl", "npadvmod": "obl", "mark": "mark",
    "aux": "aux", "aux:pass": "aux", "auxpass": "aux", "cop": "cop", "cc": "cc", "case": "case", "nmod": "nmod",
    "compound:prt": "prt", "prt": "prt", "fixed": "fixed", "cc:preconj": "preconj", "det:predet": "det",
    "predet": "det", "preconj": "preconj", "obl": "obl", "dislocated": "appos", "nmod:npmod": "mod",
}  # fmt: skip


SPEECH = frozenset(
    "say tell add note explain argue claim state announce declare report write warn insist assert stress emphasize point "
    "observe remark reply respond answer ask concede acknowledge admit confirm deny allege accuse maintain contend believe "
    "think conclude estimate predict suggest comment recall reveal disclose testify affirm reiterate highlight hail describe "
    "call denounce condemn criticize blame complain boast caution quip concur agree recount pledge vow".split()
)
"""Verbs of saying, lemmas: their subject is the speaker of what they govern or quote."""


@dataclass(frozen=True, slots=True)
class Arc:
    """``head`` and ``dependent`` are token indices in the document; ``label`` is one of the vocabulary above."""

    head: int
    label: str
    dependent: int


def base_arcs(sentence: Span) -> Iterator[Arc]:
    """The arcs of one sentence in the common vocabulary; the root and punctuation have none."""
    for token in sentence:
        if token.head.i == token.i or token.is_space or token.dep_ in ("punct", "prep", "agent"):
            continue
        if token.dep_ == "dative" and token.pos_ == "ADP":
            continue
        head, label = token.head, _PLAIN.get(token.dep_, "dep")
        if token.dep_ in ("pobj", "pcomp"):
            head, label = _clear_preposition(token)
        elif token.dep_ in ("nmod", "obl", "obl:agent", "obl:unmarked", "nmod:unmarked"):
            label = _universal_preposition(token, label)
        if label == "nsubj" and _attribute(head) is not None:
            head = _attribute(head) or head  # CLEAR hangs subject and predicate on the copula
        if not _leaves_quote(sentence, head.i, token.i):
            yield Arc(head.i, label, token.i)


def _leaves_quote(sentence: Span, head: int, dependent: int) -> bool:
    """Whether an arc runs out of a quote over the verb that reports it: in "… sells arms," Oren tells the paper, the
    paper belongs to "tells", whatever the parse says."""
    closed = False
    for index in range(head + 1, dependent):
        token = sentence.doc[index]
        closed = closed or token.text in ("”", "»") or (token.text == '"' and not sentence.doc[index - 1].whitespace_)
        if closed and token.pos_ == "VERB" and lemma(token) in SPEECH:
            return True
    return False


def lemma(token: Token) -> str:
    """Lower-case lemma; names keep their form."""
    return token.lemma_.lower() if token.lemma_ else token.lower_


def is_passive(verb: Token) -> bool:
    """Whether a verb has a passive subject or auxiliary, or is a participle after its noun ("weapons sold by")."""
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubj:pass", "nsubjpass", "aux:pass", "auxpass"}:
        return True
    return verb.dep_ == "acl" and is_participle(verb)


def is_participle(verb: Token) -> bool:
    """A past participle by tag or by form, where the tag cannot tell (a clause without subject or auxiliary)."""
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ in ("acl", "advcl", "amod"))


def preposition_of(token: Token) -> str | None:
    """The preposition in front of a noun phrase, if it has one: "with", "according to"."""
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i and child.pos_ != "PART":
            return _join(child)
    if token.dep_ in ("pobj", "pcomp"):
        return token.head.lower_
    return None


def after_attitude(token: Token) -> bool:
    """Whether a word stands behind "pro-", "anti-" or "non-": the pro-Syrian president is not Syria's."""
    doc, start = token.doc, token.i
    return start > 1 and doc[start - 1].text in ("-", "–", "‑") and doc[start - 2].lower_ in ("pro", "anti", "non")


def span_root(doc: Doc, start: int, end: int) -> Token:
    """The first token of ``doc[start:end]`` whose head lies outside (spaCy's ``Span.root`` walks the whole document)."""
    for index in range(start, end):
        token: Token = doc[index]
        if (not start <= token.head.i < end or token.head.i == index) and not token.is_punct:
            return token
    last: Token = doc[end - 1]
    return last


def _join(case: Token) -> str:
    words = [case.lower_, *(child.lower_ for child in case.children if child.dep_ == "fixed")]
    return _SAME_PREPOSITION.get(" ".join(words), " ".join(words))


def _universal_preposition(token: Token, label: str) -> str:
    preposition = preposition_of(token)
    if token.dep_ == "obl:agent" or (preposition == "by" and token.dep_ == "obl" and is_passive(token.head)):
        return "nsubj"
    if preposition is None:
        return label
    return "of" if preposition == "of" else f"prep:{preposition}"


def _clear_preposition(token: Token) -> tuple[Token, str]:
    preposition = token.head
    if preposition.dep_ == "agent":
        return preposition.head, "nsubj"
    word = _SAME_PREPOSITION.get(preposition.lower_, preposition.lower_)
    return preposition.head, "of" if word == "of" else f"prep:{word}"


def _attribute(verb: Token) -> Token | None:
    """The predicate noun of a CLEAR copula."""
    if verb.lemma_ != "be":
        return None
    return next((child for child in verb.children if child.dep_ in ("attr", "acomp")), None)
