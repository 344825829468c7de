"""Score a reader on annotated corpora: ``python -m kg.reader.score --data FOLDER [--reader NAME]``.

FOLDER holds ``ud/`` and ``ner/`` as the model card names them; a file that is missing is said and left out. Two ways
of reading are scored: with the corpus's own words and sentences given ("gold words"), and from raw text, paragraph by
paragraph, where words and sentences must be found too.

Method: from raw text as in the CoNLL 2018 shared task (Zeman et al., 2018): F1 over words, and over sentences, that
cover the same characters, white space aside; UAS and LAS count punctuation and full labels; lemmas without case.
Names: exact span and type (PERSON, ORG, PLACE), as in CoNLL 2003.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reader import load
from kg.reader.corpora import Sentence, held_out, join, read, read_conllu

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

Span = tuple[int, int, str]
_KINDS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "PLACE": "PLACE", "GPE": "PLACE", "LOC": "PLACE"}
UNER = "ner/uner-ewt-test.iob2.gz"
TREEBANKS = {"EWT test": "ud/ewt-test.conllu.gz", "GUM dev": "ud/gum-dev.conllu.gz"}


@dataclass(slots=True)
class Tally:
    """Gold items, items found, and those that are both, by measure."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, gold: int, found: int, right: int) -> None:
        """Count the items of one document."""
        self.gold[measure] += gold
        self.found[measure] += found
        self.right[measure] += right

    def names(self, gold: set[Span], found: set[Span]) -> None:
        """Count names, all together and by kind."""
        self.add("names", len(gold), len(found), len(gold & found))
        for kind in ("PERSON", "ORG", "PLACE"):
            a, b = ({name for name in names if name[2] == kind} for names in (gold, found))
            self.add(kind, len(a), len(b), len(a & b))

    def f1(self) -> dict[str, float]:
        """F1 by measure in percent, to one decimal; accuracy where as much was found as there is."""
        total = {name: self.gold[name] + self.found[name] for name in self.gold}
        return {name: round(200 * self.right[name] / both, 1) for name, both in total.items() if both}


def score_words(nlp: Language, sentences: Iterable[Sentence]) -> dict[str, float]:
    """Parts of speech, tags, lemmas and trees on a treebank's own words and sentences, read by paragraph."""
    tally = Tally()
    for paragraph in paragraphs(sentences):
        doc = nlp(doc_of(nlp, paragraph))
        rows = [row for sentence in paragraph for row in _rows(sentence)]
        tokens = [token for span in doc.sents for token in span]
        for (part, tag, lemma, head, label), token in zip(rows, tokens, strict=True):
            attached = head == (0 if token.head is token else token.head.i - token.i)
            _count(tally, token, part, tag, lemma, attached, label)
    return tally.f1()


def score_raw(
    nlp: Language, sentences: Iterable[Sentence], names: dict[str, Sentence] | None = None
) -> dict[str, float]:
    """The same from raw text, with words, sentences and, where ``names`` has them by sentence id, names."""
    tally = Tally()
    for _, document in groupby(sentences, key=lambda sentence: sentence.document):
        gold = list(document)
        doc = nlp(text_of(gold))
        place = _squeezed(doc.text)
        tokens = {(place[t.idx], place[t.idx + len(t)]): t for t in doc if not t.is_space}
        words, bounds, found_names = _gold_layout(gold, names)
        starts = {(place[s.start_char], place[s.end_char]) for s in doc.sents}
        tally.add("sentences", len(bounds), len(starts), len(bounds & starts))
        tally.add("words", len(words), len(tokens), len(words.keys() & tokens.keys()))
        spans = {token.i: span for span, token in tokens.items()}
        total = Tally()
        for span in words.keys() & tokens.keys():
            (part, tag, lemma, _, label), head = words[span]
            token = tokens[span]
            governor = None if token.head.i == token.i else spans.get(token.head.i, ())
            _count(total, token, part, tag, lemma, head == governor, label)
        for measure in ("UPOS", "tags", "lemmas", "UAS", "LAS"):
            tally.add(measure, len(words), len(tokens), total.right[measure])
        if names is not None:
            ours = {(place[s], place[e], k) for s, e, k in kinds_of(doc)}
            tally.names(found_names, ours)
    return tally.f1()


def score_names(nlp: Language, sentences: Iterable[Sentence], *, words: bool = False) -> dict[str, float]:
    """Names in sentences that are read alone, from raw text or with the corpus's own ``words``."""
    tally = Tally()
    for sentence in sentences:
        if words:
            text, spans = join(sentence.forms)
            given = replace(sentence, text=text, words=spans)
            doc = nlp(doc_of(nlp, [given]))
        else:
            doc = nlp(sentence.text)
        tally.names({name for name in sentence.names or () if name[2] in _KINDS}, set(kinds_of(doc)))
    return tally.f1()


