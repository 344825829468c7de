"""Promises of decoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources.decode import NotText, decode

TEXT = "Société Générale said “no” – it sells nothing to Côte d’Ivoire."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
)
def test_the_same_text_comes_from_every_common_encoding(data: bytes) -> None:
    assert decode(data) == TEXT


def test_a_declared_charset_counts_where_the_bytes_are_not_utf8() -> None:
    russian = "Азербайджан открыл посольство в Израиле."
    assert decode(russian.encode("koi8-r"), "koi8-r") == russian
    assert decode(russian.encode("utf-8"), "koi8-r") == russian


@pytest.mark.parametrize("declared", ["no-such-charset", "hex", "rot13", "idna", ""])
def test_a_declared_charset_that_is_none_is_ignored(declared: str) -> None:
    assert decode(TEXT.encode("cp1252"), declared) == TEXT


def test_a_long_text_in_another_alphabet_is_guessed() -> None:
    russian = "Азербайджан открыл посольство в Израиле после долгих переговоров между странами. " * 20
    assert decode(russian.encode("cp1251")) == russian


def test_a_character_cut_off_at_the_end_is_dropped_alone() -> None:
    assert decode("Société é".encode()[:-1]) == "Société "


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 \n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 8, "NUL"),
        (b"\x01\x02\x03\x04 a\x05\x06", "control"),
    ],
)
def test_binary_data_is_refused_in_words(data: bytes, word: str) -> None:
    with pytest.raises(NotText, match=word):
        decode(data)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        text = decode(data)
    except NotText:
        return
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
@settings(max_examples=200, deadline=None)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    text = "a" + text
    assert decode(text.encode("utf-8")) == text
