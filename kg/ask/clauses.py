"""A clause whose variables are names like any other, read by the engine that reads the articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ask.question import ASSERTED, Triple
from kg.ask.words import PREPOSITIONS, Word, to_text
from kg.extraction.anchors import anchor_tokens
from kg.extraction.candidates import Candidate, Rules, find_candidates
from kg.extraction.linking import Reference
from kg.extraction.matcher import Anchors
from kg.extraction.status import manner_of
from kg.extraction.syntax import lemma
from kg.model import ENTITY_TYPES, Status, derive_status
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span, Token

_LEAST = {"match": 0.6, "alone": 0.6, "pair": 0.7}
"""Candidates below this are guesses: what only the scorer sees must be likelier."""
_FUNCTION = frozenset(
    "the a an any all each every both either some of to with by for from in on at between against as among its their his her "
    "and that there currently now today still also actually really ever formally officially openly "
    "be do have may might could can would should will shall".split()
)
"""Words that may stand in a clause without a part in what matched."""
_NEUTRAL = frozenset(
    "close strategic military militarily sworn bitter traditional common shared land direct immediate friendly good".split()
)
_NEUTRAL_VERBS = frozenset("agree approve order pledge decide continue start begin consider regard view see".split())
"""Words that the guideline reads as no more than what they stand beside: a pledge to sell is a deal, a close ally an ally."""
_MARKERS = frozenset(
    "former formerly once no longer previously then ex erstwhile possible potential possibly potentially likely allegedly "
    "reportedly perhaps alleged proposed planned".split()
)
"""Words that make a claim ended or possible; they count as understood where it became so."""
_HOLDING = frozenset("share have be divide separate".split())
"""Verbs that say of a border no more than that it is there: who closed one is another question than who has one."""
_PAST: tuple[Status, ...] = ("asserted", "ended")
_STAND_INS = (("Kenya", "Ghana", "Peru"), ("Smith", "Miller", "Baker"))
"""Names that variables bear in the clauses that are read, tried in turn: one may be read where the other is not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: triples, the lemmas that carried them, and the types that nouns give to variables."""

    triples: tuple[Triple, ...] = ()
    words: frozenset[str] = frozenset()
    types: tuple[tuple[str, frozenset[str]], ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        """Both, the triples of the first one first, each once."""
        triples = tuple(dict.fromkeys((*self.triples, *other.triples)))
        notes = tuple(dict.fromkeys((*self.notes, *other.notes)))
        return Reading(triples, self.words | other.words, self.types + other.types, notes)


@dataclass(slots=True)
class ClauseReader:
    """Reads clauses with one reader and one set of rules; ``left`` are the fewest words that a clause with a known relation
    left over, None where no clause had one."""

    nlp: Language
    rules: Rules
    left: tuple[str, ...] | None = None
    _known: dict[tuple[object, ...], Reading | None] = field(default_factory=dict)

    def read(self, words: Sequence[Word], subjects: Collection[str]) -> Reading | None:
        """What the clause says of its names, or None where the engine does not account for every word of it.

        ``subjects`` are the entities and variables that are the clause's subject: without a variable, what is said is said
        of them.
        """
        key = (tuple(words), tuple(sorted(subjects)))
        if key not in self._known:
            variable = any(word.entity and word.entity.startswith("?") for word in words)
            tries = (self._read(words, subjects, names) for names in (_STAND_INS if variable else _STAND_INS[:1]))
            self._known[key] = next((reading for reading in tries if reading is not None), None)
        return self._known[key]

    def _read(self, words: Sequence[Word], subjects: Collection[str], stand_ins: Sequence[str]) -> Reading | None:
        if (named := self._by_label(words)) is not None:
            return named
        entities = list(dict.fromkeys(word.entity for word in words if word.entity))
        if len(entities) < 2 or len(words) < 3:
            return None
        text, spans = to_text(words, stand_ins)
        doc = self.nlp(text)
        sentences = list(doc.sents)
        if len(sentences) != 1:
            return None
        references: list[Reference] = []
        for word, (start, end) in spans:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None:
                return None
            references += [
                Reference(span.start, span.end, kind, word.entity or "") for kind in word.types or ENTITY_TYPES
            ]
        anchors = anchor_tokens(doc, references)
        found = self._candidates(sentences[0], references, anchors)
        best = self._best(found, references, sentences[0], subjects)
        if not best or {end for pair in best for end in pair} != set(entities):
            return None
        if not _joined(words, best):
            return None
        chosen = list(best.values())
        left, wider = self._left_over(sentences[0], references, chosen)
        if left:
            self.left = left if self.left is None or len(left) < len(self.left) else self.left
            return None
        return _to_reading(chosen, references, sentences[0], self.rules.relations, wider)

    def _by_label(self, words: Sequence[Word]) -> Reading | None:
        """A clause that names a relation by its own label: "X is affiliated with Y"."""
        plain = [word for word in words if word.lower not in ("is", "was", "are", "were", "the", "a", "an")]
        if len(plain) < 3 or not plain[0].entity or not plain[-1].entity or any(word.entity for word in plain[1:-1]):
            return None
        said = " ".join(word.lower for word in plain[1:-1])
        past = any(word.lower in ("was", "were") for word in words)
        for relation in self.rules.relations.values():
            if said == relation.label:
                ends = (plain[0].entity, plain[-1].entity)
                ends = ends[::-1] if relation.symmetric and ends[1].startswith("?") else ends
                return Reading(
                    (Triple(ends[0], relation.id, ends[1], _PAST if past else ASSERTED),),
                    frozenset(said.split()) - PREPOSITIONS,
                )
            if relation.inverse and said == relation.inverse.replace("-", " "):
                return Reading(
                    (Triple(plain[-1].entity, relation.id, plain[0].entity, _PAST if past else ASSERTED),),
                    frozenset(said.split()) - PREPOSITIONS,
                )
        return None

    def _candidates(self, sentence: Span, references: Sequence[Reference], anchors: Anchors) -> list[Candidate]:
        """Matches, and those pairs of the scorer's whose word is in the relation's own vocabulary."""
        kept = []
        for candidate in find_candidates(sentence, references, anchors, self.rules):
            relation = self.rules.relations[candidate.relation]
            confident = candidate.signal.confidence >= _LEAST[candidate.signal.kind]
            own = frozenset().union(*relation.lexicon.values())
            said = candidate.signal.kind != "pair" or {lemma(w) for w in candidate.words} <= own
            organ = _as_organ(candidate, references, anchors) and relation.kind == "state" and not relation.symmetric
            if confident and said and not organ and not _more_than_carried(candidate, relation):
                kept.append(candidate)
        return kept

    def _best(
        self, found: Iterable[Candidate], references: Sequence[Reference], sentence: Span, subjects: Collection[str]
    ) -> dict[frozenset[str], Candidate]:
        """The candidate of each pair that accounts for most of the sentence; with a variable in it, of the pairs with one."""
        pairs: dict[frozenset[str], list[Candidate]] = {}
        for candidate in found:
            ends = frozenset((references[candidate.subject].entity, references[candidate.object].entity))
            pairs.setdefault(ends, []).append(candidate)
        every = {reference.entity for reference in references}
        if any(entity.startswith("?") for entity in every):
            pairs = {ends: held for ends, held in pairs.items() if any(end.startswith("?") for end in ends)}
        elif subjects and not every <= set(subjects):
            pairs = {ends: held for ends, held in pairs.items() if len(ends & set(subjects)) == 1}

        def rank(candidate: Candidate) -> tuple[float, ...]:
            left, wider = self._left_over(sentence, references, [candidate])
            signal = candidate.signal
            return -len(left), -len(wider), signal.kind != "pair", len(candidate.triggers), signal.confidence

        return {ends: max(held, key=rank) for ends, held in pairs.items()}

    def _left_over(
        self, sentence: Span, references: Sequence[Reference], chosen: Iterable[Candidate]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words that no candidate accounts for, as they are written, and those that a relation knows but does not tell
        apart: "foreign" of a foreign minister."""
        covered = {index for reference in references for index in range(reference.start, reference.end)}
        marked, own = False, set()
        for candidate in chosen:
            matched = {word.i for word in candidate.words} | set(candidate.triggers)
            covered |= matched | candidate.slots
            known = frozenset().union(*self.rules.relations[candidate.relation].lexicon.values())
            beside = [t for t in sentence if t.head.i in matched and t.dep_ in ("amod", "compound")]
            own |= {t.i for t in beside if lemma(t) in known and t.tag_ not in ("JJR", "JJS")}
            if _status(candidate, sentence) != "asserted":
                marked = True
                covered |= {token.i for token in candidate.words[0].ancestors if token.pos_ in ("VERB", "NOUN", "AUX")}
        rest = [token for token in sentence if token.i not in covered and not _understood(token, marked)]
        left = tuple(token.text for token in rest if token.i not in own)
        return left, tuple(token.text for token in rest if token.i in own)


