"""Repairs of GMB's names: each systematic error goes, and what is right stays.

Sentences mark names as ``[Fulton|PERSON]``.
"""

from __future__ import annotations

import re

import pytest

from kg.reader.train.gmb import Name, doubtful, repaired

REPAIRS = {
    "honorific": ("[Mr. Fulton|PERSON] slept.", "Mr. [Fulton|PERSON] slept."),
    "honorific apart": ("[Mr.|PERSON] [Fulton|ORG] slept.", "Mr. [Fulton|PERSON] slept."),
    "unlabelled after a title": ("[Mr.|PERSON] Fulton slept.", "Mr. [Fulton|PERSON] slept."),
    "office": ("[Prime Minister Ada Fulton|PERSON] slept.", "Prime Minister [Ada Fulton|PERSON] slept."),
    "regnal name": ("[Pope Leo XIII|PERSON] slept.", "Pope [Leo XIII|PERSON] slept."),
    "half an office": ("Our [Justice|ORG] Minister slept.", "Our Justice Minister slept."),
    "office in a name": ("[U.N. Secretary-General|ORG] slept.", "[U.N.|ORG] Secretary-General slept."),
    "secretary of": ("Secretary of [State Ada Fulton|ORG] slept.", "Secretary of State [Ada Fulton|PERSON] slept."),
    "country as organization": ("Then [Norway|ORG] won.", "Then [Norway|PLACE] won."),
    "country as people": ("Then [Kenya|NORP] won.", "Then [Kenya|PLACE] won."),
    "people as organization": ("Many [Muslims|ORG] fast.", "Many [Muslims|NORP] fast."),
    "unlabelled people": ("Many Muslims fast.", "Many [Muslims|NORP] fast."),
    "unlabelled part of a compound": ("An Iraqi-led unit.", "An [Iraqi|NORP]-led unit."),
    "direction": ("A [North|PLACE] [Korean|NORP] ship.", "A [North Korean|NORP] ship."),
    "organization as place": ("The [Labor Party|PLACE] lost.", "The [Labor Party|ORG] lost."),
    "place as organization": ("In the [West Bank|ORG] today.", "In the [West Bank|PLACE] today."),
    "cut at of": ("The [University|ORG] of [Oslo|PLACE] won.", "The [University of Oslo|ORG] won."),
    "embassy": ("The [British|NORP] Embassy closed.", "The [British Embassy|ORG] closed."),
    "article": ("In [the Hague|PLACE] today.", "In the [Hague|PLACE] today."),
    "lower-case modifier": ("In [southern Chile|PLACE] today.", "In southern [Chile|PLACE] today."),
    "two names in one": ("Both [Peru and Chile|ORG] won.", "Both [Peru|PLACE] and [Chile|PLACE] won."),
    "district": ("In [Zhargun|ORG] district today.", "In [Zhargun|PLACE] district today."),
    "newspaper": ("The [Abendpost|PLACE] newspaper says so.", "The [Abendpost|ORG] newspaper says so."),
    "no name": ("It broke the [Helsinki Treaty|ORG].", "It broke the Helsinki Treaty."),
    "surname": (
        "[Ada Fulton|PERSON] said [Fulton|PLACE] slept.",
        "[Ada Fulton|PERSON] said [Fulton|PERSON] slept.",
    ),
}  # fmt: skip
UNCHANGED = (
    "The [General Assembly|ORG] met [General Motors|ORG].",
    "The [Ministry of Defense|ORG] in [Madrid|PLACE] slept.",
    "[Michael Jordan|PERSON] and [Ludwig van Beethoven|PERSON] slept.",
    "[Martin Luther King|PERSON] and [Ali bin Said|PERSON] slept.",
    "[American Airlines|ORG] flew over the [Indian Ocean|PLACE].",
    "[Burger King|ORG] sold soup in [Rio de Janeiro|PLACE].",
    "A [Dutch|NORP] judge told [Fulton|PERSON] Thursday.",
    "The prime minister slept.",
)


def read(marked: str) -> tuple[str, list[Name]]:
    text, names = "", []
    for plain, form, label in re.findall(r"([^\[]*)(?:\[([^|]*)\|(\w+)\])?", marked):
        text += plain
        if form:
            names.append((len(text), len(text) + len(form), label))
            text += form
    return text, names


@pytest.mark.parametrize(("before", "after"), REPAIRS.values(), ids=REPAIRS.keys())
def test_a_systematic_error_is_repaired(before: str, after: str) -> None:
    text, names = read(before)
    assert (text, repaired(text, names)) == read(after)


@pytest.mark.parametrize("sentence", [*UNCHANGED, *(after for _, after in REPAIRS.values())])
def test_what_is_right_stays(sentence: str) -> None:
    text, names = read(sentence)
    assert repaired(text, names) == names


def test_fables_are_dropped() -> None:
    text, names = read("Once a Fox met the [Crow|PERSON].")
    assert repaired(text, names) is None


def test_words_that_guidelines_disagree_on_carry_no_loss_and_names_and_titles_do() -> None:
    text, names = read("[Ada Fulton|PERSON], our Prime Minister, met Western envoys.")
    assert [text[start:end] for start, end in doubtful(text, names)] == ["Western"]
