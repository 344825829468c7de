"""Augmented sentences keep their annotation: a tree stays a tree, a name stays whole, a word keeps what it is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reader.corpora import NAME_LABELS
from kg.reader.train.augment import AUGMENTATIONS, augmented, without
from kg.reader.train.examples import ANY_NAME, BIO, UNKNOWN, Example

O_ONLY = 1 << BIO.index("O")
MAYBE_NORP = O_ONLY | 1 << BIO.index("B-NORP") | 1 << BIO.index("I-NORP")
WORDS = ["the", "The", "a", "An", ".", '"', "“", "--", "–", "-", "Ilhom", "mourns", "O", "l", "x"]
SENTENCE = 'The mayor of Ghent called the tram " slow " .'
RESULTS = {
    "lower": {'the mayor of ghent called the tram " slow " .'},
    "upper": {'THE MAYOR OF GHENT CALLED THE TRAM " SLOW " .'},
    "title": {'The Mayor of Ghent Called the Tram " Slow " .'},
    "headline": {
        'mayor of Ghent called tram " slow "',
        'Mayor of Ghent Called Tram " Slow "',
        'MAYOR OF GHENT CALLED TRAM " SLOW "',
    },
    "open_end": {'The mayor of Ghent called the tram " slow "'},
    "quotes": {SENTENCE, "The mayor of Ghent called the tram ' slow ' .", "The mayor of Ghent called the tram `` slow '' ."},
}  # fmt: skip


def label(name: str) -> int:
    return 1 << BIO.index(name)


def flat(words: str, heads: list[int] | None = None) -> Example:
    """Words that hang on the last but one, or on nothing known; their parts of speech number them; no names."""
    forms = words.split()
    count = len(forms)
    root = max(1, count - 1)
    heads = heads or [0 if n == root else root for n in range(1, count + 1)]
    numbers = list(range(count))
    return Example(forms, [1] + [0] * (count - 1), numbers, numbers, heads, numbers, [O_ONLY] * count, "g")


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """One sentence with a random tree or none, and with random names or none."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
    count = len(words)
    order = draw(st.permutations(range(count)))
    heads = [0] * count
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))] + 1
    if draw(st.booleans()):
        heads = [UNKNOWN] * count
    names: list[int] = []
    kind = ""
    while len(names) < count:
        kind = draw(st.sampled_from([f"I-{kind[2:]}", "", "B"] if kind else ["", "B"]))
        kind = f"B-{draw(st.sampled_from(NAME_LABELS))}" if kind == "B" else kind
        names.append(label(kind) if kind else draw(st.sampled_from([O_ONLY, MAYBE_NORP])))
    if draw(st.booleans()):
        names = [ANY_NAME] * count
    numbers = list(range(count))
    return Example(words, [1] + [0] * (count - 1), numbers, numbers, heads, numbers, names)


def kinds(item: Example) -> list[str]:
    """The label of each word, "O" where several are allowed."""
    return [BIO[names.bit_length() - 1] if names.bit_count() == 1 else "O" for names in item.names]


@pytest.mark.parametrize("name", RESULTS)
def test_words_after_an_augmentation(name: str) -> None:
    item = flat(SENTENCE)
    found = {" ".join(augmented(item, {name: 1.0}, random.Random(seed)).words) for seed in range(40)}
    assert found == RESULTS[name]


def test_a_small_word_has_a_capital_only_at_the_start_of_a_title() -> None:
    item = augmented(flat("of mice and U.S. men"), {"title": 1.0}, random.Random(1))
    assert " ".join(item.words) == "Of Mice and U.S. Men"


def test_dashes_become_any_dash_and_hyphens_stay() -> None:
    item = flat("Ghent - Lille – Paris -- and — so")
    found = [augmented(item, {"dashes": 1.0}, random.Random(seed)).words for seed in range(60)]
    assert {words[3] for words in found} == {words[5] for words in found} == {"-", "--", "–", "—"}
    assert {words[1] for words in found} == {"-"}


def test_misread_words_differ_by_a_letter_that_looks_alike() -> None:
    item = flat("Ill turn modern chorus ox xx " * 30)
    words = augmented(item, {"misread": 1.0}, random.Random(5)).words
    changed = {(old, new) for old, new in zip(item.words, words, strict=True) if old != new}
    assert 2 < sum(old != new for old, new in zip(item.words, words, strict=True)) < 40
    readings = {("turn", "tum"), ("modern", "modem"), ("modern", "modcrn"), ("modern", "rnodern"), ("chorus", "cborus")}
    assert changed <= readings


