"""Universal Dependencies and the CLEAR scheme give the same base arcs for the same sentence."""

from __future__ import annotations

import pytest
from spacy import blank
from spacy.tokens import Doc

from kg.extraction.syntax import base_arcs, is_passive, preposition_of, span_root

FUNCTION = {"cop", "attr", "case", "det", "aux", "mark", "cc", "fixed", "prt"}

# Words with their part of speech and lemma; head (1 is the first word, 0 the root) and label of each in both schemes;
# the arcs between content words that both must give.
SENTENCES = {
    "active": (
        "Iran/PROPN/Iran attacked/VERB/attack Iraq/PROPN/Iraq",
        "2:nsubj 0:ROOT 2:obj",
        "2:nsubj 0:ROOT 2:dobj",
        {("attacked", "nsubj", "Iran"), ("attacked", "obj", "Iraq")},
    ),
    "passive with agent": (
        "Iraq/PROPN/Iraq was/AUX/be attacked/VERB/attack by/ADP/by Iran/PROPN/Iran",
        "3:nsubj:pass 3:aux:pass 0:ROOT 5:case 3:obl:agent",
        "3:nsubjpass 3:auxpass 0:ROOT 3:agent 4:pobj",
        {("attacked", "obj", "Iraq"), ("attacked", "nsubj", "Iran")},
    ),
    "passive with an agent that is labelled as any oblique": (
        "Iraq/PROPN/Iraq was/AUX/be attacked/VERB/attack by/ADP/by Iran/PROPN/Iran",
        "3:nsubj:pass 3:aux:pass 0:ROOT 5:case 3:obl",
        "3:nsubjpass 3:auxpass 0:ROOT 3:agent 4:pobj",
        {("attacked", "obj", "Iraq"), ("attacked", "nsubj", "Iran")},
    ),
    "dative": (
        "Israel/PROPN/Israel sold/VERB/sell India/PROPN/India missiles/NOUN/missile",
        "2:nsubj 0:ROOT 2:iobj 2:obj",
        "2:nsubj 0:ROOT 2:dative 2:dobj",
        {("sold", "nsubj", "Israel"), ("sold", "prep:to", "India"), ("sold", "obj", "missiles")},
    ),
    "recipient behind a preposition": (
        "Israel/PROPN/Israel sold/VERB/sell missiles/NOUN/missile to/ADP/to India/PROPN/India",
        "2:nsubj 0:ROOT 2:obj 5:case 2:obl",
        "2:nsubj 0:ROOT 2:dobj 2:dative 4:pobj",
        {("sold", "nsubj", "Israel"), ("sold", "obj", "missiles"), ("sold", "prep:to", "India")},
    ),
    "prepositional phrase of a noun": (
        "war/NOUN/war between/ADP/between Iran/PROPN/Iran and/CCONJ/and Iraq/PROPN/Iraq ended/VERB/end",
        "6:nsubj 3:case 1:nmod 5:cc 3:conj 0:ROOT",
        "6:nsubj 1:prep 2:pobj 3:cc 3:conj 0:ROOT",
        {("war", "prep:between", "Iran"), ("Iran", "conj", "Iraq"), ("ended", "nsubj", "war")},
    ),
    "possessive": (
        "Syria/PROPN/Syria 's/PART/'s army/NOUN/army fought/VERB/fight",
        "3:nmod:poss 1:case 4:nsubj 0:ROOT",
        "3:poss 1:case 4:nsubj 0:ROOT",
        {("army", "of", "Syria"), ("fought", "nsubj", "army")},
    ),
    "possession with of": (
        "army/NOUN/army of/ADP/of Syria/PROPN/Syria fought/VERB/fight",
        "4:nsubj 3:case 1:nmod 0:ROOT",
        "4:nsubj 1:prep 2:pobj 0:ROOT",
        {("army", "of", "Syria"), ("fought", "nsubj", "army")},
    ),
    "copula": (
        "Iran/PROPN/Iran is/AUX/be an/DET/an ally/NOUN/ally of/ADP/of Syria/PROPN/Syria",
        "4:nsubj 4:cop 4:det 0:ROOT 6:case 4:nmod",
        "2:nsubj 0:ROOT 4:det 2:attr 4:prep 5:pobj",
        {("ally", "nsubj", "Iran"), ("ally", "of", "Syria")},
    ),
    "relative clause": (
        "Iran/PROPN/Iran ,/PUNCT/, which/PRON/which borders/VERB/border Iraq/PROPN/Iraq ,/PUNCT/, agreed/VERB/agree",
        "7:nsubj 4:punct 4:nsubj 1:acl:relcl 4:obj 4:punct 0:ROOT",
        "7:nsubj 1:punct 4:nsubj 1:relcl 4:dobj 1:punct 0:ROOT",
        {("agreed", "nsubj", "Iran"), ("borders", "nsubj", "which"), ("Iran", "relcl", "borders"), ("borders", "obj", "Iraq")},
    ),
    "compound and adjective": (
        "Israeli/ADJ/israeli arms/NOUN/arm exports/NOUN/export grew/VERB/grow",
        "3:amod 3:compound 4:nsubj 0:ROOT",
        "3:amod 3:compound 4:nsubj 0:ROOT",
        {("exports", "mod", "Israeli"), ("exports", "mod", "arms"), ("grew", "nsubj", "exports")},
    ),
    "control": (
        "Italy/PROPN/Italy agreed/VERB/agree to/PART/to sell/VERB/sell ships/NOUN/ship",
        "2:nsubj 0:ROOT 4:mark 2:xcomp 4:obj",
        "2:nsubj 0:ROOT 4:aux 2:xcomp 4:dobj",
        {("agreed", "nsubj", "Italy"), ("agreed", "xcomp", "sell"), ("sell", "obj", "ships")},
    ),
    "apposition and negation": (
        "Baku/PROPN/Baku ,/PUNCT/, an/DET/an ally/NOUN/ally ,/PUNCT/, did/AUX/do not/PART/not attack/VERB/attack",
        "8:nsubj 1:punct 4:det 1:appos 1:punct 8:aux 8:advmod 0:ROOT",
        "8:nsubj 1:punct 4:det 1:appos 1:punct 8:aux 8:neg 0:ROOT",
        {("attack", "nsubj", "Baku"), ("Baku", "appos", "ally"), ("attack", "advmod", "not")},
    ),
}  # fmt: skip