def _joined(words: Sequence[Word], pairs: Collection[frozenset[str]]) -> bool:
    """Whether names of which one clause says the same stand side by side ("Iran and Syria"): in "attacked the embassy of the
    US in Iran" they do not."""
    ends = {end for pair in pairs for end in pair if not end.startswith("?")}
    if len(pairs) < 2 or not any(end.startswith("?") for pair in pairs for end in pair):
        return True
    at = [index for index, word in enumerate(words) if word.entity in ends]
    between = {word.lower for word in words[at[0] : at[-1]] if not word.entity}
    return between <= {"and", "both", ",", "the", "with", "to", "of"} and bool(between & {"and", ","})


def _as_organ(candidate: Candidate, references: Sequence[Reference], anchors: Anchors) -> bool:
    """Whether an argument is a state by an organ of it: who leads the Turkish army does not lead Turkey."""
    ends = {references[candidate.subject].entity, references[candidate.object].entity}
    return any(anchor.organ and anchor.entity in ends for slot in candidate.slots for anchor in anchors.get(slot, ()))


def _more_than_carried(candidate: Candidate, relation: Relation) -> bool:
    """Whether the matched words say more than the one that carries the relation by itself: "closed the border"."""
    doc = candidate.words[0].doc
    words = [doc[index] for index in candidate.triggers]
    if not any(lemma(word) in relation.carriers for word in words):
        return False
    return any(word.pos_ == "VERB" and lemma(word) not in relation.carriers | _HOLDING for word in words)


