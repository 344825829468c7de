"""Lemmas and Penn tags of single words."""

from __future__ import annotations

import pytest

from kg.reader.lemmas import lemmatize, penn_tag
from kg.reader.wordpieces import case_class

LEMMAS = [
    ("sold", "VERB", "sell"), ("buys", "VERB", "buy"), ("bought", "VERB", "buy"), ("arming", "VERB", "arm"),
    ("fought", "VERB", "fight"), ("borders", "VERB", "border"), ("led", "VERB", "lead"), ("severed", "VERB", "sever"),
    ("allies", "NOUN", "ally"), ("enemies", "NOUN", "enemy"), ("armies", "NOUN", "army"), ("missiles", "NOUN", "missile"),
    ("countries", "NOUN", "country"), ("men", "NOUN", "man"), ("people", "NOUN", "people"), ("sales", "NOUN", "sale"),
    ("Allies", "NOUN", "ally"), ("closer", "ADJ", "close"), ("worst", "ADJ", "bad"), ("shared", "ADJ", "shared"),
    ("Israeli", "ADJ", "israeli"), ("more", "ADJ", "more"), ("was", "AUX", "be"), ("'s", "AUX", "be"),
    ("has", "VERB", "have"), ("had", "AUX", "have"), ("'d", "VERB", "have"), ("did", "AUX", "do"), ("wo", "AUX", "will"),
    ("n't", "PART", "not"), ("n’t", "PART", "not"), ("them", "PRON", "they"), ("Syria", "PROPN", "Syria"),
    ("Allies", "PROPN", "Allies"), ("The", "DET", "the"), ("blorfed", "VERB", "blorf"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "part", "lemma"), LEMMAS)
def test_a_word_has_the_lemma_of_its_part_of_speech(word: str, part: str, lemma: str) -> None:
    assert lemmatize(word, part) == lemma


NONE, BE, HAVE, WILL = frozenset[str](), frozenset({"was"}), frozenset({"has"}), frozenset({"will"})
TAGS = [
    ("sold", "VERB", "sell", NONE, "VBD"), ("sold", "VERB", "sell", BE, "VBN"), ("sold", "VERB", "sell", HAVE, "VBN"),
    ("sell", "VERB", "sell", WILL, "VB"), ("sell", "VERB", "sell", NONE, "VBP"), ("sells", "VERB", "sell", NONE, "VBZ"),
    ("selling", "VERB", "sell", BE, "VBG"), ("allies", "NOUN", "ally", NONE, "NNS"), ("ally", "NOUN", "ally", NONE, "NN"),
    ("Syria", "PROPN", "Syria", NONE, "NNP"), ("may", "AUX", "may", NONE, "MD"), ("'ll", "AUX", "will", NONE, "MD"),
    ("is", "AUX", "be", NONE, "VBZ"), ("was", "AUX", "be", NONE, "VBD"), ("old", "ADJ", "old", NONE, "JJ"),
    ("three", "NUM", "three", NONE, "CD"), ("of", "ADP", "of", NONE, "IN"), ("and", "CCONJ", "and", NONE, "CC"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "part", "lemma", "auxiliaries", "tag"), TAGS)
def test_a_word_has_the_tag_of_its_form(
    word: str, part: str, lemma: str, auxiliaries: frozenset[str], tag: str
) -> None:
    assert penn_tag(word, part, lemma, auxiliaries) == tag


@pytest.mark.parametrize(
    ("word", "number"),
    [("news", 1), ("Baku", 2), ("A", 2), ("NATO", 3), ("U.S.", 3), ("al-Assad", 4), ("iPhone", 4), ("2022", 5),
     ("1,500", 5), ("--", 6), ("“", 6), ("北京", 4), ("ß", 1)],
)  # fmt: skip
def test_every_word_has_one_class_of_case(word: str, number: int) -> None:
    assert case_class(word) == number
