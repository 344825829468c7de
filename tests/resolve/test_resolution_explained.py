"""Why an entity is who it is: members, what joined them, what was kept apart, and the nearest others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.model import Extraction
from kg.resolve import Resolution, resolve
from kg.resolve.explain import explain, find, nearest_names

TEXTS = {
    "a": "John Smith, a British admiral, visited Gibraltar.",
    "b": "John Smith, the mayor of Houston, opened a bridge.",
    "c": "Israeli Prime Minister Yair Lapid visited Cairo.",
    "d": "Lapid said Israel would not agree.",
}


@pytest.fixture
def resolution(extraction_of: Callable[[str], Extraction]) -> Resolution:
    read = {name: extraction_of(text) for name, text in TEXTS.items()}
    return resolve(replace(found, document=replace(found.document, id=name)) for name, found in read.items())


def test_members_say_what_their_documents_say(resolution: Resolution) -> None:
    (identifier,) = find("John Smith (Houston)", resolution)
    (member,) = explain(identifier, resolution).members
    assert (member.document, member.name) == ("b", "John Smith")
    assert {"role: mayor", "place: houston"} <= set(member.evidence)


def test_what_was_kept_apart_has_its_rule_and_reason(resolution: Resolution) -> None:
    (step,) = explain("person/john-smith-houston", resolution).apart
    assert (step.rule, step.joined) == ("senses", False)
    assert "military and politics (-1)" in step.reason


def test_what_was_joined_has_its_rule_and_reason(resolution: Resolution) -> None:
    (step,) = explain("person/yair-lapid", resolution).joined
    assert (step.rule, {step.one, step.other}) == ("surname", {"Yair Lapid (c)", "Lapid (d)"})
    assert "documents about country/ISR" in step.reason


def test_the_nearest_others_say_why_they_are_others(resolution: Resolution) -> None:
    (near,) = explain("person/john-smith-houston", resolution, near=1).nearest
    assert near.id == "person/john-smith"
    assert "too little agrees" in near.reason


def test_an_alias_finds_its_entity_and_a_misspelt_name_the_nearest(resolution: Resolution) -> None:
    assert find("lapid", resolution) == ["person/yair-lapid"]
    assert find("Lapide", resolution) == []
    assert nearest_names("Lapide", resolution, 1) == ["person/yair-lapid"]
