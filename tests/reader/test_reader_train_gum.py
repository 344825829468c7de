"""Names are what is proper in a mention: modifiers, titles and groups of people stay outside.

Words are written "form part tag head label entity", one a line, with GUM's brackets as the entity.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reader.corpora import read_conllu
from kg.reader.train.gum import names_of

CASES = {
    "a person alone": (
        """
        Ada    PROPN NNP 2 nsubj (1-person-new)
        sings  VERB  VBZ 0 root  _
        """,
        "Ada|PERSON",
    ),
    "a full name in a mention with a relative clause": (
        """
        Ada    PROPN NNP 5 nsubj      (1-person-new
        Moor   PROPN NNP 1 flat       _
        who    PRON  WP  4 nsubj      _
        sings  VERB  VBZ 1 acl:relcl  1)
        left   VERB  VBD 0 root       _
        """,
        "Ada Moor|PERSON",
    ),
    "a title": (
        """
        Captain PROPN NNP 2 nmod:desc (1-person-new
        Ada     PROPN NNP 4 nsubj     _
        Moor    PROPN NNP 2 flat      1)
        left    VERB  VBD 0 root      _
        """,
        "Ada Moor|PERSON",
    ),
    "an office after the name": (
        """
        Moor   PROPN NNP 5 nsubj (1-person-new
        ,      PUNCT ,   4 punct _
        the    DET   DT  4 det   _
        mayor  NOUN  NN  1 appos 1)
        left   VERB  VBD 0 root  _
        """,
        "Moor|PERSON",
    ),
    "an initial": (
        """
        Ada  PROPN NNP 4 nsubj (1-person-new
        B.   PROPN NNP 1 flat  _
        Moor PROPN NNP 1 flat  1)
        left VERB  VBD 0 root  _
        """,
        "Ada B. Moor|PERSON",
    ),
    "people of a nation": (
        """
        The        DET   DT   2 det   (1-person-new
        Norwegians PROPN NNPS 3 nsubj 1)
        left       VERB  VBD  0 root  _
        """,
        "",
    ),
    "an office with an indefinite article": (
        """
        She  PRON  PRP 4 nsubj    (1-person-giv)
        is   AUX   VBZ 4 cop      _
        a    DET   DT  4 det      (1-person-giv
        Fell PROPN NNP 0 root     1)
        """,
        "",
    ),
    "a common noun": (
        """
        The   DET  DT  2 det   (1-person-new
        mayor NOUN NN  3 nsubj 1)
        left  VERB VBD 0 root  _
        """,
        "",
    ),
    "a place with its article": (
        """
        the   DET   DT  2 det  (1-place-new
        Hague PROPN NNP 0 root 1)
        """,
        "Hague|PLACE",
    ),
    "a place with a lower-case modifier": (
        """
        southern ADJ   JJ  2 amod (1-place-new
        Ghent    PROPN NNP 0 root 1)
        """,
        "Ghent|PLACE",
    ),
    "a place with a capitalized modifier": (
        """
        in   ADP   IN  3 case _
        Old  ADJ   JJ  3 amod (1-place-new
        Mill PROPN NNP 0 root 1)
        """,
        "Old Mill|PLACE",
    ),
    "an organization of": (
        """
        the        DET   DT  2 det   (1-organization-new
        University PROPN NNP 5 nsubj _
        of         ADP   IN  4 case  _
        Ghent      PROPN NNP 2 nmod  (2-place-new)1)
        won        VERB  VBD 0 root  _
        """,
        "University of Ghent|ORG",
    ),
    "an organization in": (
        """
        Acme  PROPN NNP 4 nsubj (1-organization-new
        in    ADP   IN  3 case  _
        Ghent PROPN NNP 1 nmod  (2-place-new)1)
        won   VERB  VBD 0 root  _
        """,
        "Acme|ORG; Ghent|PLACE",
    ),
    "an organization and": (
        """
        Moor  PROPN NNP 4 nsubj (1-organization-new
        &     CCONJ CC  3 cc    _
        Sons  PROPN NNPS 1 conj 1)
        won   VERB  VBD 0 root  _
        """,
        "Moor & Sons|ORG",
    ),
    "an organization with a possessor inside": (
        """
        Ghent   PROPN NNP 3 nmod:poss (1-organization-new(2-place-new
        's      PART  POS 1 case      2)
        Theatre PROPN NNP 4 nsubj     1)
        won     VERB  VBD 0 root      _
        """,
        "Ghent 's Theatre|ORG",
    ),
    "a person in an organization": (
        """
        Ada    PROPN NNP 2 compound (1-organization-new(2-person-new)
        Museum PROPN NNP 3 nsubj    1)
        opened VERB  VBD 0 root     _
        """,
        "Ada Museum|ORG",
    ),
    "other kinds": (
        """
        Monday PROPN NNP 2 obl  (1-time-new)
        Ada    PROPN NNP 0 root (2-animal-new)
        """,
        "",
    ),
    "no letters": (
        """
        9 PROPN NNP 0 root (1-organization-new)
        """,
        "",
    ),
    "a mention that never ends": (
        """
        Ada   PROPN NNP 2 nsubj (1-person-new
        met   VERB  VBD 0 root  _
        Ghent PROPN NNP 2 obj   (2-place-new)
        """,
        "Ghent|PLACE",
    ),
    "a mention that began before": (
        """
        Ada PROPN NNP 2 nsubj (1-person-new)7)
        met VERB  VBD 0 root  _
        """,
        "Ada|PERSON",
    ),
    "a mention of the same thing inside": (
        """
        Acme  PROPN NNP 0 root     (1-organization-new
        ,     PUNCT ,   5 punct    _
        Old   ADJ   JJ  4 amod     (1-place-new
        Ghent PROPN NNP 5 compound 1)
        Works PROPN NNP 1 appos    1)
        """,
        "Acme|ORG; Old Ghent|PLACE",
    ),
    "several ends at once": (
        """
        Acme  PROPN NNP 0 root (1-organization-new
        of    ADP   IN  3 case _
        Ghent PROPN NNP 1 nmod (2-place-new(3-object-new)2)1)
        """,
        "Acme of Ghent|ORG",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "names"), CASES.values(), ids=CASES.keys())
def test_names_of_a_sentence(tmp_path: Path, words: str, names: str) -> None:
    lines = []
    for number, line in enumerate(words.strip().split("\n"), 1):
        form, part, tag, head, label, entity = line.split()
        misc = "_" if entity == "_" else f"Discourse=x|Entity={entity}|MSeg=y"
        lines.append("\t".join((str(number), form, form, part, tag, "_", head, label, "_", misc)))
    path = tmp_path / "a.conllu"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (sentence,) = read_conllu(path)
    found = [f"{sentence.text[start:end]}|{label}" for start, end, label in names_of(sentence)]
    assert "; ".join(found) == names
