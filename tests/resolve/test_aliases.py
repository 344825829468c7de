"""A user's table of who is who: what it changes, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import AliasError
from kg.identifiers import person_id
from kg.model import Entity
from kg.resolve import Local, Resolution, parse_aliases, read_aliases, resolve_records

RECORDS = [
    Local((document, person_id(name)), Entity(person_id(name), "Person", name))
    for document, name in [
        ("news/a", "Benjamin Netanyahu"), ("news/b", "Bibi"), ("news/c", "Ana Costa"), ("news/d", "Ana Costa"),
    ]
]  # fmt: skip


def resolved(*lines: str) -> Resolution:
    table = "\n".join(["action,name,into,qid,document", *lines, ""])
    return resolve_records(RECORDS, parse_aliases([("my.csv", table)]))


def test_without_rows_nothing_is_changed() -> None:
    assert list(resolved().entities) == ["person/ana-costa", "person/benjamin-netanyahu", "person/bibi"]


def test_merge_joins_and_keeps_the_name_merged_into() -> None:
    for into in ("Benjamin Netanyahu", "person/benjamin-netanyahu", "benjamin netanyahu"):
        found = resolved(f"merge,Bibi,{into},,")
        assert found.canonical["news/b", "person/bibi"] == "person/benjamin-netanyahu"
        assert "Bibi" in found.entities["person/benjamin-netanyahu"].aliases
        assert found.problems == ()


def test_merge_into_a_name_that_nobody_has_names_anew() -> None:
    found = resolved("merge,Bibi,B. Netanyahu the Younger,,")
    assert found.entities["person/b-netanyahu-the-younger"].aliases == ("Bibi",)


def test_merge_of_one_document_takes_only_its_record() -> None:
    found = resolved("merge,Ana Costa,Benjamin Netanyahu,,news/d")
    assert found.canonical["news/c", "person/ana-costa"] == "person/ana-costa"
    assert found.canonical["news/d", "person/ana-costa"] == "person/benjamin-netanyahu"


def test_split_gives_the_records_of_its_documents_a_name_of_their_own() -> None:
    found = resolved("split,Ana Costa,Ana Costa of Lagos,,news/d*")
    assert found.canonical["news/c", "person/ana-costa"] == "person/ana-costa"
    assert found.canonical["news/d", "person/ana-costa"] == "person/ana-costa-of-lagos"


def test_rename_changes_name_and_identifier_and_keeps_the_old_name_as_an_alias() -> None:
    found = resolved("rename,Bibi,Benzion,,")
    assert found.entities["person/benzion"].aliases == ("Bibi",)


def test_a_wikidata_identifier_joins_and_parts() -> None:
    assert resolved("qid,Bibi,,Q43723,", "qid,Benjamin Netanyahu,,Q43723,").canonical["news/b", "person/bibi"] == (
        "person/benjamin-netanyahu"
    )
    found = resolved("qid,Ana Costa,,Q1,news/c", "qid,Ana Costa,,Q2,news/d")
    assert {entity.wikidata for entity in found.entities.values()} == {None, "Q1", "Q2"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("merge,Nobody,Ana Costa,,", "nobody is called 'Nobody'"),
        ("rename,Nobody,Ana Costa,,", "nobody is called 'Nobody'"),
        ("split,Ana Costa,Other,,news/x", "nobody is called 'Ana Costa' there"),
        ("qid,Nobody,,Q1,", "nobody is called 'Nobody'"),
    ],
)
def test_a_row_that_means_nobody_is_reported(row: str, reason: str) -> None:
    assert [(row.where, why) for row, why in resolved(row).problems] == [("my.csv, line 2", reason)]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,into\na,b\n", "my.csv, line 1: unknown, missing or repeated column 'action'"),
        ("action,name,foo\n", "my.csv, line 1: unknown, missing or repeated column 'foo'"),
        ("action,name\nmerg,a\n", "my.csv, line 2: action 'merg' is unknown; valid: merge, split, rename, qid"),
        ("action,name,into\nmerge,a,\n", "my.csv, line 2: into is empty; merge needs it"),
        ("action,name,into\nmerge,,b\n", "my.csv, line 2: name is empty; merge needs it"),
        ("action,name,into\nsplit,a,b\n", "my.csv, line 2: document is empty; split needs it"),
        ("action,name,qid\nqid,a,7\n", "my.csv, line 2: qid '7' is not a Wikidata identifier"),
        ("action,name,into\nmerge,a\n", "my.csv, line 2: expected 3 cells"),
        ("action,name,into\nmerge,a,b\nmerge,A,c\n", "my.csv, line 3: merge of 'A' says otherwise than my.csv, line 2"),
        ("action,name,into,document\nsplit,a,person/b,c\n", "my.csv, line 2: into 'person/b' is an identifier"),
        ('action,name\nmerge,"a\n', "not valid CSV"),
    ],
)
def test_a_bad_table_names_the_line_and_what_is_valid(table: str, message: str) -> None:
    with pytest.raises(AliasError) as raised:
        parse_aliases([("my.csv", table)])
    assert message in str(raised.value)


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(AliasError, match=r"none\.csv"):
        read_aliases([tmp_path / "none.csv"])
