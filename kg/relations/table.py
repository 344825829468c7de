"""Read relation tables: the built-in ``relations.toml`` and a user's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import RelationError
from kg.model import ENTITY_TYPES, EntityType, Kind, Polarity, Time

_FIELDS = {
    "label", "property", "symmetric", "inverse", "subject", "object", "kind", "definition", "close_match",
    "lexicon", "examples", "counter_examples", "unless", "carriers",
}  # fmt: skip
_EXAMPLE_FIELDS = {"text", "kind", "subject", "object", "polarity", "time"}
_SHAPES: Mapping[str, type] = {
    "label": str, "property": str, "symmetric": bool, "inverse": str, "definition": str, "lexicon": dict, "examples": list,
    "close_match": list, "counter_examples": list, "unless": list, "carriers": list,
}  # fmt: skip
_MARK = re.compile(r"<([a-z][a-z_-]*(?:\.[a-z][a-z_-]*)?):([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Example:
    """An example sentence: ``text`` without its marks, and ``marks`` as (name, start, end) in it (code points).

    A slot may be narrowed to a lexicon class: ``<subject.organ:Foreign Ministry>`` stands for mentions whose head is in it.

    ``kind``, ``subject`` and ``object`` narrow what the relation says, where this wording needs it;
    ``polarity`` and ``time`` say what the wording itself implies ("left the alliance" is ended).
    """

    text: str
    marks: tuple[tuple[str, int, int], ...]
    kind: Kind | None = None
    subject: tuple[EntityType, ...] | None = None
    object: tuple[EntityType, ...] | None = None
    polarity: Polarity = "affirmed"
    time: Time = "current"

    @property
    def name(self) -> str:
        """What the example says between its slots, which names the rule: "sold weapons to"."""
        words, last = [], 0
        for name, start, end in self.marks:
            words.append(self.text[last:start])
            words.append(f" {slot_of(name)} " if slot_of(name) else self.text[start:end])
            last = end
        words.append(self.text[last:])
        return " ".join(re.findall(r"[\w'’]+", "".join(words)))


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; ``property`` is its local name in the ontology, ``lexicon`` maps a class to its lemmas.

    ``unless`` are lemmas that take the meaning away when they modify a matched word ("vice" president). ``carriers`` are lemmas that
    by themselves say that the relation holds: where one matched, only what bears on it bears on the claim (who "wants to
    reopen the border" has one).
    """

    id: str
    label: str
    property: str
    symmetric: bool
    inverse: str | None
    subject: tuple[EntityType, ...]
    object: tuple[EntityType, ...]
    kind: Kind
    definition: str
    close_match: tuple[str, ...]
    lexicon: Mapping[str, frozenset[str]]
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]
    unless: frozenset[str]
    carriers: frozenset[str] = frozenset()


def load(extra: Iterable[Path] = ()) -> dict[str, Relation]:
    """The built-in relations, then those of each file in ``extra``; a later one replaces one of the same name.

    Raises :class:`RelationError` for a file that cannot be read or an entry that is not well formed.
    """
    builtin = files("kg.relations").joinpath("relations.toml").read_text("utf-8")
    relations = parse(builtin, "relations.toml")
    for path in extra:
        try:
            text = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RelationError(f"{path}: cannot read the relation table: {error}") from error
        relations |= parse(text, str(path))
    return relations


def parse(text: str, where: str) -> dict[str, Relation]:
    """The relations of one TOML text; ``where`` names it in errors."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RelationError(f"{where}: not valid TOML: {error}") from error
    return {name: _relation(name, entry, f"{where}: [{name}]") for name, entry in table.items()}


def mark(text: str, where: str = "example") -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Split an example into its plain text and its marks.

    >>> mark("<subject:Israel> <sell:sold> jets to <object:Chad>.")[1]
    (('subject', 0, 6), ('sell', 7, 11), ('object', 20, 24))
    """
    plain, marks, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        marks.append((match[1], len(plain), len(plain) + len(match[2])))
        plain += match[2]
        last = match.end()
    plain += text[last:]
    if "<" in plain or ">" in plain:
        raise RelationError(f"{where}: unbalanced mark in {text!r}; write <name:words>")
    return plain, tuple(marks)


def slot_of(name: str) -> str | None:
    """The slot that a mark's name stands for, if it is one: "subject" of "subject" and of "subject.organ"."""
    slot = name.partition(".")[0]
    return slot if slot in ("subject", "object") else None


