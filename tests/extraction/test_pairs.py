"""The learned part sees every pair of mentions, scores each by itself, and is taught by annotations that can be read."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReaderError
from kg.extraction import Extractor
from kg.extraction.pairs import DISTANCES, KINDS, RELATIONS, Pairs, pairs_of
from kg.extraction.scorer import bundled_scorer
from kg.extraction.train.annotations import Annotated, Marked, Said, read_standoff, read_written, to_standoff
from kg.relations import load

PAIRS = Path(__file__).parents[2] / "data" / "pairs"
WRITTEN = sorted(PAIRS.glob("*.txt"))
LONG = "Chad, Libya, Niger, Mali, Benin, Togo, Ghana, Kenya, Sudan, Egypt, Oman, Iran, Iraq, Cuba, Peru, Chile, Laos and Nepal met."


def seen(extractor: Extractor, text: str) -> Pairs:
    found = extractor.find(text)
    (sentence,) = found.doc.sents
    pairs = pairs_of(sentence, found.references, {}, np.asarray(found.doc.tensor))
    assert pairs is not None
    return pairs


@pytest.mark.parametrize("text", ["Its neighbor Chad sold Libya tanks, Ana Ruiz of Oxfam said.", LONG])
def test_every_ordered_pair_of_different_entities_is_seen_with_its_words(text: str, extractor: Extractor) -> None:
    found, pairs = extractor.find(text), seen(extractor, text)
    references = found.references
    ends = {(int(s), int(o)) for s, o in zip(pairs.subjects, pairs.objects, strict=True)}
    numbers = range(len(references))
    assert ends == {(s, o) for s in numbers for o in numbers if references[s].entity != references[o].entity}
    assert np.allclose(pairs.spans.sum(axis=1), 1)
    assert pairs.kinds.max() < KINDS and pairs.distances.max() < DISTANCES
    heads = (pairs.spans > 0).argmax(axis=1)
    for row, (s, o) in enumerate(zip(pairs.subjects, pairs.objects, strict=True)):
        assert (pairs.from_subject[row] * (pairs.spans[s] > 0)).any(), "the path starts at the subject"
        assert (pairs.from_object[row] * (pairs.spans[o] > 0)).any(), "and ends at the object"
        assert (pairs.distances[row] >= DISTANCES // 2) == bool(heads[o] < heads[s])


def test_what_a_pair_scores_does_not_depend_on_the_other_pairs(extractor: Extractor) -> None:
    pairs, scorer = seen(extractor, LONG), bundled_scorer()
    assert len(pairs.subjects) > 256, "more than are scored at once"
    whole = scorer(pairs)
    by_pair = [field.name for field in fields(pairs) if len(getattr(pairs, field.name)) == len(pairs.subjects)]
    for row in (0, 100, len(pairs.subjects) - 1):
        alone = scorer(replace(pairs, **{name: getattr(pairs, name)[row : row + 1] for name in by_pair}))
        assert np.allclose(alone.relations[0], whole.relations[row], atol=1e-5)
        assert np.allclose(alone.triggers[0], whole.triggers[row], atol=1e-4)
    assert ((whole.relations >= 0) & (whole.relations <= 1)).all()


def test_the_scorer_knows_the_built_in_relations() -> None:
    assert set(RELATIONS) == set(load())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_written_annotations_are_between_mentions_of_the_right_types(path: Path) -> None:
    relations = load()
    for item in read_written(path):
        for mark in item.mentions:
            assert item.text[mark.start : mark.end].strip() == item.text[mark.start : mark.end] != ""
        for claim in item.claims:
            relation = relations[claim.relation]
            assert item.mentions[claim.subject].type in relation.subject, item.id
            assert item.mentions[claim.object].type in relation.object, item.id
            assert claim.trigger is not None, item.id


marks = st.builds(
    lambda start, length, kind, entity, named: Marked(start, start + length, kind, entity, named),
    st.integers(0, 300), st.integers(1, 40), st.sampled_from(["Country", "Person", "Organization"]),
    st.integers(0, 9), st.booleans(),
)  # fmt: skip
claims = st.builds(
    Said, st.integers(0, 9), st.sampled_from(RELATIONS), st.integers(0, 9),
    st.sampled_from(["asserted", "denied", "possible", "ended"]), st.none() | st.integers(0, 300),
)  # fmt: skip


@given(st.lists(marks, min_size=1, max_size=6), st.lists(claims, max_size=4))
def test_stand_off_annotations_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, mentions: list[Marked], said: list[Said]
) -> None:
    item = Annotated("gmb-1", "some text", tuple(mentions), tuple(said))
    path = tmp_path_factory.mktemp("pairs") / "a.tsv"
    path.write_text("\n".join(to_standoff([item])), "utf-8")
    assert list(read_standoff(path, {"gmb-1": "some text"})) == [item]


@pytest.mark.parametrize(
    "line",
    [
        "⟦0C:Chad and Libya.\t-", "⟦0C:Chad⟧ fights ⟦1C:Libya⟧.\t0 hugs 1 asserted fights", "no tab",
        "⟦0C:Chad⟧ fights ⟦1C:Libya⟧.\t0 foe-of 2 asserted fights", "⟦0C:Chad⟧ fights.\t0 foe-of",
    ],
)  # fmt: skip
def test_a_broken_annotation_is_an_error_that_names_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"⟦0C:Chad⟧ rests.\t-\n{line}\n", "utf-8")
    with pytest.raises(ReaderError, match=r"a\.txt:2: "):
        list(read_written(path))
