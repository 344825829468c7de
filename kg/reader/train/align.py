"""Annotation carried from a corpus's words over to the tokens that the reader will see at run time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.reader.corpora import Sentence, Span, Syntax

INNER = "compound"
PUNCTUATION = "punct"


def retokenized(sentence: Sentence, tokens: Sequence[Span]) -> Sentence:
    """``sentence`` with ``tokens`` (sorted, disjoint spans of its text) as its words.

    A token that covers several words takes the annotation of the one whose head lies outside the token. Where a word
    covers several tokens, its last token that has a letter or digit takes its annotation, and the others hang on
    that one, as ``punct`` or ``compound``. Names are spans of the text and need no change. Where words and tokens
    cross so that no tree results, or one has no counterpart, the sentence comes back as it was.
    """
    if list(tokens) == sentence.words or sentence.syntax is None:
        return replace(sentence, words=list(tokens))
    covered = [_overlapping(sentence.words, token) for token in tokens]
    if not all(covered) or len(set().union(*covered)) < len(sentence.words):
        return sentence
    syntax = sentence.syntax
    owners = [_top(indices, syntax.heads) for indices in covered]
    carriers: dict[int, int] = {}
    for position, owner in enumerate(owners):
        if owner not in carriers or _wordlike(sentence.text, tokens[position]):
            carriers[owner] = position
    carrier_of_word = {word: carriers[owners[p]] for p, indices in enumerate(covered) for word in indices}
    carrier_of_word.update(carriers)
    rows = [
        _row(sentence, tokens, position, owner, carriers[owner], carrier_of_word)
        for position, owner in enumerate(owners)
    ]
    parts, tags, lemmas, heads, labels, misc = (list(column) for column in zip(*rows, strict=True))
    if not _is_tree(heads):
        return sentence
    return replace(sentence, words=list(tokens), syntax=Syntax(parts, tags, lemmas, heads, labels, misc))


def _row(
    sentence: Sentence,
    tokens: Sequence[Span],
    position: int,
    owner: int,
    carrier: int,
    carrier_of_word: dict[int, int],
) -> tuple[str, str, str, int, str, str]:
    """Part of speech, tag, lemma, head, label and misc of one token."""
    syntax = sentence.syntax
    assert syntax is not None
    form = sentence.text[slice(*tokens[position])]
    if position != carrier:
        if any(c.isalnum() for c in form):
            return syntax.parts_of_speech[owner], syntax.tags[owner], form, carrier + 1, INNER, "_"
        return "PUNCT", "HYPH" if form == "-" else ":", form, carrier + 1, PUNCTUATION, "_"
    head = syntax.heads[owner]
    target = carrier_of_word[head - 1] + 1 if head else 0
    return (
        syntax.parts_of_speech[owner],
        syntax.tags[owner],
        syntax.lemmas[owner],
        target,
        syntax.labels[owner],
        syntax.misc[owner],
    )


def _overlapping(words: Sequence[Span], token: Span) -> list[int]:
    return [index for index, (start, end) in enumerate(words) if start < token[1] and token[0] < end]


def _top(indices: Sequence[int], heads: Sequence[int]) -> int:
    """The word among ``indices`` whose head is not among them; the last one if there are several."""
    return [index for index in indices if heads[index] - 1 not in indices][-1]


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (counted from 1) have one root, and every word leads to it."""
    for word in range(1, len(heads) + 1):
        seen = set()
        while word and word not in seen:
            seen.add(word)
            word = heads[word - 1]
        if word:
            return False
    return list(heads).count(0) == 1


def _wordlike(text: str, span: Span) -> bool:
    return any(c.isalnum() for c in text[slice(*span)])