def _understood(token: Token, marked: bool) -> bool:
    words = {token.lower_, lemma(token)}
    if token.is_punct or token.is_space or token.lower_ in ("'s", "’s", "'", "’", *_NEUTRAL):  # but not "closest"
        return True
    return bool(words & (_FUNCTION | _NEUTRAL_VERBS)) or (marked and bool(words & _MARKERS))


def _status(candidate: Candidate, sentence: Span) -> Status:
    words = [word for word in candidate.words if word.i not in candidate.slots]
    manner = manner_of(words, candidate.slots, sentence, candidate.manner)
    return derive_status(manner.polarity, manner.modality, manner.time)


def _to_reading(
    chosen: Collection[Candidate],
    references: Sequence[Reference],
    sentence: Span,
    relations: Mapping[str, Relation],
    wider: Iterable[str],
) -> Reading:
    order = {reference.entity: at for at, reference in reversed(list(enumerate(references)))}
    triples: list[Triple] = []
    words: set[str] = set()
    for candidate in chosen:
        status = _status(candidate, sentence)
        statuses = _PAST if status == "asserted" and _past(candidate) else ASSERTED
        ends = [references[end].entity for end in (candidate.subject, candidate.object)]
        if relations[candidate.relation].symmetric:  # a variable first, else in the order of the question
            ends.sort(key=lambda end: (not end.startswith("?"), end if end.startswith("?") else "", order[end]))
        triples.append(Triple(ends[0], candidate.relation, ends[1], statuses if status == "asserted" else (status,)))
        words |= {lemma(sentence.doc[index]) for index in candidate.triggers}
    both_ways = sorted(
        {relations[c.relation].label for c in chosen if c.kind == "event" and relations[c.relation].symmetric}
    )
    notes = tuple(f"“{label}” holds both ways: the sentences say who did what to whom" for label in both_ways)
    notes += tuple(f"“{word}” is not told apart: the sentences say which" for word in wider)
    return Reading(tuple(triples), frozenset({*words, *wider}), notes=notes)


def _past(candidate: Candidate) -> bool:
    """Whether a state is said of the past: "was an ally", "led". It may be over, and a question that says so asks for that, too."""
    said = [token for word in candidate.words for token in (word, *word.children) if token.i not in candidate.slots]
    return candidate.kind == "state" and any(
        token.tag_ == "VBD" for token in said if token.dep_ in ("cop", "aux") or token in candidate.words
    )
