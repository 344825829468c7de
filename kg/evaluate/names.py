"""Names: where they stand and of what type they are, or in which forms the text has them.

Where the annotation has offsets, each name is a thing to find. ``strict`` wants the exact span and the type, as in CoNLL
2003; ``lenient`` wants one character in common and the type. Every name is paired once: exact spans first, then, in the
order of the text, those that overlap.

Our own annotations list the forms of an entity's names and no offsets, and a form may be a mere place elsewhere in the
text. Counting its occurrences would take some for mentions that are none, so what is scored is what is annotated: the
pairs of entity and form, once a document. ``lenient`` takes a form that holds the other ("the Kremlin", "Kremlin").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.evaluate.annotations import Annotated, GoldName
from kg.evaluate.counts import Verdict
from kg.extraction.titles import OF_STATE
from kg.model import EntityType, Extraction, Mention

STRICT, LENIENT = "names, strict", "names, lenient"
STRICT_FORMS, LENIENT_FORMS = "forms, strict", "forms, lenient"


def named(extraction: Extraction) -> list[Mention]:
    """The mentions by name: no pronouns, descriptions, or titles that only imply their country."""
    return [mention for mention in extraction.mentions if _by_name(mention)]


def scored_names(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType]) -> list[Mention]:
    """The mentions by name of the types that are scored, without those that the annotation leaves open."""
    names = annotated.names or ()
    return [
        mention
        for mention in named(extraction)
        if mention.type in types
        and not any(mention.type in name.kind.allows for name in names if overlap(name, mention))
    ]


def judge_names(extraction: Extraction, annotated: Annotated, types: frozenset[EntityType]) -> Iterator[Verdict]:
    """Verdicts on names with offsets, strict and lenient."""
    gold = [name for name in annotated.names or () if name.kind.type]
    found = scored_names(extraction, annotated, types)
    partner = _pair(gold, found)
    text = extraction.document.text
    for number, name in enumerate(gold):
        mention = found[partner[number]] if number in partner else None
        yield from _verdicts(name, mention, text, extraction.document.id)
    taken = set(partner.values())
    for number, mention in enumerate(found):
        if number not in taken:
            yield from _verdicts(None, mention, text, extraction.document.id)


def judge_forms(extraction: Extraction, annotated: Annotated) -> Iterator[Verdict]:
    """Verdicts on the forms of each entity's names, strict and lenient."""
    texts: dict[str, set[str]] = {}
    for mention in named(extraction):
        texts.setdefault(mention.entity, set()).add(_spaced(mention.text))
    types: dict[str, str] = {entity.id: entity.type for entity in extraction.entities}
    forms = {entity.id: {_spaced(form) for form in entity.forms} for entity in annotated.entities}
    types |= {entity.id: entity.kind.type for entity in annotated.entities if entity.kind.type}
    for entity in sorted(texts.keys() | forms.keys()):
        expected, found = forms.get(entity, set()), texts.get(entity, set())
        for form in sorted(expected | found):
            detail = {"document": extraction.document.id, "entity": entity, "form": form}
            for group, same, shown in ((STRICT_FORMS, str.__eq__, detail), (LENIENT_FORMS, _holds, None)):
                if form in expected:
                    right = any(same(form, other) for other in found)
                    yield Verdict(group, types[entity], None, right, detail=shown)
                if form in found:
                    right = any(same(form, other) for other in expected)
                    yield Verdict(group, None, types[entity], right, detail=shown)


def overlap(name: GoldName | Mention, other: GoldName | Mention) -> bool:
    """Whether the two share a character."""
    return name.start < other.end and other.start < name.end


def _by_name(mention: Mention) -> bool:
    implied = mention.type == "Country" and mention.text.casefold() in OF_STATE
    return mention.antecedent is None and not implied and any(letter.isupper() for letter in mention.text)


def _pair(gold: Sequence[GoldName], found: Sequence[Mention]) -> dict[int, int]:
    """The number of the mention that each name is paired with: the nearest in kind first."""
    near = [
        ((name.start, name.end) != (mention.start, mention.end), name.kind.type != mention.type, a, b)
        for a, name in enumerate(gold)
        for b, mention in _around(name, found)
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in sorted(near):
        if a not in partner and b not in taken:
            partner[a] = b
            taken.add(b)
    return partner


def _around(name: GoldName, found: Iterable[Mention]) -> Iterator[tuple[int, Mention]]:
    return ((number, mention) for number, mention in enumerate(found) if overlap(name, mention))


def _verdicts(name: GoldName | None, mention: Mention | None, text: str, document: str) -> Iterator[Verdict]:
    one = name or mention
    assert one is not None
    annotated, found = name.kind.type if name else None, mention.type if mention else None
    exact = name is not None and mention is not None and (name.start, name.end) == (mention.start, mention.end)
    detail: dict[str, Any] = {
        "document": document,
        "annotated": name and {"start": name.start, "end": name.end, "text": text[name.start : name.end]},
        "found": mention and {"start": mention.start, "end": mention.end, "text": mention.text},
        "sentence": _line(text, one.start, one.end),
    }
    right = annotated == found
    differs = "" if exact or not right else "other span"
    yield Verdict(STRICT, annotated, found, right and exact, differs, None if right and exact else detail)
    yield Verdict(LENIENT, annotated, found, right)


def _line(text: str, start: int, end: int, around: int = 80) -> str:
    """The text around a name."""
    return _spaced(text[max(0, start - around) : end + around])


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _holds(form: str, other: str) -> bool:
    """Whether one of the two is a run of words in the other."""
    return f" {form} " in f" {other} " or f" {other} " in f" {form} "
