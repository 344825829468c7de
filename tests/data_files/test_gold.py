"""The annotated texts and their gold annotations keep the promises of data/gold/README.md."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg import relations
from kg.identifiers import country_id, organization_id, person_id
from kg.model import ENTITY_TYPES, STATUSES, derive_status

DATA = Path(__file__).parents[2] / "data"
NEWS = DATA / "news"
SPLITS = {"news": NEWS, "dev": DATA / "gold" / "dev", "test": DATA / "gold" / "test"}
"""Annotations ``data/gold/<split>.jsonl`` and the folder of the texts that they annotate."""


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


BY_SPLIT = {split: rows(DATA / "gold" / f"{split}.jsonl") for split in SPLITS}
GOLD = [record for records in BY_SPLIT.values() for record in records]
FILES = sorted(path for path in NEWS.iterdir() if path.suffix != ".jsonl")
RELATIONS = relations.load()
VALUES = {
    "polarity": {"affirmed", "denied"},
    "modality": {"factual", "possible", "alleged"},
    "time": {"current", "ended"},
    "kind": {"event", "state"},
}
DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
PERIOD = re.compile(rf"{DATE}/{DATE}|{DATE}/\.\.|\.\./{DATE}")

gold = pytest.mark.parametrize("record", GOLD, ids=[record["document"] for record in GOLD])


class Article(HTMLParser):
    """Collects the text of the paragraphs inside ``<article>``."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.paragraphs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("article", "p"):
            self.inside.append(tag)
        if self.inside == ["article", "p"]:
            self.paragraphs += [""] if tag == "p" else []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("article", "p"):
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside == ["article", "p"]:
            self.paragraphs[-1] += data


@cache
def texts() -> dict[str, str]:
    """The text of every annotated document, by its id."""
    return {name: text for folder in SPLITS.values() for name, text in texts_of(folder)}


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.iterdir():
        if path.suffix == ".jsonl":
            yield from ((row["id"], row["text"]) for row in rows(path))
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            page = Article()
            page.feed(text)
            text = "\n\n".join(" ".join(paragraph.split()) for paragraph in page.paragraphs)
        yield f"{folder.name}/{path.name}", text


def status(claim: dict[str, Any]) -> str:
    return derive_status(claim["polarity"], claim["modality"], claim["time"])


def claims() -> list[dict[str, Any]]:
    return [claim for record in GOLD for claim in record["claims"]]


@pytest.mark.parametrize("split", SPLITS)
def test_every_document_has_gold_and_all_gold_has_a_document(split: str) -> None:
    annotated = [record["document"] for record in BY_SPLIT[split]]
    assert sorted(annotated) == sorted(name for name, _ in texts_of(SPLITS[split]))


def test_no_text_is_in_two_splits() -> None:
    assert sum(len(list(texts_of(folder))) for folder in SPLITS.values()) == len(texts()) == len(set(texts().values()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_articles_are_as_long_as_news(path: Path) -> None:
    assert 300 <= len(texts()[path.relative_to(DATA).as_posix()].split()) <= 900


def test_the_sample_shows_every_format() -> None:
    suffixes = Counter(path.suffix for path in NEWS.iterdir())
    assert suffixes.total() == 14
    assert set(suffixes) == {".txt", ".md", ".html", ".jsonl"}


@gold
def test_every_quote_is_in_its_article_and_in_order(record: dict[str, Any]) -> None:
    text, last = texts()[record["document"]], 0
    for claim in record["claims"]:
        assert claim["quote"].strip() == claim["quote"]
        last = text.find(claim["quote"], last)
        assert last >= 0, claim["quote"]


@gold
def test_every_quote_is_unambiguous_in_its_article(record: dict[str, Any]) -> None:
    for claim in record["claims"]:
        assert texts()[record["document"]].count(claim["quote"]) == 1, claim["quote"]


@gold
def test_every_listed_mention_is_in_its_article(record: dict[str, Any]) -> None:
    for entity in record["entities"]:
        assert entity["mentions"], entity["id"]
        for mention in entity["mentions"]:
            found = re.search(rf"(?<!\w){re.escape(mention)}(?!\w)", texts()[record["document"]])
            assert found, mention


@gold
def test_entities_are_well_formed_and_distinct(record: dict[str, Any]) -> None:
    identifiers = [entity["id"] for entity in record["entities"]]
    assert len(set(identifiers)) == len(identifiers)
    for entity in record["entities"]:
        assert entity["type"] in ENTITY_TYPES
        if entity["type"] == "Country":
            code = entity["id"].removeprefix("country/")
            assert re.fullmatch(r"[A-Z]{3,4}", code)
            assert entity["id"] == country_id(code)
        else:
            make = {"Person": person_id, "Organization": organization_id}[entity["type"]]
            assert entity["id"] == make(entity["name"])


@gold
def test_claims_are_between_listed_entities_of_the_right_types(record: dict[str, Any]) -> None:
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    for claim in record["claims"]:
        relation = RELATIONS[claim["relation"]]
        assert types[claim["subject"]] in relation.subject, claim
        assert types[claim["object"]] in relation.object, claim
        assert claim["attributed_to"] is None or claim["attributed_to"] in types, claim
        assert claim["subject"] != claim["object"], claim


@gold
def test_symmetric_claims_put_the_smaller_identifier_first(record: dict[str, Any]) -> None:
    for claim in record["claims"]:
        if RELATIONS[claim["relation"]].symmetric:
            assert claim["subject"] < claim["object"], claim


@gold
def test_claims_have_valid_values(record: dict[str, Any]) -> None:
    for claim in record["claims"]:
        for name, valid in VALUES.items():
            assert claim[name] in valid, claim
        assert claim["period"] is None or PERIOD.fullmatch(claim["period"]), claim


@gold
def test_no_claim_is_annotated_twice(record: dict[str, Any]) -> None:
    keys = [tuple(value for name, value in sorted(claim.items()) if name != "note") for claim in record["claims"]]
    assert len(set(keys)) == len(keys)


def test_entities_keep_their_name_across_documents() -> None:
    names: dict[str, set[str]] = {}
    for record in GOLD:
        for entity in record["entities"]:
            names.setdefault(entity["id"], set()).add(entity["name"])
    assert {identifier: found for identifier, found in names.items() if len(found) > 1} == {}


def test_every_relation_and_every_status_is_shown() -> None:
    assert {claim["relation"] for claim in claims()} == set(RELATIONS)
    assert {status(claim) for claim in claims()} == set(STATUSES)


@pytest.mark.parametrize("relation", ["ally-of", "foe-of", "sells-arms-to", "part-of"])
@pytest.mark.parametrize("split", ["news", "test"])
def test_relations_that_news_disputes_are_shown_in_every_status(relation: str, split: str) -> None:
    claims = [claim for record in BY_SPLIT[split] for claim in record["claims"]]
    assert {status(claim) for claim in claims if claim["relation"] == relation} == set(STATUSES)


def test_some_pairs_are_contested_within_one_article() -> None:
    def pairs(record: dict[str, Any], relation: str) -> set[tuple[str, str]]:
        return {
            (c["subject"], c["object"])
            for c in record["claims"]
            if c["relation"] == relation and status(c) == "asserted"
        }

    assert [record["document"] for record in GOLD if pairs(record, "ally-of") & pairs(record, "foe-of")]
