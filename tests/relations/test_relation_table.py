"""The format of relation tables: what is valid, and that each error says where it is and what would be valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RelationError
from kg.model import ENTITY_TYPES
from kg.relations import class_of, load
from kg.relations.table import mark, parse

GOOD = """
[hosts]
subject = ["Country"]
object = ["Organization"]
kind = "event"
definition = "The country hosts the organization."
unless = ["co"]
examples = [
  "<subject:Austria> <host:hosts> <object:Oxfam>.",
  { text = "<subject:Austria> <stop:expelled> <object:Oxfam>.", time = "ended", polarity = "denied", kind = "state" },
]
counter_examples = ["Austria criticized Oxfam."]
[hosts.lexicon]
host = ["host", "house"]
stop = ["expel"]
"""


def test_an_entry_gives_a_relation_with_its_defaults() -> None:
    hosts = parse(GOOD, "own.toml")["hosts"]
    assert (hosts.id, hosts.label, hosts.property, hosts.symmetric, hosts.inverse) == (
        "hosts",
        "hosts",
        "hosts",
        False,
        None,
    )
    assert (hosts.subject, hosts.object, hosts.kind) == (("Country",), ("Organization",), "event")
    assert hosts.lexicon["host"] == {"host", "house"} and hosts.unless == {"co"}
    assert hosts.counter_examples == ("Austria criticized Oxfam.",)
    first, second = hosts.examples
    assert (first.text, first.kind, first.polarity, first.time) == ("Austria hosts Oxfam.", None, "affirmed", "current")
    assert (second.kind, second.polarity, second.time) == ("state", "denied", "ended")


def test_label_and_property_come_from_the_name() -> None:
    relation = parse("[trains-forces-of]", "own.toml")["trains-forces-of"]
    assert (relation.label, relation.property) == ("trains forces of", "trainsForcesOf")
    assert relation.subject == relation.object == ENTITY_TYPES and relation.kind == "state"


def example(text: str, **more: str) -> str:
    fields = ", ".join([f'text = "{text}"', *(f"{key} = {value}" for key, value in more.items())])
    return f"[r]\nexamples = [{{ {fields} }}]\n[r.lexicon]\nsell = ['sell']"


SENTENCE = "<subject:A> <sell:sells> <object:B>."
WRONG = {
    "not TOML": ("[r", r"^own\.toml: not valid TOML"),
    "not a table": ("r = 3", r"^own\.toml: \[r\]: expected a table"),
    "unknown field": ("[r]\ntypes = []", r"\[r\]: unknown field 'types'; valid: .*counter_examples.*examples"),
    "upper case": ("[Sells]", r"\[Sells\]: a relation's name is lower-case words joined by hyphens"),
    "space in the name": ("['sells to']", r"\[sells to\]: a relation's name"),
    "empty name": ("['']", r"a relation's name"),
    "type": ('[r]\nsubject = ["City"]', r"\[r\]: types are a list of Country, Person, Organization, not \['City'\]"),
    "no type": ("[r]\nobject = []", r"\[r\]: types are a list of"),
    "type as text": ('[r]\nobject = "Country"', r"\[r\]: types are a list of"),
    "kind": ('[r]\nkind = "fact"', r"\[r\]: kind is 'event' or 'state', not 'fact'"),
    "example of no text": ("[r]\nexamples = [3]", r"\[r\]: an example is a sentence"),
    "example with a wrong field": (
        example(SENTENCE, tense="'past'"),
        r"\[r\]: an example is a sentence, or a table of",
    ),
    "example with a wrong kind": (example(SENTENCE, kind="'fact'"), r"kind is 'event' or 'state'"),
    "example with wrong types": (example(SENTENCE, subject="['City']"), r"types are a list of"),
    "no subject": (example("A <sell:sells> <object:B>."), r"\[r\]: an example has one <subject:…> and one <object:…>"),
    "two objects": (example(SENTENCE + " <object:C>"), r"\[r\]: an example has one <subject:…> and one <object:…>"),
    "unknown class": (example("<subject:A> <buy:buys> <object:B>."), r"\[r\]: 'buy' is no class .* valid: \['sell'\]"),
    "unbalanced mark": (example("<subject:A> <sell sells> <object:B>."), r"\[r\]: unbalanced mark"),
    "open mark": (example("<subject:A> <sell:sells> <object:B."), r"\[r\]: unbalanced mark"),
    "empty mark": (example("<subject:> <sell:sells> <object:B>."), r"\[r\]: unbalanced mark"),
    "polarity": (example(SENTENCE, polarity="'negative'"), r"\[r\]: polarity"),
    "time": (example(SENTENCE, time="'past'"), r"\[r\]: time"),
    "lexicon of text": ("[r]\nlexicon = 'sell'", r"\[r\]: lexicon"),
    "lexicon class of text": ("[r.lexicon]\nsell = 'sell'", r"\[r\]: lexicon"),
    "lexicon class of numbers": ("[r.lexicon]\nsell = [1]", r"\[r\]: lexicon"),
    "examples as text": (f"[r]\nexamples = '{SENTENCE}'", r"\[r\]: examples"),
    "counter-examples as text": ("[r]\ncounter_examples = 'A sells B.'", r"\[r\]: counter_examples"),
    "unless as text": ("[r]\nunless = 'vice'", r"\[r\]: unless"),
    "symmetric as text": ("[r]\nsymmetric = 'no'", r"\[r\]: symmetric"),
    "label as number": ("[r]\nlabel = 3", r"\[r\]: label"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_table_is_an_error_that_names_the_file_and_the_field(name: str) -> None:
    text, message = WRONG[name]
    with pytest.raises(RelationError, match=message) as caught:
        parse(text, "own.toml")
    assert str(caught.value).startswith("own.toml: ")


def test_marks_are_offsets_in_the_plain_text() -> None:
    plain, marks = mark("<subject:Österreich> <sell:sold> the 🚀 to <object:Côte d'Ivoire>.")
    assert plain == "Österreich sold the 🚀 to Côte d'Ivoire."
    assert [(name, plain[start:end]) for name, start, end in marks] == [
        ("subject", "Österreich"), ("sell", "sold"), ("object", "Côte d'Ivoire")
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["subject", "sell", "x-y"]), st.text("abc é🚀", min_size=1))))
def test_marks_are_taken_out_and_nothing_else(parts: list[tuple[str, str]]) -> None:
    plain, marks = mark(" and ".join(f"<{name}:{words}>" for name, words in parts))
    assert plain == " and ".join(words for _, words in parts)
    assert [(name, plain[start:end]) for name, start, end in marks] == parts


def test_an_example_is_named_by_its_words_and_slots() -> None:
    assert parse(GOOD, "own.toml")["hosts"].examples[0].name == "subject hosts object"


def test_a_users_table_adds_a_relation_and_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD + '[borders]\nlabel = "touches"\n', "utf-8")
    relations = load([own])
    assert set(relations) == {*load(), "hosts"}
    assert relations["borders"].label == "touches" and relations["borders"].examples == ()
    assert relations["leads"] == load()["leads"]


def test_of_two_tables_the_later_one_wins(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f'[hosts]\nlabel = "{name}"', "utf-8")
    assert load([tmp_path / "one.toml", tmp_path / "two.toml"])["hosts"].label == "two"
    assert load([tmp_path / "two.toml", tmp_path / "one.toml"])["hosts"].label == "one"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_table_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RelationError, match=r"own\.toml: cannot read the relation table"):
        load([path])


def test_the_built_in_relations_are_complete() -> None:
    relations = load()
    assert list(relations) == ["borders", "ally-of", "foe-of", "sells-arms-to", "leads", "affiliated-with", "part-of"]
    for relation in relations.values():
        assert relation.definition and relation.label and relation.property.isidentifier()
        assert len(relation.examples) >= 5 and len(relation.counter_examples) >= 2
        assert relation.symmetric == (relation.inverse is None)
        assert not relation.symmetric or relation.subject == relation.object
        used = {class_of(name) for example in relation.examples for name, _, _ in example.marks}
        assert used - {None} == set(relation.lexicon)
