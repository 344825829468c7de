"""The reader's names with their spans repaired: what it cut in two, ran together, or broke off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

GENERIC_OWNERS = frozenset(
    "people peoples women men children workers worker farmers veterans soldiers lloyd st".split()
)
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LINKING = frozenset("of the for and in on to de la le du des del der di da do y e et und & against".split())
_PEOPLE = frozenset({"PERSON", "PER"})


def reader_spans(doc: Doc) -> list[Span]:
    """The reader's names in the order of the text; none overlap."""
    parts = [_whole_person(part) for span in _joined(doc) for part in _split(span)]
    introduced = list(_introduced(doc, parts))
    held = {index for span in introduced for index in range(span.start, span.end)}
    kept = [span for span in parts if not held & set(range(span.start, span.end))]
    return sorted([*kept, *introduced], key=lambda span: span.start)


def _joined(doc: Doc) -> Iterator[Span]:
    """Organizations side by side ("Multinational", "Joint Task Force"), or on two sides of an apostrophe ("Eritrean People",
    "Liberation Front"), are one."""
    spans: list[Span] = []
    for span in doc.ents:
        last = spans[-1] if spans else None
        if last is not None and last.label_ == span.label_ == "ORG" and _touch(last, span):
            spans[-1] = _span(doc, last.start, span.end, span.label_)
        else:
            spans.append(span)
    yield from spans


def _touch(first: Span, second: Span) -> bool:
    owner = first.end == second.start - 1 and first.doc[first.end].text in POSSESSIVE
    return first.end == second.start or (owner and first[-1].lower_ in GENERIC_OWNERS)


def _split(entity: Span) -> Iterator[Span]:
    """ "Tel Aviv University's Institute" is two names; "People's Liberation Army" is one."""
    doc, start = entity.doc, entity.start
    for token in entity:
        if entity.label_ == "ORG" and token.text in POSSESSIVE and start < token.i < entity.end - 1:
            if doc[token.i - 1].lower_ not in GENERIC_OWNERS:
                yield _span(doc, start, token.i, entity.label_)
                start = token.i + 1
    yield _span(doc, start, entity.end, entity.label_)


def _whole_person(span: Span) -> Span:
    """With the rest of the name that the parse ties to it: "Menachem" of "Menachem Begin", "Lam" of "To Lam"."""
    if span.label_ not in _PEOPLE:
        return span
    doc, start, end = span.doc, span.start, span.end
    while end < len(doc) and _continues(doc[end], range(start, end)):
        end += 1
    while start > span.sent.start and _continues(doc[start - 1], range(start, end)):
        start -= 1
    return _span(doc, start, end, span.label_)


def _continues(token: Token, name: range) -> bool:
    flat = token.dep_ == "flat" and token.head.i in name
    above = token.i < name.start and token.doc[name.start].dep_ == "flat" and token.doc[name.start].head.i == token.i
    return (flat or above) and token.pos_ == "PROPN" and token.ent_type_ == "" and token.text[:1].isupper()


def _introduced(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """The long form before a bracketed acronym, where the reader found only parts of it: "People's Movement for the
    Liberation of Angola (MPLA)". Method: initials, read leftwards, after Schwartz and Hearst (2003).
    """
    parts = list(spans)
    for token in doc[1:-1]:
        if doc[token.i - 1].text != "(" or doc[token.i + 1].text != ")" or not _is_acronym(token.text):
            continue
        start = _long_form(doc, token.i - 1, token.text)
        inside = [span for span in parts if start is not None and span.start < token.i - 1 and start < span.end]
        if start is None or not any(span.label_ == "ORG" for span in inside):
            continue
        if all(start <= span.start for span in inside):
            yield _span(doc, start, token.i - 1, "ORG")


def _is_acronym(text: str) -> bool:
    return 2 < len(text) <= 10 and text.isalpha() and text.isupper()


def _long_form(doc: Doc, end: int, acronym: str) -> int | None:
    """Where the name that ends at ``end`` and has these initials begins; None if the words before do not have them.

    In any order: acronyms often keep that of another language.
    """
    left = Counter(acronym)
    for index in range(end - 1, max(-1, end - 2 * len(acronym) - 3), -1):
        token = doc[index]
        if token.text in POSSESSIVE or token.text == "-":
            continue
        if left[token.text[:1]]:
            left[token.text[:1]] -= 1
        elif token.lower_ not in _LINKING:
            return None
        if not left.total():
            return index
    return None


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    from spacy.tokens import Span as SpacySpan

    return SpacySpan(doc, start, end, label)
