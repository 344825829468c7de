"""Where sentences start, and what is read together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.sentences import suggested_starts
from kg.reader.windows import LONGEST, windows

if TYPE_CHECKING:
    from spacy.language import Language

# Each text with "|" where a sentence should start; the bar is taken out before the text is split.
TEXTS = {
    "plain": "Israel sold drones. |Turkey bought them.",
    "question and exclamation": "Who sold them? |Nobody knows! |The deal is secret.",
    "title": "Mr. Erdogan met Dr. Klein. |Gen. Haftar stayed away.",
    "title before a full name": "The envoy saw Prime Minister Lt. Gen. Abdel Fattah al-Burhan. |He left.",
    "country abbreviation inside": "The U.S. envoy went to Baku. |The U.N. Security Council met.",
    "country abbreviation at the end": "Weapons came from the U.S. |The deal was signed in May.",
    "country abbreviation before a name": "He praised the U.S. Congress for its vote.",
    "initials": "J. R. Tolkien wrote it. |George W. Bush read it.",
    "middle initial": "Samuel P. Huntington wrote the book.",
    "months and numbers": "On Sept. 11 it began. |By Oct. 7 it was over.",
    "decimal numbers": "Spending rose by 2.5 percent. |It was $3.1 billion.",
    "number abbreviation": "Resolution No. 242 was adopted.",
    "an answer is no abbreviation": "No. |Turkey refused.",
    "title at the end": "It was signed by John Smith Sr. |He left.",
    "military ranks": "He sent Maj. Avi Cohen, Col. Ali Reza and Sgt. Lee. |They left.",
    "latin abbreviations": "Some states, e.g. Chad and Mali, e.g. Niger, agreed.",
    "company": "Lockheed Martin Corp. sold the jets. |Boeing Co. did not.",
    "ellipsis inside": "He paused … and went on.",
    "ellipsis of dots inside": "He paused ... and went on.",
    "ellipsis at the end": "He paused... |Then he went on.",
    "quote that ends a sentence": '"They are allies." |The minister left.',
    "curly quote that ends a sentence": "“They are allies.” |The minister left.",
    "question in a quote": '"Are they allies?" he asked.',
    "curly question in a quote": "“Are they allies?” the minister asked. |Nobody answered.",
    "exclamation in a quote": '"Never!" she said.',
    "quote of two sentences": "“They are friends. |They buy our arms,” he said.",
    "parenthesis": "The army (it is small) withdrew. |(The navy stayed.) |Then it rained.",
    "heading": "Arms for Baku\n\n|Israel sold drones.",
    "heading on one line": "Arms for Baku\n|Israel sold drones to Azerbaijan, an official of the defense ministry said on Monday.",
    "hard-wrapped lines": "Israel has been selling weapons to Azerbaijan for years, and the\ntwo countries are close. |It is no secret.",
    "hard-wrapped before a name": "The agreement was signed in the presence of the ambassadors of both sides and\nIsrael hailed it.",
    "paragraphs": "Israel sold drones.\n\n|Turkey bought tanks.",
    "list": "The signatories:\n|- Iran\n|- Syria",
    "dateline": "BAKU, Oct. 3 (Agency) – The minister left. |He returned.",
    "dateline with a state": "WASHINGTON, D.C. — The minister left.",
    "bullet point after final punctuation": "It ended.\n|• The envoy left.",
    "no space after the period": "The U.S.-led force left.",
    "quote that opens a paragraph": 'They met.\n\n|"We won," he said. |"They lost."',
    "quotation marks of two sentences": 'She said, "They are gone." |"Nobody saw them," he replied.',
    "quote inside brackets": "He left (“forever”). |(“Really?”) |They stayed.",
    "versus": "The trial of Smith v. Jones began.",
    "ordinal in a name": "Pope John Paul II. |King Charles III. |They met.",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_sentence_starts_where_a_reader_sees_one_start(nlp: Language, name: str) -> None:
    parts = TEXTS[name].split("|")
    assert [span.text.strip() for span in nlp("".join(parts)).sents] == [part.strip() for part in parts]


@settings(max_examples=60, deadline=None)
@given(st.text("aB .?!\n\"'”“().-…1", max_size=60))
def test_windows_hold_every_word_once_in_order(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    assert [i for window in windows(list(doc), suggested_starts(doc)) for i in window] == [
        token.i for token in doc if not token.is_space
    ]


def read_together(nlp: Language, text: str) -> list[str]:
    doc = nlp.make_doc(text)
    return [doc[window[0] : window[-1] + 1].text for window in windows(list(doc), suggested_starts(doc))]


LAYOUTS = {
    "paragraphs": "One sold it. Two bought it.\n\n|Three did not.",
    "heading": "Arms for Baku\n|Israel sold drones to Azerbaijan, an official of the defense ministry said.",
    "hard-wrapped": "Israel has been selling weapons to Azerbaijan for years, and the\ntwo countries are close.",
    "lines that end in final punctuation": "It ended.\n|Then it began.",
    "a quotation mark that opens a paragraph": 'It ended.\n\n|"Never!" she said.',
    "white space in between": "  One.  \n \n |Two.\n",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_decides_what_is_read_together(nlp: Language, name: str) -> None:
    parts = LAYOUTS[name].split("|")
    assert read_together(nlp, "".join(parts)) == [part.strip() for part in parts]


def test_a_long_paragraph_is_cut_where_a_sentence_ends(nlp: Language) -> None:
    parts = read_together(
        nlp, "Mr. Lee of the U.S. Army said on the radio that the army withdrew from the hills. " * 40
    )
    assert len(parts) > 5 and all(part.endswith("from the hills.") for part in parts)


def test_a_sentence_that_is_too_long_is_cut_at_a_comma(nlp: Language) -> None:
    parts = read_together(nlp, ", ".join(["the army withdrew from the hills"] * 60))
    assert len(parts) > 1 and all(part.endswith(",") for part in parts[:-1])


def test_a_long_sentence_without_commas_is_cut_all_the_same(nlp: Language) -> None:
    doc = nlp.make_doc("word " * 1000)
    assert all(len(window) <= LONGEST for window in windows(list(doc), suggested_starts(doc)))