def kinds_of(doc: Doc) -> Iterator[Span]:
    """The names of a document as (start, end, PERSON, ORG or PLACE), whatever labels its reader has for these."""
    for name in doc.ents:
        if name.label_ in _KINDS:
            yield name.start_char, name.end_char, _KINDS[name.label_]


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences by paragraph."""
    current: list[Sentence] = []
    for sentence in sentences:
        if current and sentence.opens_paragraph:
            yield current
            current = []
        current.append(sentence)
    if current:
        yield current


def text_of(sentences: Sequence[Sentence]) -> str:
    """The text of a document: its sentences as they follow each other, paragraphs apart by a blank line."""
    parts: list[str] = []
    for number, sentence in enumerate(sentences):
        if number:
            parts.append("\n\n" if sentence.opens_paragraph else " " * sentences[number - 1].space_after)
        parts.append(sentence.text)
    return "".join(parts)


def doc_of(nlp: Language, sentences: Sequence[Sentence]) -> Doc:
    """A ``Doc`` with the words and sentence starts of a corpus."""
    from spacy.tokens import Doc as SpacyDoc

    words = [form for sentence in sentences for form in sentence.forms]
    spaces = [
        space
        for sentence in sentences
        for space in [
            *(a[1] < b[0] for a, b in zip(sentence.words, sentence.words[1:], strict=False)),
            sentence.space_after,
        ]
    ]
    starts: list[bool | int | None] = [index == 0 for sentence in sentences for index in range(len(sentence.words))]
    return SpacyDoc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _rows(sentence: Sentence) -> list[tuple[str, str, str, int, str]]:
    """Part of speech, tag, lemma, distance of the head (0 for the root) and label of each word."""
    syntax = sentence.syntax
    assert syntax is not None
    distances = [head and head - number for number, head in enumerate(syntax.heads, 1)]
    return list(zip(syntax.parts_of_speech, syntax.tags, syntax.lemmas, distances, syntax.labels, strict=True))


def _count(tally: Tally, token: Token, part: str, tag: str, lemma: str, attached: bool, label: str) -> None:
    labeled = attached and token.dep_.replace("ROOT", "root") == label
    right = {
        "UPOS": token.pos_ == part,
        "tags": token.tag_ == tag,
        "lemmas": token.lemma_.casefold() == lemma.casefold(),
        "UAS": attached,
        "LAS": labeled,
    }
    for measure, value in right.items():
        tally.add(measure, 1, 1, value)


Words = dict[tuple[int, int], tuple[tuple[str, str, str, int, str], tuple[int, int] | None]]


def _gold_layout(
    sentences: Sequence[Sentence], names: dict[str, Sentence] | None
) -> tuple[Words, set[tuple[int, int]], set[Span]]:
    """Words with their annotation and the place of their head, sentences and names, in characters that are no space."""
    words: Words = {}
    bounds: set[tuple[int, int]] = set()
    found: set[Span] = set()
    offset = 0
    for sentence in sentences:
        place = [offset + n for n in _squeezed(sentence.text)]
        spans = [(place[start], place[end]) for start, end in sentence.words]
        for index, row in enumerate(_rows(sentence)):
            words[spans[index]] = (row, spans[index + row[3]] if row[3] else None)
        named = names.get(sentence.id) if names else None
        if named is not None:
            own = _squeezed(named.text)
            found |= {(offset + own[s], offset + own[e], _KINDS[k]) for s, e, k in named.names or () if k in _KINDS}
        bounds.add((offset, place[-1]))
        offset = place[-1]
    return words, bounds, found


def _squeezed(text: str) -> list[int]:
    """For each offset in ``text``, and its end, how many characters before it are no white space."""
    places, count = [0], 0
    for character in text:
        count += not character.isspace()
        places.append(count)
    return places


def figures(nlp: Language, folder: Path, say: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Every figure of the model card, by corpus and way of reading; ``say`` is told what is missing."""
    from kg.reader.train.data import with_repaired_names

    tables: dict[str, dict[str, float]] = {}
    for name, file in TREEBANKS.items():
        if not (folder / file).exists():
            say(f"{folder / file} is missing: {name} is left out")
            continue
        sentences = list(read_conllu(folder / file))
        names = None
        if name == "EWT test":
            names = {s.id: s for s in read(folder / UNER)} if (folder / UNER).exists() else None
            if names is None:
                say(f"{folder / UNER} is missing: names of {name} are left out")
        tables[f"{name}, gold words"] = score_words(nlp, sentences)
        tables[f"{name}, raw text"] = score_raw(nlp, sentences, names)
        if names:
            tables["UNER test, gold words"] = score_names(nlp, names.values(), words=True)
    for name, file, count in (("GMB", "ner/gmb.jsonl.gz", 5000), ("Wikigold", "ner/wikigold.jsonl.gz", 400)):
        if not (folder / file).exists():
            say(f"{folder / file} is missing: {name} is left out")
            continue
        out = held_out(read(folder / file), count)[1]
        tables[f"{name} held out, as published"] = score_names(nlp, out)
        if name == "GMB":
            repaired = [found for sentence in out if (found := with_repaired_names(sentence))]
            tables["GMB held out, names repaired"] = score_names(nlp, repaired)
    return tables


def to_table(tables: dict[str, dict[str, float]]) -> str:
    """Markdown."""
    lines = []
    for name, row in tables.items():
        lines.append(f"- {name}: " + ", ".join(f"{measure} {value}" for measure, value in row.items()))
    return "\n".join(lines)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m kg.reader.score", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--reader", help="folder of a trained reader, or an installed spaCy pipeline")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tables = figures(load(arguments.reader), arguments.data, print)
    print(json.dumps(tables, indent=1) if arguments.json else to_table(tables))


if __name__ == "__main__":
    main()
