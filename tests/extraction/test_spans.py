"""Names that the reader cut, split or missed come out whole, whatever it got wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.repeats import repeated
from kg.extraction.spans import reader_spans
from kg.model import Extraction


def read(nlp: Language, text: str, **found: str) -> Doc:
    """The text as the reader parses it, with the given words (separated by "; ") as the names that it found, by label."""
    doc = nlp(text)
    names = [(words, label) for label, several in found.items() for words in several.split("; ")]
    spans = [doc.char_span(text.index(words), text.index(words) + len(words), label) for words, label in names]
    assert all(spans)
    doc.set_ents([span for span in spans if span is not None])
    return doc


ORGANIZATIONS = [
    (
        "It paid the Movement for the Liberation of Angola (MLA) in March.",
        "Movement; Liberation of Angola",
        "Movement for the Liberation of Angola",
    ),
    (
        "The Peruvian Front for the Rights of Fishermen (FPRF) met.",
        "Front; Fishermen",
        "Peruvian Front for the Rights of Fishermen",
    ),
    (
        "The Workers' Front (WF) paid the Relief Board of Lima (RBL).",
        "Relief Board",
        "Relief Board of Lima",
    ),
    (
        "Lawyers for Acme Holdings of New Jersey (NYSE) met.",
        "Acme Holdings",
        "Acme Holdings",
    ),
    ("She joined the Harbour Institute (see page 4).", "Harbour Institute", "Harbour Institute"),
]


@pytest.mark.parametrize(("text", "found", "whole"), ORGANIZATIONS)
def test_the_long_form_of_a_bracketed_acronym_is_one_name(nlp: Language, text: str, found: str, whole: str) -> None:
    assert [span.text for span in reader_spans(read(nlp, text, ORG=found))] == [whole]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Reporters met Rosa Klein in Cairo.", "Rosa", "Rosa Klein"),
        ("Reporters met Abel Nkemba Osei in Accra.", "Abel Nkemba", "Abel Nkemba Osei"),
        ("Reporters met Abel Osei in Accra.", "Abel Osei", "Abel Osei"),
    ],
)
def test_a_person_has_the_whole_of_a_name_that_the_parse_holds_together(
    nlp: Language, text: str, found: str, whole: str
) -> None:
    assert [span.text for span in reader_spans(read(nlp, text, PERSON=found))] == [whole]


def test_a_bare_surname_is_found_where_the_full_name_stands_elsewhere(nlp: Language) -> None:
    doc = nlp("Anwar Sadat spoke first. They called Sadat a traitor. Workers in Sadat City struck.")
    found = [doc[index] for index in repeated(doc, [(0, 2)], {0, 1})]
    assert [token.sent.text for token in found] == ["They called Sadat a traitor."]


def test_a_first_name_that_was_read_as_an_organization_is_its_person(
    extraction_of: Callable[[str], Extraction],
) -> None:
    found = extraction_of(
        "President Isaias Afwerki of Eritrea spoke. The Front, which Isaias led, and the Union fought side by side."
    )
    assert any(mention.text == "Isaias" for mention in found.mentions)
    assert {mention.entity for mention in found.mentions if "Isaias" in mention.text} == {"person/isaias-afwerki"}
