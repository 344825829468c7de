"""A question as a list of words that can be put in another order: names and variables are one word each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.ask.names import Named
from kg.model import EntityType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

BE = frozenset("is are was were be 's am".split())
DO = frozenset("do does did".split())
HAVE = frozenset("has have had".split())
MODALS = frozenset("may might could can would should will shall".split())
PREPOSITIONS = frozenset(
    "to with by for from of against in at on about under between into toward towards among".split()
)
RELATIVES = frozenset("that which who whom".split())
DETERMINERS = frozenset("the a an any all every some of".split())
_TITLES = frozenset(
    "president prime minister premier chancellor king queen mr mr. mrs mrs. ms ms. dr dr. general".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` as it is written; ``entity`` is the identifier or the variable that it names, with its possible ``types``;
    ``glued`` words follow without a space."""

    text: str
    entity: str | None = None
    types: tuple[EntityType, ...] = ()
    glued: bool = False

    @property
    def lower(self) -> str:
        """The text without case; "" for a name, which is no word of the language."""
        return "" if self.entity else self.text.casefold()


def words_of(doc: Doc, names: Sequence[Named]) -> list[Word]:
    """The words of a question: names as the graph spells them, titles before people left out, no final mark."""
    words: list[Word] = []
    starts = {name.start: name for name in names}
    inside = {index for name in names for index in range(name.start, name.end)}
    for token in doc:
        glued = token.i > 0 and not doc[token.i - 1].whitespace_
        if token.idx in starts:
            named = starts[token.idx]
            form = named.form
            while form.type == "Person" and words and words[-1].lower in _TITLES:
                words.pop()
            written = doc.text[named.start : named.end]
            text = written if any(c.isupper() for c in written) else form.spelling
            words.append(Word(text, form.entity, (form.type,), glued))
            rest = token.text[named.end - token.idx :] if token.idx + len(token) > named.end else ""
            words += [Word(rest, glued=True)] if rest else []
        elif token.idx not in inside and not token.is_space and token.text not in ("?", "!", ".", "…", "¿"):
            words.append(Word(token.text, glued=glued and bool(words)))
    if words and not words[0].entity:
        words[0] = replace(words[0], text=words[0].text[:1].lower() + words[0].text[1:])
    return words


def to_text(words: Sequence[Word], stand_ins: Sequence[str]) -> tuple[str, list[tuple[Word, Span]]]:
    """The words as a sentence, and where in it (code points) each name stands; variables bear the ``stand_ins``."""
    text, spans = "", []
    order = list(dict.fromkeys(word.entity for word in words if word.entity and word.entity.startswith("?")))
    for word in words:
        written = stand_ins[order.index(word.entity)] if word.entity in order else word.text
        written = written[:1].upper() + written[1:] if not text else written
        text += written if word.glued or not text else f" {written}"
        if word.entity:
            spans.append((word, (len(text) - len(written), len(text))))
    return f"{text}.", spans


def finite(verb: Word, auxiliary: str) -> Iterator[Word]:
    """The base form of a verb as a sentence without do-support has it: "does … sell" is "sells", "did … sell" is "sold"."""
    from lemminflect import getInflection

    tag = "VBD" if auxiliary == "did" else "VBZ"
    for form in dict.fromkeys(getInflection(verb.text, tag)):
        yield replace(verb, text=form)


def is_verb(word: Word) -> bool:
    """Whether a word can be a form of a verb."""
    from lemminflect import getAllLemmas

    return bool(word.lower) and (word.lower in BE | HAVE | DO | MODALS or "VERB" in getAllLemmas(word.lower))


def is_base_form(word: Word) -> bool:
    """Whether a word can be the base form of a verb: "border", not "borders"."""
    from lemminflect import getAllLemmas

    return bool(word.lower) and word.lower in getAllLemmas(word.lower).get("VERB", ())


def lemmas(word: Word) -> frozenset[str]:
    """The lemmas that a word may have, itself among them."""
    from lemminflect import getAllLemmas

    return frozenset((word.lower, *(form for forms in getAllLemmas(word.lower).values() for form in forms)))