def test_a_dateline_has_known_names_and_unknown_syntax() -> None:
    item = replace(flat("Ships left Ghent ."), names=[O_ONLY, O_ONLY, label("B-PLACE"), O_ONLY])
    seen = set()
    for seed in range(60):
        found = augmented(item, {"dateline": 1.0}, random.Random(seed))
        size = len(found.words) - 4
        front = found.words[:size]
        assert found.words[size:] == item.words and front[-1] in ("-", "--", "–", "—")
        assert found.starts == [1] + [0] * (size + 3)
        for column in (found.parts, found.tags, found.heads, found.labels):
            assert column[:size] == [UNKNOWN] * size
        assert found.heads[size:] == [head and head + size for head in item.heads]
        assert kinds(found)[size:] == ["O", "O", "B-PLACE", "O"]
        agency = front.index("(") + 1 if "(" in front else 0
        place = next(n for n, word in enumerate(front) if word in (",", "(", "-", "--", "–", "—"))
        expected = ["B-PLACE", *["I-PLACE"] * (place - 1), *["O"] * (size - place)]
        if agency:
            expected[agency] = "B-ORG"
        assert kinds(found)[:size] == expected
        assert all(names.bit_count() == 1 for names in found.names[:size])
        seen.add(("(" in front, "," in front, place > 1))
    assert len(seen) == 8


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (flat("the old tram", [3, 3, 0]), "old tram"),
        (flat("the old tram", [0, UNKNOWN, UNKNOWN]), "the old tram"),
        (flat("the old tram", [3, 1, 0]), "the old tram"),
        (replace(flat("the old tram"), names=[label("B-ORG"), label("I-ORG"), O_ONLY]), "the old tram"),
        (replace(flat("the old tram"), names=[label("B-NORP"), label("I-NORP"), O_ONLY]), "the old tram"),
        (replace(flat("the old tram"), names=[MAYBE_NORP] * 3), "old tram"),
        (replace(flat("the old tram"), heads=[UNKNOWN] * 3), "old tram"),
        (replace(flat("the"), heads=[UNKNOWN]), "the"),
    ],
    ids=("leaf", "root", "with a dependent", "name", "people", "may be a people", "no tree", "the only word"),
)  # fmt: skip
def test_only_leaves_outside_names_are_left_out(item: Example, words: str) -> None:
    assert " ".join(without(item, {0}).words) == words


def test_what_stays_keeps_its_head_and_starts_the_sentence() -> None:
    item = without(flat("the old tram of the town .", [3, 3, 0, 6, 6, 3, 3]), {0, 4, 6})
    assert item.words == ["old", "tram", "of", "town"]
    assert (item.heads, item.starts, item.parts, item.group) == ([2, 0, 4, 2], [1, 0, 0, 0], [1, 2, 3, 5], "g")


@given(examples(), st.lists(st.sampled_from(sorted(AUGMENTATIONS)), max_size=9, unique=True), st.integers(0, 999))
def test_after_any_augmentations_the_annotation_is_still_true(item: Example, names: list[str], seed: int) -> None:
    found = augmented(item, dict.fromkeys(names, 1.0), random.Random(seed))
    columns = (found.starts, found.parts, found.tags, found.heads, found.labels, found.names)
    assert {len(column) for column in columns} == {len(found.words)} and all(found.words)
    assert found.starts == [1] + [0] * (len(found.words) - 1)
    own = [n for n, part in enumerate(found.parts) if part != UNKNOWN]
    kept = [found.parts[n] for n in own]
    assert kept == sorted(set(kept))
    for n, old in zip(own, kept, strict=True):
        assert found.tags[n] == found.labels[n] == old
        assert found.names[n] == item.names[old]
        head = found.heads[n]
        assert item.heads[old] == (found.parts[head - 1] + 1 if head > 0 else head)
    for old in set(range(len(item.words))) - set(kept):
        assert item.names[old] & O_ONLY
    known = {n for n, head in enumerate(found.heads, 1) if head != UNKNOWN}
    reached = {0}
    for _ in known:
        reached |= {n for n in known if found.heads[n - 1] in reached}
    assert reached == known | {0}
    assert found.heads.count(0) == (item.heads[0] != UNKNOWN)
    for before, kind in zip(["O", *kinds(found)], kinds(found), strict=False):
        assert not kind.startswith("I-") or before in (f"B-{kind[2:]}", kind)


@given(examples(), st.integers(0, 999))
def test_a_rate_of_nothing_changes_nothing(item: Example, seed: int) -> None:
    assert augmented(item, dict.fromkeys(AUGMENTATIONS, 0.0), random.Random(seed)) == item


def test_a_rate_is_the_share_of_sentences_that_are_changed() -> None:
    chance = random.Random(1)
    changed = sum(augmented(flat("Go"), {"upper": 0.3}, chance).words == ["GO"] for _ in range(1000))
    assert 250 < changed < 350


def test_an_unknown_augmentation_is_an_error() -> None:
    with pytest.raises(KeyError, match="sideways"):
        augmented(flat("Go"), {"sideways": 1.0}, random.Random(1))
