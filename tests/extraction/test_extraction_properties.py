"""What holds of every extraction: exact evidence, valid references, canonical form, the same bytes in every run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction import Extractor
from kg.identifiers import claim_id
from kg.model import Claim, Document, Extraction
from kg.records import extraction_to_record, to_json
from kg.sources import read_sources, to_document

ROOT = Path(__file__).parents[2]
NEWS = ROOT / "data" / "news"


def documents() -> list[Document]:
    return [item for item in read_sources([NEWS]) if isinstance(item, Document)]


def as_bytes(extractions: Iterable[Extraction]) -> bytes:
    """The records, in the order of the documents' ids."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    return "\n".join(to_json(extraction_to_record(extraction)) for extraction in ordered).encode()


@pytest.fixture(scope="module")
def news(extractor: Extractor) -> list[Extraction]:
    """What is read in the articles that come with the project."""
    return list(extractor.extract(documents()))


def check_mentions(extraction: Extraction) -> None:
    text, entities = extraction.document.text, {entity.id: entity for entity in extraction.entities}
    assert [mention.id for mention in extraction.mentions] == list(range(len(extraction.mentions)))
    assert [m.start for m in extraction.mentions] == sorted(m.start for m in extraction.mentions)
    assert set(entities) == {mention.entity for mention in extraction.mentions}
    assert list(entities) == sorted(entities)
    for mention in extraction.mentions:
        assert 0 <= mention.start < mention.end <= len(text) and text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip() != ""
        assert entities[mention.entity].type == mention.type
        if mention.antecedent is not None:
            antecedent = extraction.mentions[mention.antecedent]
            assert antecedent.entity == mention.entity and antecedent.antecedent is None
            assert antecedent.start < mention.start


def check_evidence(claim: Claim, extraction: Extraction) -> None:
    text, evidence = extraction.document.text, claim.evidence
    assert evidence.document == extraction.document.id
    assert text[evidence.start : evidence.end] == evidence.sentence == evidence.sentence.strip() != ""
    for entity, span, number in (
        (claim.subject, evidence.subject_span, evidence.subject_mention),
        (claim.object, evidence.object_span, evidence.object_mention),
    ):
        mention = extraction.mentions[number]
        assert mention.entity == entity and (mention.start, mention.end) == span
        assert evidence.start <= span[0] < span[1] <= evidence.end
    assert list(evidence.triggers) == sorted(set(evidence.triggers))
    for start, end in evidence.triggers:
        assert evidence.start <= start < end <= evidence.end
        assert text[start:end] == text[start:end].strip() != ""


def check_claim(claim: Claim, extraction: Extraction, extractor: Extractor) -> None:
    relation = extractor.relations[claim.relation]
    entities = {entity.id: entity for entity in extraction.entities}
    assert claim.id == claim_id(claim.subject, claim.relation, claim.object, claim.status, claim.period)
    assert claim.subject != claim.object
    assert entities[claim.subject].type in relation.subject and entities[claim.object].type in relation.object
    assert not relation.symmetric or claim.subject < claim.object
    assert 0 <= claim.confidence <= 1 and claim.confidence == round(claim.confidence, 2)
    assert claim.rule.startswith(f"{claim.relation}:")
    assert claim.attributed_to is None or claim.attributed_to in entities
    assert claim.polarity in ("affirmed", "denied") and claim.modality in ("factual", "possible", "alleged")
    assert claim.time in ("current", "ended") and claim.kind in ("event", "state")


def check(extraction: Extraction, extractor: Extractor) -> None:
    check_mentions(extraction)
    for claim in extraction.claims:
        check_evidence(claim, extraction)
        check_claim(claim, extraction, extractor)
    keys = [(claim.id, claim.evidence.start) for claim in extraction.claims]
    assert len(keys) == len(set(keys))
    assert [c.evidence.start for c in extraction.claims] == sorted(c.evidence.start for c in extraction.claims)


def test_the_articles_make_claims_of_every_relation(news: list[Extraction], extractor: Extractor) -> None:
    claims = [claim for extraction in news for claim in extraction.claims]
    assert len(claims) > 100 and {claim.relation for claim in claims} == set(extractor.relations)
    assert {claim.status for claim in claims} == {"asserted", "denied", "possible", "ended"}


