"""A question in English -> a :class:`Question`, or :class:`QuestionError` with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.ask.clauses import ClauseReader, Reading
from kg.ask.names import Names
from kg.ask.phrases import PhraseReader, cuts
from kg.ask.question import Form, Question, QuestionError, Variable
from kg.ask.times import take_period
from kg.ask.topics import read_topic, said_clause
from kg.ask.words import BE, DO, HAVE, MODALS, PREPOSITIONS, Word, finite, is_verb, words_of
from kg.extraction.candidates import Rules
from kg.model import ENTITY_TYPES, EntityType
from kg.relations import Relation

if TYPE_CHECKING:
    from spacy.language import Language

_X = Word("x", "?x")
_WHO = frozenset("who whom what".split())
_WHICH = frozenset("which what".split())
_OTHER_ASKED = frozenset("why when where how".split())
_ASKING = ("list", "name", "show", "give", "find", "tell", "display", "get")
_LONGEST = 40


class QuestionReader:
    """Reads questions about a graph: ``names`` are its names, ``rules`` its relations as the reader ``nlp`` compiled them."""

    def __init__(self, names: Names, rules: Rules, nlp: Language) -> None:
        self._names = names
        self._rules = rules
        self._nlp = nlp

    def read(self, question: str) -> Question:
        """What the question asks. Raises :class:`QuestionError` where any word of it is not understood."""
        text = " ".join(question.encode("utf-8", "replace").decode().split())
        named = self._names.find(text)
        words = _without_courtesy(words_of(self._nlp(text), named))
        if not words or len(words) > _LONGEST:
            raise QuestionError("it is empty" if not words else f"it has more than {_LONGEST} words")
        if (topic := read_topic(words)) is not None:
            return topic
        words, period = take_period(words)
        clauses = ClauseReader(self._nlp, self._rules)
        phrases = PhraseReader(clauses)
        form: Form = "list"
        reading: Reading | None = None
        if (clause := said_clause(words)) is not None:
            form, reading = "speakers", _statement(phrases, clause)
        elif words[0].lower in _OTHER_ASKED and not _counts(words):
            raise QuestionError(f"I answer who, which, whether and how many, not {words[0].lower}")
        elif words[0].lower in BE | DO | HAVE | MODALS:
            form, reading = _whether(phrases, words)
        else:
            form = "count" if _counts(words) else "list"
            reading = _wh(phrases, words)
        if reading is None or not reading.triples:
            raise self._refusal(words, clauses.left)
        return _to_question(form, reading, period, self._rules.relations)

    def _refusal(self, words: Sequence[Word], left: tuple[str, ...] | None) -> QuestionError:
        """Why nothing was read: a name that is none, a word left over, or no relation at all."""
        plain = [word.text for word in words if not word.entity]
        strange = [text for text in plain[1:] if text[:1].isupper()]
        unknown = " ".join(strange) or next((text for text in left or () if self._names.suggest(text)), "")
        if unknown:
            return QuestionError(f"I do not know “{unknown}”", self._names.suggest(unknown))
        if left:
            if {"not", "n't", "n’t", "never", "no"} & set(left):
                return QuestionError("I know what texts deny (ask “Who denied …?”), not what no text says")
            return QuestionError(f"I do not understand {' and '.join(f'“{text}”' for text in left)} in it")
        for text in plain[1:]:
            if len(text) > 4 and text.islower() and not is_verb(Word(text)) and (near := self._names.suggest(text)):
                return QuestionError(f"I do not know “{text}”", near)
        labels = ", ".join(relation.label for relation in self._rules.relations.values())
        return QuestionError(f"it asks for no relation that this graph has ({labels})")


def _without_courtesy(words: list[Word]) -> list[Word]:
    """The question without what asks for it: "please", "can you tell me", "I want to know"."""
    plain = [word.lower for word in words]
    for start in (
        "please",
        "can you tell me",
        "could you tell me",
        "do you know",
        "i want to know",
        "i would like to know",
        "so",
        "and",
    ):
        opening = start.split()
        if plain[: len(opening)] == opening and len(words) > len(opening):
            return _without_courtesy(words[len(opening) :])
    if (
        plain[:2] in (["tell", "me"], ["show", "me"])
        and plain[2:3]
        and plain[2] in {*_WHO, *_WHICH, "whether", "if", "how"}
    ):
        return words[2:]
    return words


def _counts(words: Sequence[Word]) -> bool:
    plain = [word.lower for word in words]
    return plain[:2] == ["how", "many"] or plain[:4] == ["what", "is", "the", "number"]


def _wh(phrases: PhraseReader, words: Sequence[Word]) -> Reading | None:
    """A question with a question word, a command, or a bare noun phrase."""
    first = words[0].lower
    if _counts(words):
        return _which(phrases, words[2 if first == "how" else 5 :], None)
    if first in PREPOSITIONS and len(words) > 2 and words[1].lower in (*_WHO, *_WHICH):
        if words[1].lower in ("which", "what"):
            return _which(phrases, words[2:], words[0])
        return _rest(phrases, _X, words[2:], words[0])
    if first == "whose":
        return _whose(phrases, words[1:])
    if first in _WHO and (reading := _rest(phrases, _X, words[1:], None)) is not None:
        return reading
    if first in _WHICH:
        return _which(phrases, words[1:], None)
    if first in _ASKING:
        words = words[1:]
        words = words[1:] if words and words[0].lower in ("me", "us") else words
        return phrases.noun_phrase(_X, words)
    at = next((at for at, word in enumerate(words) if word.lower in _WHO), None)
    if at is not None:  # "Russia sells arms to whom"
        return phrases.predicate(words[:1], [*words[1:at], _X, *words[at + 1 :]]) if words[0].entity else None
    return phrases.noun_phrase(_X, words)


def _which(phrases: PhraseReader, words: Sequence[Word], preposition: Word | None) -> Reading | None:
    """ "which allies of Israel / border Iran": the first cut whose two parts are both understood."""
    for at in range(1, len(words) + 1):
        noun, rest = words[:at], words[at:]
        if rest and not is_verb(rest[0]):
            continue
        if (owned := _owned(noun, rest)) is not None:
            return phrases.noun_phrase(_X, owned)
        first = phrases.noun_phrase(_X, noun)
        if first is None:
            continue
        kinds = dict(first.types).get("?x", frozenset())
        variable = Word("x", "?x", tuple(kind for kind in ENTITY_TYPES if kind in kinds))
        if not rest:
            return first
        second = _rest(phrases, variable, rest, preposition)
        if second is not None:
            return first + second
    return None


def _owned(noun: Sequence[Word], rest: Sequence[Word]) -> Sequence[Word] | None:
    """ "which allies / does Israel have": the allies of Israel."""
    if len(rest) > 2 and rest[0].lower in DO and rest[-1].lower == "have":
        return [*noun, Word("of"), *rest[1:-1]]
    return None


def _whose(phrases: PhraseReader, words: Sequence[Word]) -> Reading | None:
    owner = [_X, Word("'s", glued=True)]
    for at in range(1, len(words) - 1):
        if words[at].lower in BE:
            if (reading := phrases.predicate(words[at + 1 :], [words[at], *owner, *words[:at]])) is not None:
                return reading
    return phrases.predicate([*owner, *words[:1]], words[1:])


def _rest(phrases: PhraseReader, variable: Word, words: Sequence[Word], preposition: Word | None) -> Reading | None:
    """What follows the question word: a predicate of it, or an inverted clause that lacks it."""
    if not words:
        return None
    first = words[0].lower
    ends = bool(preposition) or words[-1].lower in PREPOSITIONS
    inverted = first in BE | DO | HAVE | MODALS
    if (
        not ends
        and not (first in DO and len(words) > 2)
        and (reading := phrases.predicate([variable], words)) is not None
    ):
        return reading
    if not inverted:
        return None
    for subject, predicate in _uninverted(words):
        if preposition is not None:
            reading = phrases.predicate(subject, [*predicate, preposition, variable])
        else:
            reading = phrases.gapped(subject, predicate, variable)
        if reading is not None:
            return reading
    return None


def _whether(phrases: PhraseReader, words: Sequence[Word]) -> tuple[Form, Reading | None]:
    """A question that is answered with yes or no; with a variable in it ("any country"), one for a list."""
    if [word.lower for word in words[1:4]] == ["it", "true", "that"]:
        reading = _statement(phrases, words[4:])
    elif len(words) > 2 and words[1].lower == "there":
        reading = phrases.predicate([words[1]], [words[0], *words[2:]])
        reading = reading or phrases.noun_phrase(_X, words[2:])
    else:
        reading = next(filter(None, (phrases.clause(*clause) for clause in _uninverted(words))), None)
    variable = reading is not None and any("?" in triple.subject + triple.object for triple in reading.triples)
    return "list" if variable else "yes-no", reading


def _uninverted(words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """An inverted clause as subject and predicate, cut at each place where the subject may end."""
    auxiliary, rest = words[0], words[1:]
    for cut in cuts(rest):
        subject, verb, tail = rest[:cut], rest[cut], rest[cut + 1 :]
        if auxiliary.lower not in DO:
            yield subject, [auxiliary, *rest[cut:]]
        elif verb.lower and is_verb(verb):
            for form in finite(verb, auxiliary.lower):
                yield subject, [form, *tail]
        elif len(tail) > 0 and verb.lower in ("still", "also", "currently", "now", "ever", "really", "actually"):
            for form in finite(tail[0], auxiliary.lower):
                yield subject, [form, *tail[1:]]


def _statement(phrases: PhraseReader, words: Sequence[Word]) -> Reading | None:
    return next(filter(None, (phrases.predicate(words[:cut], words[cut:]) for cut in cuts(words))), None)


def _to_question(form: Form, reading: Reading, period: str | None, relations: Mapping[str, Relation]) -> Question:
    """The reading with the types of its variables: those that its nouns and its relations allow."""
    allowed: dict[str, set[EntityType]] = {}
    for triple in reading.triples:
        relation = relations[triple.relation]
        for end, types in ((triple.subject, relation.subject), (triple.object, relation.object)):
            if end.startswith("?"):
                allowed.setdefault(end, set(ENTITY_TYPES)).intersection_update(types)
    for name, kinds in reading.types:
        if name in allowed:
            allowed[name] &= kinds
    if impossible := [name for name, types in allowed.items() if not types]:
        raise QuestionError(f"nothing can be what {impossible[0]} asks for: the relations in it have other types")
    variables = tuple(
        Variable(name, tuple(t for t in ENTITY_TYPES if t in types)) for name, types in sorted(allowed.items())
    )
    return Question(form, variables, reading.triples, period, words=reading.words, notes=reading.notes)
