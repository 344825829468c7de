"""Corpora are read as they are published: every word keeps its place in the text, and every format its annotation."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reader.corpora import Sentence, bio_spans, held_out, join, read, read_text

CONLLU = """
# newdoc id = ferry
# newpar
# sent_id = ferry-1
1    Ferries ferry   NOUN NNS 2 nsubj  _
2    stopped stop    VERB VBD 0 root   SpaceAfter=No
3    .       .       PUNCT .  2 punct  _

# sent_id = ferry-2
1-2  Don't   _       _    _   _ _      _
1    Do      do      AUX  VB  3 aux    _
2    n't     not     PART RB  3 advmod _
3    wait    wait    VERB VB  0 root   _
3.1  waiting wait    VERB VBG _ _      CopyOf=3
4    ;       ;       PUNCT :  3 punct  SpaceAfter=No

# newpar
# sent_id = ferry-3
1    Swim    swim    VERB VB  0 root   _

# newdoc id = tram
# sent_id = tram-1
1    Trams   tram    NOUN NNS 2 nsubj  Entity=(1-object)
2    run     run     VERB VBP 0 root   _
"""
IOB2 = """
# sent_id = a-1
# text = Ada Moor left Ghent , a port .
1\tAda\tB-PER\t-\t-
2\tMoor\tI-PER\t-\t-
3\tleft\tO\t-\t-
4\tGhent\tB-LOC\t-\t-
5\t,\tO\t-\t-
6\tMoby\tB-OTH\t-\t-
7\tDick\tI-OTH\t-\t-

