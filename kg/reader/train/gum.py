"""Names of people, organizations and places from GUM's entity layer.

GUM marks every mention of a person, organization or place, named or not, with modifiers. A name is the part of a
mention around a proper noun that heads it. Source of the layer: Zeldes (2017), the GUM corpus.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kg.reader.corpora import Name, Sentence, Syntax

_LABELS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
_BRACKETS = re.compile(r"\([^()]*\)|\([^()]*|[^()]*\)")
_LINKS = frozenset({"of", "for", "and", "&", "de", "du", "del", "la"})
_TRIMMED_LEFT = frozenset({"DET", "PUNCT", "ADP", "CCONJ"})
_TRIMMED_RIGHT = frozenset({"PUNCT", "ADP", "CCONJ", "PART"})


def names_of(sentence: Sentence) -> list[Name]:
    """Names in one GUM sentence as spans of its text, the longest first where mentions nest; none overlap."""
    syntax = sentence.syntax
    assert syntax is not None
    children = defaultdict(list)
    for index, head in enumerate(syntax.heads):
        children[head - 1].append(index)
    found = []
    for start, end, kind in _mentions(syntax.misc):
        if kind in _LABELS and (core := _core(sentence, syntax, children, start, end, kind)):
            found.append((*core, _LABELS[kind]))
    taken: set[int] = set()
    names = []
    for start, end, label in sorted(found, key=lambda name: (name[0] - name[1], name[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            names.append((sentence.words[start][0], sentence.words[end - 1][1], label))
    return sorted(names)


def _mentions(misc: list[str]) -> list[tuple[int, int, str]]:
    """(first word, word after the last, entity type) of the mentions that begin and end in one sentence."""
    mentions, open_mentions = [], []
    for index, column in enumerate(misc):
        value = next((part[7:] for part in column.split("|") if part.startswith("Entity=")), "")
        for bracket in _BRACKETS.findall(value):
            if bracket.startswith("("):
                fields = bracket.strip("()").split("-")
                kind = fields[1] if len(fields) > 1 else ""
                if bracket.endswith(")"):
                    mentions.append((index, index + 1, kind))
                else:
                    open_mentions.append((index, fields[0], kind))
                continue
            for position in reversed(range(len(open_mentions))):
                if open_mentions[position][1] == bracket[:-1]:
                    start, _, kind = open_mentions.pop(position)
                    mentions.append((start, index + 1, kind))
                    break
    return mentions


def chained_mentions(sentence: Sentence, base: int, opened: list[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Mentions that end in the sentence: offsets, to which ``base`` is added, and the entity's number in its document.

    ``opened`` holds those still open (start, number), from sentence to sentence.
    """
    assert sentence.syntax is not None
    found = []
    for (start, end), column in zip(sentence.words, sentence.syntax.misc, strict=True):
        value = next((part[7:] for part in column.split("|") if part.startswith("Entity=")), "")
        for bracket in _BRACKETS.findall(value):
            number = bracket.strip("()").split("-")[0].split("[")[0]
            if bracket.startswith("("):
                opened.append((base + start, number))
            if bracket.endswith(")"):
                place = max((p for p, (_, other) in enumerate(opened) if other == number), default=None)
                if place is not None:
                    found.append((opened.pop(place)[0], base + end, number))
    return found


def _core(
    sentence: Sentence, syntax: Syntax, children: dict[int, list[int]], start: int, end: int, kind: str
) -> tuple[int, int] | None:
    """The words of a mention that make up its name; None when its head is no proper noun."""
    heads = [index for index in range(start, end) if not start <= syntax.heads[index] - 1 < end]
    if not heads or syntax.parts_of_speech[heads[0]] != "PROPN":
        return None
    head = heads[0]
    if kind == "person" and (syntax.tags[head] == "NNPS" or _is_indefinite(sentence, children[head])):
        return None  # "Americans", "a Research Fellow": a group or an office, not a name
    kept = {head}
    _collect(sentence, syntax, children, (start, end), kind, head, kept)
    first, last = head, head
    while first - 1 >= start and first - 1 in kept:
        first -= 1
    while last + 1 < end and last + 1 in kept:
        last += 1
    while first < head and (
        syntax.parts_of_speech[first] in _TRIMMED_LEFT
        or (kind == "person" and syntax.parts_of_speech[first] != "PROPN")
    ):
        first += 1
    while last > head and syntax.parts_of_speech[last] in _TRIMMED_RIGHT and sentence.forms[last] != ".":
        last -= 1
    return (first, last + 1) if any(c.isalpha() for form in sentence.forms[first : last + 1] for c in form) else None


def _collect(
    sentence: Sentence,
    syntax: Syntax,
    children: dict[int, list[int]],
    span: tuple[int, int],
    kind: str,
    word: int,
    kept: set[int],
) -> None:
    """Add to ``kept`` the words below ``word`` that belong to its name."""
    for child in children.get(word, []):
        if not span[0] <= child < span[1]:
            continue
        label, part, form = syntax.labels[child], syntax.parts_of_speech[child], sentence.forms[child]
        proper = part == "PROPN"
        if kind == "person" and label == "nmod:desc":
            continue  # a title
        if label.split(":")[0] in ("flat", "compound", "goeswith") or label == "nmod:desc":
            joins = proper or form[:1].isupper() or part in ("NUM", "PUNCT", "PART", "SYM")
        elif label in ("amod", "nummod", "nmod:poss"):
            joins = proper or (form[:1].isupper() and child != 0)
        elif label in ("nmod", "nmod:unmarked", "conj"):
            joins = proper and kind != "person" and _linked(sentence, syntax, children, child, label)
        else:
            joins = label in ("case", "cc", "det", "punct") and (len(kept) > 1 or form in ("-", "&", "'"))
        if joins:
            kept.add(child)
            _collect(sentence, syntax, children, span, kind, child, kept)


def _is_indefinite(sentence: Sentence, children: list[int]) -> bool:
    return any(sentence.forms[child].lower() in ("a", "an") for child in children)


def _linked(sentence: Sentence, syntax: Syntax, children: dict[int, list[int]], word: int, label: str) -> bool:
    links = [sentence.forms[c].lower() for c in children.get(word, []) if syntax.labels[c] in ("case", "cc")]
    return label == "nmod:unmarked" or (bool(links) and links[0] in _LINKS)