def parsed(words: str, arcs: str) -> Doc:
    """A document with the parse that is written as ``head:label`` for each word."""
    fields = [word.split("/") for word in words.split()]
    links = [arc.split(":", 1) for arc in arcs.split()]
    return Doc(
        blank("en").vocab,
        words=[word for word, _, _ in fields],
        pos=[part for _, part, _ in fields],
        lemmas=[lemma for _, _, lemma in fields],
        heads=[int(head) - 1 if int(head) else number for number, (head, _) in enumerate(links)],
        deps=[label for _, label in links],
    )


def content(doc: Doc) -> set[tuple[str, str, str]]:
    arcs = base_arcs(next(iter(doc.sents)))
    return {(doc[arc.head].text, arc.label, doc[arc.dependent].text) for arc in arcs if arc.label not in FUNCTION}


@pytest.mark.parametrize("scheme", ["universal", "clear"])
@pytest.mark.parametrize("name", SENTENCES)
def test_both_schemes_give_the_arcs_of_the_common_vocabulary(name: str, scheme: str) -> None:
    words, universal, clear, expected = SENTENCES[name]
    assert content(parsed(words, universal if scheme == "universal" else clear)) == expected


@pytest.mark.parametrize("name", [name for name in SENTENCES if "passive" in name])
def test_a_passive_is_known_in_both_schemes(name: str) -> None:
    words, universal, clear, _ = SENTENCES[name]
    assert is_passive(parsed(words, universal)[2]) and is_passive(parsed(words, clear)[2])
    assert not is_passive(parsed(*SENTENCES["active"][:2])[1])


@pytest.mark.parametrize(("name", "word", "preposition"), [
    ("recipient behind a preposition", 4, "to"), ("prepositional phrase of a noun", 2, "between"),
    ("possession with of", 2, "of"), ("possessive", 0, None), ("active", 2, None),
])  # fmt: skip
def test_the_preposition_of_a_phrase_is_known_in_both_schemes(name: str, word: int, preposition: str | None) -> None:
    words, universal, clear, _ = SENTENCES[name]
    assert preposition_of(parsed(words, universal)[word]) == preposition_of(parsed(words, clear)[word]) == preposition


def test_several_words_of_a_preposition_are_one() -> None:
    doc = parsed(
        "He/PRON/he won/VERB/win according/VERB/accord to/ADP/to Iran/PROPN/Iran", "2:nsubj 0:ROOT 5:case 3:fixed 2:obl"
    )
    assert preposition_of(doc[4]) == "according to"


def test_the_root_of_a_span_is_the_word_that_hangs_outside() -> None:
    doc = parsed("Golda/PROPN/Golda Meir/PROPN/Meir ,/PUNCT/, spoke/VERB/speak", "4:nsubj 1:flat 4:punct 0:ROOT")
    assert span_root(doc, 0, 2).i == span_root(doc, 0, 3).i == 0 and span_root(doc, 1, 2).i == 1
