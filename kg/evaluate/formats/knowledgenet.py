"""Facts of KnowledgeNet (Mesquita et al., 2019), one a line: ``{"text", "head": [start, end], "tail": …, "orig_label"}``.

A sentence has one line for each pair of mentions, and one whose label is ``NONE:`` and a property, without a pair, where it
was annotated for the property and has none. Facts of one sentence become one document, annotated for the properties that
its lines name. Left out are pairs with a pronoun, whose antecedent is mostly in another sentence that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.evaluate.annotations import Annotated, GoldEntity, GoldName, GoldPair, Kind
from kg.evaluate.formats.rows import broken, has_fields, read_rows
from kg.model import EntityType, Span

_PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself i me my we us our you your they them their themselves"
    " who whom whose which that where".split()
)
_ENDS: dict[str, tuple[EntityType | None, EntityType | None]] = {
    "EMPLOYEE_OR_MEMBER_OF": ("Person", "Organization"),
    "CEO": ("Person", "Organization"),
    "POLITICAL_AFFILIATION": ("Person", "Organization"),
    "NATIONALITY": ("Person", "Country"),
    "SUBSIDIARY_OF": ("Organization", "Organization"),
    "EDUCATED_AT": ("Person", "Organization"),
    "FOUNDED_BY": ("Organization", "Person"),
    "HEADQUARTERS": ("Organization", None),
    "PLACE_OF_RESIDENCE": ("Person", None),
    "PLACE_OF_BIRTH": ("Person", None),
    "SPOUSE": ("Person", "Person"),
    "CHILD_OF": ("Person", "Person"),
}
"""Types that a property gives its two ends."""


def recognizes(name: str, line: str) -> bool:
    """By the fields of a row."""
    return has_fields(line, "text", "head", "tail", "orig_label")


def read(text: str, where: str) -> Iterator[Annotated]:
    """One document a sentence, named after its first line."""
    sentences: dict[str, list[dict[str, Any]]] = {}
    for place, row in read_rows(text, where):
        with broken(place, "id, text, orig_label, head and tail"):
            spans = [span for span in (row["head"], row["tail"]) if span is not None]
            if any(not 0 <= start < end <= len(row["text"]) for start, end in spans):
                raise ValueError("a span is not in the text")
            sentences.setdefault(row["text"], []).append(row | {"id": str(row["id"])})
    for sentence, rows in sentences.items():
        yield _document(sentence, rows)


def _document(text: str, rows: Sequence[dict[str, Any]]) -> Annotated:
    types: dict[Span, EntityType | None] = {}
    pairs: list[GoldPair] = []
    for row in rows:
        if row["head"] is None or row["tail"] is None:
            continue
        ends = [(int(start), int(end)) for start, end in (row["head"], row["tail"])]
        if any(text[start:end].casefold() in _PRONOUNS for start, end in ends) or ends[0] == ends[1]:
            continue
        for span, type in zip(ends, _ENDS.get(row["orig_label"], (None, None)), strict=True):
            types[span] = types.get(span) or type
        pairs.append(GoldPair(_key(ends[0]), row["orig_label"], _key(ends[1])))
    spans = sorted(types)
    return Annotated(
        id=rows[0]["id"],
        text=text,
        entities=tuple(GoldEntity(_key(span), Kind(types[span]), text[span[0] : span[1]]) for span in spans),
        names=tuple(GoldName(*span, Kind(types[span]), _key(span)) for span in spans),
        complete=False,
        pairs=tuple(dict.fromkeys(pairs)),
        scheme="knowledgenet",
        asked=frozenset(row["orig_label"].removeprefix("NONE:") for row in rows),
    )


def _key(span: Span) -> str:
    return f"{span[0]}-{span[1]}"
