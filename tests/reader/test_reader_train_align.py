"""Annotation moved to other tokens stays a tree, and says of each token what the corpus says of its words."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reader.corpora import Sentence, Span, Syntax
from kg.reader.train.align import retokenized


class Case(NamedTuple):
    """Words as "form/head/label" and tokens of one text; rows expected as "form/head/label/tag", none if unchanged."""

    text: str
    words: str
    tokens: str
    rows: str


CASES = {
    "identical": Case("Go home!", "Go/0/root home/1/advmod !/1/punct", "Go home !", "Go/0/root/T1 home/1/advmod/T2 !/1/punct/T3"),
    "a token covers words": Case(
        "So I cannot go", "So/5/advmod I/5/nsubj can/5/aux not/3/advmod go/0/root", "So I cannot go",
        "So/4/advmod/T1 I/4/nsubj/T2 cannot/4/aux/T3 go/0/root/T5",
    ),
    "a token covers the root": Case(
        "Gimme tea now", "Gim/0/root me/1/iobj tea/1/obj now/1/advmod", "Gimme tea now",
        "Gimme/0/root/T1 tea/1/obj/T3 now/1/advmod/T4",
    ),
    "a word is split at a hyphen": Case(
        "a well-built ferry", "a/3/det well-built/3/amod ferry/0/root", "a well - built ferry",
        "a/5/det/T1 well/4/compound/T2 -/4/punct/HYPH built/5/amod/T2 ferry/0/root/T3",
    ),
    "a root is split before punctuation": Case(
        "Ships leave...", "Ships/2/nsubj leave.../0/root", "Ships leave ...",
        "Ships/2/nsubj/T1 leave/0/root/T2 .../2/punct/:",
    ),
    "punctuation is split": Case("Go !?", "Go/0/root !?/1/punct", "Go ! ?", "Go/0/root/T1 !/1/punct/T2 ?/2/punct/:"),
    "dependents of a split word": Case(
        "re-open it", "re-open/0/root it/1/obj", "re - open it", "re/3/compound/T1 -/3/punct/HYPH open/0/root/T1 it/3/obj/T2"
    ),
    "crossing that leaves a tree": Case("abc", "ab/2/amod c/0/root", "a bc", "a/2/amod/T1 bc/0/root/T2"),
    "crossing without a tree": Case("abcd", "ab/0/root c/3/amod d/1/nmod", "abc d", ""),
    "a word without a token": Case("go now", "go/2/dep now/0/root", "go", ""),
    "a leaf without a token": Case("go now", "go/0/root now/1/dep", "go", ""),
}  # fmt: skip
TEXTS = st.text("ab-. ", min_size=1, max_size=12).filter(lambda text: text == text.strip() and text)


def spans_of(text: str, forms: list[str]) -> list[Span]:
    spans: list[Span] = []
    for form in forms:
        start = text.index(form, spans[-1][1] if spans else 0)
        spans.append((start, start + len(form)))
    return spans


def sentence_of(text: str, words: list[Span], heads: list[int], labels: list[str]) -> Sentence:
    numbers = [str(n) for n in range(1, len(words) + 1)]
    tags, misc = ["T" + n for n in numbers], ["M" + n for n in numbers]
    syntax = Syntax(["P" + n for n in numbers], tags, ["L" + n for n in numbers], heads, labels, misc)
    return Sentence("s", text, words, syntax=syntax)


def is_tree(heads: list[int]) -> bool:
    """Exactly one word hangs on the root, and every word reaches it."""
    reached = {0}
    for _ in heads:
        reached |= {word for word, head in enumerate(heads, 1) if head in reached}
    return heads.count(0) == 1 and len(reached) == len(heads) + 1


@st.composite
def segmentations(draw: st.DrawFn, text: str) -> list[Span]:
    """Any way to cut the text that leaves out nothing but spaces."""
    cuts = {n for n in range(1, len(text)) if " " in (text[n - 1], text[n]) or draw(st.booleans())}
    bounds = [0, *sorted(cuts), len(text)]
    return [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()]


@st.composite
def trees(draw: st.DrawFn, count: int) -> list[int]:
    order = draw(st.permutations(range(count)))
    heads = [0] * count
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))] + 1
    return heads


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    text = draw(TEXTS)
    words = draw(segmentations(text))
    heads = draw(trees(len(words)))
    return sentence_of(text, words, heads, ["dep" if head else "root" for head in heads])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_tokens_take_the_annotation_of_their_words(case: Case) -> None:
    rows = [word.split("/") for word in case.words.split()]
    words = spans_of(case.text, [form for form, _, _ in rows])
    sentence = sentence_of(case.text, words, [int(row[1]) for row in rows], [row[2] for row in rows])
    found = retokenized(sentence, spans_of(case.text, case.tokens.split()))
    if not case.rows:
        assert found == sentence
        return
    assert found.syntax is not None
    columns = zip(found.forms, found.syntax.heads, found.syntax.labels, found.syntax.tags, strict=True)
    assert " ".join("/".join(map(str, column)) for column in columns) == case.rows


def test_the_carrier_of_a_split_word_keeps_all_that_was_said_of_it() -> None:
    sentence = sentence_of("re-open it", [(0, 7), (8, 10)], [0, 1], ["root", "obj"])
    syntax = retokenized(sentence, [(0, 2), (2, 3), (3, 7), (8, 10)]).syntax
    assert syntax is not None
    assert syntax.parts_of_speech == ["P1", "PUNCT", "P1", "P2"]
    assert syntax.lemmas == ["re", "-", "L1", "L2"]
    assert syntax.misc == ["_", "_", "M1", "M2"]


def test_a_sentence_without_trees_just_takes_the_tokens() -> None:
    sentence = Sentence("s", "well-built", [(0, 10)], names=[(0, 4, "ORG")])
    found = retokenized(sentence, [(0, 4), (4, 5), (5, 10)])
    assert (found.forms, found.names, found.syntax) == (["well", "-", "built"], [(0, 4, "ORG")], None)


@given(st.data())
def test_the_result_is_a_tree_over_the_tokens_or_the_sentence_as_it_was(data: st.DataObject) -> None:
    sentence = data.draw(sentences())
    tokens = data.draw(segmentations(sentence.text))
    found = retokenized(sentence, tokens)
    assert found.syntax is not None and sentence.syntax is not None
    assert found == sentence or found.words == tokens
    assert is_tree(found.syntax.heads)
    columns = [getattr(found.syntax, name) for name in ("parts_of_speech", "tags", "lemmas", "labels", "misc")]
    assert {len(column) for column in columns} == {len(found.words)}
    kept = {word: tag for word, tag in zip(sentence.words, sentence.syntax.tags, strict=True) if word in tokens}
    assert {word: tag for word, tag in zip(found.words, found.syntax.tags, strict=True) if word in kept} == kept


@given(st.data())
def test_splitting_words_alone_always_succeeds(data: st.DataObject) -> None:
    sentence = data.draw(sentences())
    tokens = []
    for start, end in sentence.words:
        pieces = data.draw(segmentations(sentence.text[start:end]))
        tokens += [(start + a, start + b) for a, b in pieces]
    assert retokenized(sentence, tokens).words == tokens


@given(st.data())
def test_tokens_that_leave_out_text_leave_the_sentence_as_it_was(data: st.DataObject) -> None:
    sentence = data.draw(sentences())
    left_out = data.draw(st.sampled_from(sentence.words))
    tokens = [word for word in sentence.words if word != left_out]
    assert retokenized(sentence, tokens) == sentence