# sent_id = a-2
1\tYes\tO\t-\t-
"""
TOKENS = {
    "two words with a surface of their own": ("can't", ("ca", "n't"), ["ca", "n't"]),
    "words longer than their token": ("its", ("it", "'s"), ["it", "s"]),
    "three words": ("gonnado", ("gon", "na", "do"), ["gon", "na", "do"]),
    "a letter for each word": ("d'ya", ("do", "you", "all"), ["d'", "y", "a"]),
    "more words than letters": ("a", ("at", "the"), ["a", "a"]),
}
TAGS = {
    "none": ("O O", []),
    "one": ("O B-PER I-PER O", [(1, 3, "PER")]),
    "adjacent": ("B-PER B-PER I-PER", [(0, 1, "PER"), (1, 3, "PER")]),
    "another kind goes on": ("B-PER I-LOC", [(0, 1, "PER"), (1, 2, "LOC")]),
    "no beginning": ("O I-ORG I-ORG", [(1, 3, "ORG")]),
    "a gap": ("B-ORG O I-ORG", [(0, 1, "ORG"), (2, 3, "ORG")]),
}


def tabbed(table: str) -> str:
    """CoNLL-U from rows of number, form, lemma, part of speech, tag, head, label and misc."""
    lines = []
    for line in table.strip().split("\n"):
        if line[:1].isdigit():
            number, form, lemma, part, tag, head, label, misc = line.split()
            line = "\t".join((number, form, lemma, part, tag, "_", head, label, "_", misc))
        lines.append(line)
    return "\n".join(lines) + "\n\n"


def written(path: Path, text: str) -> list[Sentence]:
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return list(read(path))


def test_conllu_gives_text_words_and_trees_without_empty_nodes(tmp_path: Path) -> None:
    first, second, third, fourth = written(tmp_path / "a.conllu", tabbed(CONLLU))
    assert [s.text for s in (first, second, third, fourth)] == ["Ferries stopped.", "Don't wait ;", "Swim", "Trams run"]
    assert second.forms == ["Do", "n't", "wait", ";"]
    assert [s.id for s in (first, fourth)] == ["ferry-1", "tram-1"]
    assert second.syntax is not None and fourth.syntax is not None
    assert second.syntax.parts_of_speech == ["AUX", "PART", "VERB", "PUNCT"]
    assert second.syntax.tags == ["VB", "RB", "VB", ":"]
    assert second.syntax.lemmas == ["do", "not", "wait", ";"]
    assert second.syntax.heads == [3, 3, 0, 3]
    assert second.syntax.labels == ["aux", "advmod", "root", "punct"]
    assert fourth.syntax.misc == ["Entity=(1-object)", "_"]
    assert first.names is None


def test_conllu_says_which_document_and_paragraph_a_sentence_is_in(tmp_path: Path) -> None:
    sentences = written(tmp_path / "a.conllu", tabbed(CONLLU))
    assert [s.document for s in sentences] == ["ferry", "ferry", "ferry", "tram"]
    assert [s.opens_paragraph for s in sentences] == [True, False, True, True]
    assert [s.space_after for s in sentences] == [True, False, True, True]


@pytest.mark.parametrize(("token", "words", "surfaces"), TOKENS.values(), ids=TOKENS.keys())
def test_every_word_of_a_multiword_token_has_characters(
    tmp_path: Path, token: str, words: tuple[str, ...], surfaces: list[str]
) -> None:
    count = len(words)
    rows = [f"1-{count} {token} _ _ _ _ _ SpaceAfter=No"]
    rows += [f"{n} {word} _ X X {n - 1} dep _" for n, word in enumerate(words, 1)]
    rows.append(f"{count + 1} ! ! PUNCT . 1 punct _")
    (sentence,) = written(tmp_path / "a.conllu", tabbed("\n".join(rows)))
    assert sentence.text == token + "!"
    assert sentence.forms == [*surfaces, "!"]


def test_iob2_gives_names_in_our_labels_and_keeps_other_kinds_apart(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a.iob2", IOB2)
    assert first.text == "Ada Moor left Ghent , Moby Dick" and first.id == "a-1"
    assert first.names == [(0, 8, "PERSON"), (14, 19, "PLACE")]
    assert first.other == [(22, 31)]
    assert (second.id, second.text, second.names, second.syntax) == ("a-2", "Yes", [], None)


def test_jsonl_gives_names_by_offset_and_words_by_space(tmp_path: Path) -> None:
    kinds = {"PERSON": (0, 3), "COUNTRY": (7, 11), "GPE": (13, 18), "NORP": (20, 25), "ORG": (27, 29), "FOOD": (30, 33)}
    entities = [{"start": a, "end": b, "type": kind} for kind, (a, b) in reversed(kinds.items())]
    row = {"id": 7, "text": "Ada, \u2028 Peru  Ghent  Dutch  UN tea", "entities": entities}
    (sentence,) = written(tmp_path / "a.jsonl", json.dumps(row, ensure_ascii=False) + "\n\n")
    assert sentence.id == "7"
    assert sentence.forms == ["Ada,", "Peru", "Ghent", "Dutch", "UN", "tea"]
    assert sentence.names == [(0, 3, "PERSON"), (7, 11, "PLACE"), (13, 18, "PLACE"), (20, 25, "NORP"), (27, 29, "ORG")]
    assert sentence.other == [(30, 33)]


@pytest.mark.parametrize(("name", "text"), [("a.conllu", tabbed(CONLLU)), ("a.iob2", IOB2)])
def test_gzipped_files_and_all_line_ends_read_the_same(tmp_path: Path, name: str, text: str) -> None:
    plain = written(tmp_path / name, text)
    assert len(plain) > 1
    assert written(tmp_path / (name + ".gz"), text) == plain
    assert written(tmp_path / name, text.replace("\n", "\r\n")) == plain
    assert written(tmp_path / (name + ".gz"), text.replace("\n", "\r\n")) == plain


def test_an_unknown_format_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"news\.txt\.gz.*\.conllu, \.iob2, \.jsonl"):
        read(Path("news.txt.gz"))


def test_what_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    broken = tmp_path / "a.jsonl.gz"
    broken.write_bytes(b"plain")
    for path in (broken, tmp_path / "missing.jsonl"):
        with pytest.raises(OSError):
            read_text(path)


@given(st.lists(st.text(max_size=4), unique=True, max_size=12), st.integers(0, 14))
def test_held_out_sentences_depend_on_ids_alone(ids: list[str], count: int) -> None:
    sentences = [Sentence(name, "x", [(0, 1)]) for name in ids]
    kept, out = held_out(sentences, count)
    assert len(out) == min(count, len(ids))
    assert sorted(kept + out, key=sentences.index) == sentences
    for part in (kept, out):
        assert part == sorted(part, key=sentences.index)
    turned = held_out(sentences[::-1], count)
    assert (turned[0][::-1], turned[1][::-1]) == (kept, out)
    fewer = held_out(sentences, count - 1)[1] if count else []
    assert all(sentence in out for sentence in fewer)


def test_the_sentences_held_out_stay_the_same_from_version_to_version() -> None:
    sentences = [Sentence(f"s{n}", "x", [(0, 1)]) for n in range(20)]
    assert [s.id for s in held_out(sentences, 4)[1]] == ["s5", "s7", "s8", "s13"]


@pytest.mark.parametrize(("tags", "spans"), TAGS.values(), ids=TAGS.keys())
def test_spans_of_a_bio_sequence(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert bio_spans(tags.split()) == spans


@given(st.lists(st.text(min_size=1, max_size=5), max_size=6))
def test_joined_words_are_found_at_their_spans(forms: list[str]) -> None:
    text, spans = join(forms)
    assert [text[start:end] for start, end in spans] == forms