def class_of(name: str) -> str | None:
    """The lexicon class of a mark's name: "sell" of "sell", "organ" of "subject.organ", None of "subject"."""
    return (name.partition(".")[2] or None) if slot_of(name) else name


def _relation(name: str, entry: Any, where: str) -> Relation:
    if not isinstance(entry, dict):
        raise RelationError(f"{where}: expected a table")
    if unknown := sorted(set(entry) - _FIELDS):
        raise RelationError(f"{where}: unknown field {unknown[0]!r}; valid: {', '.join(sorted(_FIELDS))}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise RelationError(f"{where}: a relation's name is lower-case words joined by hyphens")
    _check_shapes(entry, where)
    lexicon = {key: frozenset(words) for key, words in entry.get("lexicon", {}).items()}
    words = name.split("-")
    return Relation(
        id=name,
        label=entry.get("label", name.replace("-", " ")),
        property=entry.get("property", words[0] + "".join(w.capitalize() for w in words[1:])),
        symmetric=bool(entry.get("symmetric", False)),
        inverse=entry.get("inverse"),
        subject=_types(entry.get("subject", list(ENTITY_TYPES)), where),
        object=_types(entry.get("object", list(ENTITY_TYPES)), where),
        kind=_kind(entry.get("kind", "state"), where),
        definition=entry.get("definition", ""),
        close_match=tuple(entry.get("close_match", ())),
        lexicon=lexicon,
        examples=tuple(_example(item, lexicon, where) for item in entry.get("examples", ())),
        counter_examples=tuple(entry.get("counter_examples", ())),
        unless=frozenset(entry.get("unless", ())),
        carriers=frozenset(word for name in entry.get("carriers", ()) for word in _class(name, lexicon, where)),
    )


def _check_shapes(entry: Mapping[str, Any], where: str) -> None:
    for field, shape in _SHAPES.items():
        if not isinstance(entry.get(field, shape()), shape):
            raise RelationError(f"{where}: {field} is a {shape.__name__}, not {entry[field]!r}")
    texts = {field: entry.get(field, []) for field in ("close_match", "counter_examples", "unless", "carriers")}
    texts |= {f"lexicon.{name}": words for name, words in entry.get("lexicon", {}).items()}
    for field, words in texts.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise RelationError(f"{where}: {field} is a list of texts, not {words!r}")


def _example(item: Any, lexicon: Mapping[str, frozenset[str]], where: str) -> Example:
    fields = {"text": item} if isinstance(item, str) else item
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or set(fields) - _EXAMPLE_FIELDS:
        raise RelationError(f"{where}: an example is a sentence, or a table of {', '.join(sorted(_EXAMPLE_FIELDS))}")
    text, marks = mark(fields["text"], where)
    names = [name for name, _, _ in marks]
    if sorted(filter(None, map(slot_of, names))) != ["object", "subject"]:
        raise RelationError(f"{where}: an example has one <subject:…> and one <object:…>: {fields['text']!r}")
    if unknown := [words for name in names if (words := class_of(name)) and words not in lexicon]:
        raise RelationError(f"{where}: {unknown[0]!r} is no class of this relation's lexicon; valid: {sorted(lexicon)}")
    kind = _kind(fields["kind"], where) if "kind" in fields else None
    types = {slot: _types(fields[slot], where) for slot in ("subject", "object") if slot in fields}
    for field, valid in (("polarity", ("affirmed", "denied")), ("time", ("current", "ended"))):
        if fields.get(field, valid[0]) not in valid:
            raise RelationError(f"{where}: {field} is {valid[0]!r} or {valid[1]!r}, not {fields[field]!r}")
    polarity: Polarity = "denied" if fields.get("polarity") == "denied" else "affirmed"
    time: Time = "ended" if fields.get("time") == "ended" else "current"
    return Example(text, marks, kind, types.get("subject"), types.get("object"), polarity, time)


def _class(name: str, lexicon: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    if name not in lexicon:
        raise RelationError(f"{where}: {name!r} is no class of this relation's lexicon; valid: {sorted(lexicon)}")
    return lexicon[name]


def _types(value: Any, where: str) -> tuple[EntityType, ...]:
    if not isinstance(value, list) or not value or any(item not in ENTITY_TYPES for item in value):
        raise RelationError(f"{where}: types are a list of {', '.join(ENTITY_TYPES)}, not {value!r}")
    return tuple(value)


def _kind(value: Any, where: str) -> Kind:
    if value == "event":
        return "event"
    if value == "state":
        return "state"
    raise RelationError(f"{where}: kind is 'event' or 'state', not {value!r}")
