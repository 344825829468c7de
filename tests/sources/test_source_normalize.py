"""Promises of the normal form of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources.normalize import MAX_PUNCTUATION, MAX_WORD, normalize, one_line

ANY = st.text(st.characters(exclude_categories=()), max_size=400)
PIECES = st.lists(
    st.sampled_from(
        ["Israel", "a" * 60, "-", "-\n", "\n", "\n\n", " ", "\t", "\r\n", "\u00ad", "\u200b", "\u202e", "\x00",
         "\ud800", "e\u0301", "\u00a0", "(" * 150, "x" * 1200, ". ", "and", "The", "* ", "\u2028", "\x92", "\ufeff"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(ANY | PIECES)
@settings(max_examples=400, deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(ANY | PIECES)
@settings(max_examples=400, deadline=None)
def test_the_normal_form_holds_nothing_that_crashes_what_comes_after(text: str) -> None:
    normal = normalize(text)
    normal.encode("utf-8")
    assert unicodedata.is_normalized("NFC", normal)
    assert normal == normal.strip()
    assert "\n\n\n" not in normal
    assert "  " not in normal
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") or c == "\n" for c in normal)
    assert all(len(word) <= MAX_WORD for word in normal.split())


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,9}( [a-z]{2,9}){3,30}\.", fullmatch=True), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_clean_paragraphs_are_left_as_they_are(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Cafe\u0301", "Café"),
        ("Aser\u00adbaid\u200bschan", "Aserbaidschan"),
        ("a\u202egnp.exe\u202c b", "agnp.exe b"),
        ("one\u00a0two\tthree\u2009four", "one two three four"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n \n\t\n\n\ntwo", "one\n\ntwo"),
        ("\ufeffStart\x00\ud800 end ", "Start end"),
        ("one\u2029two", "one\n\ntwo"),
        ("It\x92s \x93here\x94", "It’s “here”"),
        ("ا\u200fلف", "الف"),
    ],
)
def test_characters_are_brought_to_one_form(raw: str, expected: str) -> None:
    assert normalize(raw) == expected


def test_long_runs_of_punctuation_are_capped_and_long_words_are_parted() -> None:
    assert normalize("Who?" + "(" * 20_000 + " Chad") == "Who?" + "(" * (MAX_PUNCTUATION - 1) + " Chad"
    assert [len(word) for word in normalize("x" * 2500).split()] == [1000, 1000, 500]
    assert normalize("'s" * 5000).replace(" ", "") == "'s" * 5000


WRAPPED = """\
The foreign minister said on Tuesday that the two governments had agreed
to reopen their embassies, which were closed in the spring after a row
over the sale of patrol boats. He gave no date.

The two countries share a border of some four hundred kilometers, most
of it desert."""


def test_hard_wrapped_paragraphs_become_one_line_each() -> None:
    first, second = normalize(WRAPPED).split("\n\n")
    assert "\n" not in first + second
    assert "had agreed to reopen" in first
    assert second.endswith("most of it desert.")


@pytest.mark.parametrize(
    "text",
    [
        "Ministers agree on border\nBy Ann Example\nThe ministers met on Monday and agreed on a border.",
        "Invest in us\nWe are here\nThank you",
        "The first paragraph of this article ends with a full stop here.\nThe second paragraph starts a new line.",
        "Points agreed on at the meeting of the two foreign ministers\n- an embassy\n- a treaty\n- a road",
    ],
)
def test_headings_lists_and_paragraphs_on_lines_of_their_own_stay_apart(text: str) -> None:
    assert normalize(text) == text


def test_a_word_parted_at_the_end_of_a_line_is_joined_only_as_the_text_has_it_elsewhere() -> None:
    line = "The government said in a long statement to the press that the govern-"
    assert "the government told" in normalize(f"{line}\nment told reporters.")
    line = "A statement was read out to the press in the capital by an Israeli-"
    assert "an Israeli-backed" in normalize(f"{line}\nbacked militia.")


def test_one_line_flattens_and_gives_none_for_nothing() -> None:
    assert one_line(" a\n\tb\u200b ") == "a b"
    assert one_line(" \u200b\n") is None
    assert one_line(None) is None