def test_evidence_and_references_are_exact_in_every_article(news: list[Extraction], extractor: Extractor) -> None:
    for extraction in news:
        check(extraction, extractor)


def test_every_claim_shows_what_made_it(news: list[Extraction]) -> None:
    """Only where the names themselves make the claim ("Ann Lee of Oxfam") is there no other word to show."""
    bare = [claim for extraction in news for claim in extraction.claims if not claim.evidence.triggers]
    assert {claim.relation for claim in bare} <= {"affiliated-with", "leads", "part-of"}


def test_another_number_of_threads_gives_the_same_bytes(news: list[Extraction]) -> None:
    assert as_bytes(Extractor(threads=2).extract(documents())) == as_bytes(news)


def test_another_order_of_the_documents_gives_the_same_bytes(news: list[Extraction], extractor: Extractor) -> None:
    assert as_bytes(extractor.extract(documents()[::-1])) == as_bytes(news)


SCRIPT = """
import hashlib, sys
from kg.extraction import Extractor
from kg.model import Document
from kg.records import extraction_to_record, to_json
from kg.sources import read_sources

items = [item for item in read_sources([sys.argv[1]]) if isinstance(item, Document)]
records = [to_json(extraction_to_record(extraction)) for extraction in Extractor().extract(items)]
print(hashlib.sha256("\\n".join(records).encode()).hexdigest())
"""


def test_another_process_with_another_hash_seed_gives_the_same_bytes(news: list[Extraction]) -> None:
    digests = set()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", SCRIPT, str(NEWS)]
        digests.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip())
    records = "\n".join(to_json(extraction_to_record(extraction)) for extraction in news)
    assert digests == {hashlib.sha256(records.encode()).hexdigest()}


PIECES = st.sampled_from(
    "Israel Azerbaijan Iran the Baku sold missiles to attacked its allies border with Prime Minister Yair Lapid said that "
    "both countries , . \n\n “ ” ( ) not may former - – 's 🚀 NATO Hezbollah president of and US U.S. 1990 since \u200b it "
    "\x07 \ufeff e\u0301 ??? ' United Arab Emirates".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_no_text_breaks_the_extractor(extractor: Extractor, text: str) -> None:
    check(next(extractor.extract([to_document(text)])), extractor)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", "", "  ", "\n"]))
def test_no_jumble_of_names_and_words_breaks_the_extractor(extractor: Extractor, pieces: list[str], glue: str) -> None:
    check(next(extractor.extract([to_document(glue.join(pieces))])), extractor)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "Israel", "Israel Israel", "’s", "(" * 500, "Iran-" * 50])
def test_the_smallest_and_oddest_texts_are_read(extractor: Extractor, text: str) -> None:
    extraction = next(extractor.extract([Document("d", text, "0" * 64)]))
    check(extraction, extractor)
    assert extraction.document.text == text and extraction.claims == ()


def test_the_same_sentence_says_the_same_wherever_it_stands(extractor: Extractor) -> None:
    sentence, around = "Israel sold missiles to Azerbaijan.", "The weather was fine."
    found, alone, together = set(), set(), set()
    for text in (sentence, f"{around}\n\n{sentence}", f"{sentence}\n\n{around}", f"{around} {sentence} {around}"):
        (claim,) = next(extractor.extract([Document("d", text, "0" * 64)])).claims
        found.add((claim.id, claim.rule, claim.evidence.sentence))
        (together if f" {sentence} " in text else alone).add(claim.confidence)
    assert len(found) == len(alone) == 1, "what stands in other paragraphs makes no difference"
    assert abs(together.pop() - alone.pop()) < 0.05, "what stands beside it in the paragraph hardly any"


def test_the_fingerprint_changes_with_the_relations_and_nothing_else(extractor: Extractor, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[hosts]\nexamples = ["<subject:Austria> hosts <object:Oxfam>."]', "utf-8")
    assert Extractor(threads=3).fingerprint == extractor.fingerprint
    assert Extractor(relations=[own]).fingerprint != extractor.fingerprint
