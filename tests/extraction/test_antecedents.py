"""How probable each phrase before a pronoun is as what it refers to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.extraction.antecedents import PRONOUNS, Rivals, nothing, probabilities

WRITTEN = Path(__file__).parents[2] / "data" / "pairs" / "arms.txt"


def best_phrase(extractor: Extractor, text: str) -> str:
    """The head of the most probable phrase for the last pronoun of the text; empty for none of them."""
    doc = extractor.nlp(text)
    names = extractor.names(doc)
    named = {index for name in names for index in range(name.start, name.end)}
    rivals = Rivals(doc)
    best = ""
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            for name in names:
                if name.end - 1 == token.i:
                    rivals.see_name(name, number)
            if token.pos_ == "NOUN" and token.i not in named:
                rivals.see_noun(token, number)
            if token.lower_ in PRONOUNS:
                rows = rivals.before(token, number)
                chances = probabilities(PRONOUNS[token.lower_], [*(row for _, row in rows), nothing(token)])
                top = max(range(len(chances)), key=lambda place: chances[place])
                best = rows[top][0].root.text if top < len(rows) else ""
    return best


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya signed the deal, and the shipyard finished its first boat.", "shipyard"),
        pytest.param(
            "Ghana opened a bridge in May. Engineers say that it will last a century.",
            "bridge",
            marks=pytest.mark.xfail(strict=True, reason="nothing knows that bridges last"),
        ),
        ("Poland closed its border.", "Poland"),
        ("Rosa Klein praised Viktor Orban, and she smiled.", "Rosa"),
        ("In Chile it rained.", ""),
    ],
)
def test_common_nouns_and_nothing_at_all_compete_with_names(extractor: Extractor, text: str, expected: str) -> None:
    assert best_phrase(extractor, text) == expected


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["rank", "apart", "noun", "none", "unheard of"]), st.floats(0, 5)), min_size=1
    )
)
def test_probabilities_sum_to_one(rows: list[dict[str, float]]) -> None:
    assert sum(probabilities("thing", rows)) == pytest.approx(1)


def test_training_learns_from_marked_pronouns(extractor: Extractor) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from kg.extraction.train.annotations import read_written
    from kg.extraction.train.coreference import fit, of_pairs, score

    choices = [choice for choice in of_pairs(extractor, list(read_written(WRITTEN))[:200]) if choice.kind == "thing"]
    assert len(choices) > 20
    learned, ignorant = score(choices, fit(choices), 0.5), score(choices, {}, 0.0)
    assert learned["P"] > ignorant["P"] + 20
    assert learned["R"] > 50
