"""Lemmas and case of single words."""

from __future__ import annotations

import pytest

from kg.reader.lemmas import lemmatize
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


@pytest.mark.parametrize(
    ("word", "number"),
    [("news", 1), ("Baku", 2), ("A", 2), ("NATO", 3), ("U.S.", 3), ("al-Assad", 4), ("iPhone", 4), ("2022", 5),
     ("1,500", 5), ("--", 6), ("“", 6), ("北京", 4), ("ß", 1)],
)  # fmt: skip
def test_every_word_has_one_class_of_case(word: str, number: int) -> None:
    assert case_class(word) == number
