"""The bundled reader sets every attribute, on any text, and reads a paragraph the same whatever stands around it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.model import Document
from kg.reader import load
from kg.sources import read_sources

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

NEWS = Path(__file__).parents[2] / "data" / "news"
PARTS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split())
NAMES = {"PERSON", "ORG", "PLACE", "NORP"}
TEXTS = {
    "a sentence": "Israel sold drones to Azerbaijan.",
    "two paragraphs": "Israel sold drones.\n\nTurkey, its rival, bought them in 2016.",
    "white space everywhere": "  Israel \t sold\n\n\n  drones .  \n",
    "one word": "Baku",
    "one mark": ".",
    "one space": " ",
    "only newlines": "\n\n\n",
    "a newline first": "\n\nBaku denied it.",
    "emoji": "Israel 🇮🇱 sold 👩‍👩‍👧 drones 🚀🚀.",
    "other scripts": "北京 and Москва are القاهرة.",
    "combining characters": "Z̷̢a̸l̶go e\u0301t\u00e9",
    "unknown characters": "\ue000\uffff \x7f word",
    "a long sentence": ", ".join(["Iran supplied rockets to the militia"] * 333) + ".",
    "a long word": "un" * 2000 + " word",
    "sixty names": " and ".join(["Chad", "Mali", "Niger"] * 20),
}


def decisions(span: Span | Doc) -> list[tuple[object, ...]]:
    """What was decided for each token, positions relative to the span."""
    start = span[0].i if len(span) else 0
    return [
        (t.text, t.pos_, t.tag_, t.lemma_, t.dep_, t.head.i - start, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in span
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_every_attribute_of_every_token_is_set(nlp: Language, name: str) -> None:
    doc = nlp(TEXTS[name])
    assert doc.text == TEXTS[name]
    for annotation in ("TAG", "POS", "DEP", "LEMMA", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotation)
    for token in doc:
        assert token.pos_ in PARTS and token.tag_ and token.dep_ and token.lemma_
        assert token.ent_iob_ in ("B", "I", "O") and (token.ent_type_ in NAMES) == (token.ent_iob_ != "O")
        assert token.head.sent == token.sent


@pytest.mark.parametrize("name", TEXTS)
def test_every_sentence_is_one_tree(nlp: Language, name: str) -> None:
    doc = nlp(TEXTS[name])
    assert [token.i for sentence in doc.sents for token in sentence] == list(range(len(doc)))
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1 and {token.i for token in roots[0].subtree} == {token.i for token in sentence}
        words = [token for token in sentence if not token.is_space]
        assert [token.dep_ for token in words].count("ROOT") == bool(words)


def test_an_empty_text_is_an_empty_document(nlp: Language) -> None:
    doc = nlp("")
    assert len(doc) == 0 and list(doc.sents) == [] and doc.ents == ()


def test_white_space_is_tagged_as_such_and_never_part_of_a_name_alone(nlp: Language) -> None:
    doc = nlp(TEXTS["white space everywhere"])
    spaces = [token for token in doc if token.is_space]
    assert spaces and all(token.pos_ == "SPACE" and token.tag_ == "_SP" and token.dep_ == "dep" for token in spaces)
    assert all(not name[0].is_space and not name[-1].is_space for name in doc.ents)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Israel sold drones to Azerbaijan.",
            {"Israel": "nsubj", "sold": "ROOT", "drones": "obj", "Azerbaijan": "obl"},
        ),
        ("Drones were sold by Israel.", {"Drones": "nsubj:pass", "were": "aux:pass", "Israel": "obl:agent"}),
        ("Iran is an ally of Syria.", {"Iran": "nsubj", "is": "cop", "ally": "ROOT", "Syria": "nmod"}),
        ("Israeli officials denied it.", {"Israeli": "amod", "officials": "nsubj", "it": "obj"}),
        ("Iran and Iraq are enemies.", {"Iran": "nsubj", "Iraq": "conj", "enemies": "ROOT"}),
        ("Russia did not sell jets.", {"not": "advmod", "did": "aux", "jets": "obj"}),
        ("Syria's army fought.", {"Syria": "nmod:poss", "army": "nsubj", "fought": "ROOT"}),
        ("Iran, which borders Iraq, agreed.", {"which": "nsubj", "borders": "acl:relcl", "Iraq": "obj"}),
    ],
)
def test_plain_sentences_are_parsed_as_the_treebank_says(nlp: Language, text: str, facts: dict[str, str]) -> None:
    assert {token.text: token.dep_ for token in nlp(text) if token.text in facts} == facts


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the U.S.-Mexico border", "the U.S. - Mexico border"), ("a U.S.-led force", "a U.S. - led force"),
        ("U.S.–Iran ties", "U.S. – Iran ties"), ("the Iran-Iraq war", "the Iran - Iraq war"), ("Mr. J.R. Lee", "Mr. J.R. Lee"),
    ],
)  # fmt: skip
def test_names_around_a_hyphen_are_tokens_of_their_own(nlp: Language, text: str, tokens: str) -> None:
    assert " ".join(token.text for token in nlp.make_doc(text)) == tokens


def test_names_are_found_with_their_kind(nlp: Language) -> None:
    doc = nlp("Angela Merkel met officials of Amnesty International in Berlin.")
    assert {(name.text, name.label_) for name in doc.ents} == {
        ("Angela Merkel", "PERSON"), ("Amnesty International", "ORG"), ("Berlin", "PLACE")
    }  # fmt: skip


@pytest.fixture(scope="module")
def news() -> list[str]:
    """The texts of the articles that come with the project."""
    return [item.text for item in read_sources([NEWS]) if isinstance(item, Document)]


@pytest.fixture(scope="module")
def read(nlp: Language, news: list[str]) -> list[list[tuple[object, ...]]]:
    """The decisions for each article, as the bundled reader makes them by default."""
    return [decisions(nlp(text)) for text in news]


def test_no_decision_depends_on_the_number_of_threads(news: list[str], read: list[list[tuple[object, ...]]]) -> None:
    other = load(threads=3)
    assert [decisions(other(text)) for text in news] == read


def test_no_decision_depends_on_the_order_of_the_documents(
    nlp: Language, news: list[str], read: list[list[tuple[object, ...]]]
) -> None:
    assert [decisions(doc) for doc in nlp.pipe(reversed(news), batch_size=3)] == read[::-1]


def test_no_decision_depends_on_the_other_paragraphs(nlp: Language, news: list[str]) -> None:
    """The paragraphs of all articles, each read among a random choice of the others, word for word as alone."""
    paragraphs = list(dict.fromkeys(part.strip() for text in news for part in text.split("\n\n") if part.strip()))
    assert len(paragraphs) > 150
    mixed = {}
    shuffled = random.Random(7).sample(paragraphs, len(paragraphs))
    for first in range(0, len(shuffled), 40):
        part = shuffled[first : first + 40]
        doc, start = nlp("\n\n".join(part)), 0
        for text in part:
            span = doc.char_span(start, start + len(text))
            assert span is not None
            mixed[text] = decisions(span)
            start += len(text) + 2
    alone = {text: decisions(nlp(text)) for text in paragraphs}
    assert [text for text in paragraphs if mixed[text] != alone[text]] == []


def test_sentences_that_a_document_comes_with_are_kept(nlp: Language) -> None:
    words = "Iran sold jets . Iraq bought them . Syria did not".split()
    starts = [index in (0, 2, 4) for index in range(len(words))]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=starts))
    assert [span.start for span in doc.sents] == [0, 2, 4]
    assert all(token.head.sent == token.sent for token in doc)


def test_known_sentences_are_kept_where_a_paragraph_is_read_in_parts(nlp: Language) -> None:
    words = ["word"] * 400
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[index % 70 == 0 for index in range(400)]))
    assert [span.start for span in doc.sents] == list(range(0, 400, 70))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text and sum(len(sentence) for sentence in doc.sents) == len(doc)
