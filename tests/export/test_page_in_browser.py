"""The page as a reader meets it: driven in Chromium, from a file, with every request and console line watched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.export.html import to_html
from kg.identifiers import claim_id
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph, derive_status
from kg.relations import load

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Browser, Page = sync_api.Browser, sync_api.Page
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")

RELATIONS = load()
EVIL = "</script><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>'\"&"
ISR, AZE, ARM, RUS = "country/ISR", "country/AZE", "country/ARM", "country/RUS"
OREN, BUREAU, CORPS = "person/amir-oren", "organization/bureau", "organization/corps"
ENTITIES = (
    Entity(ISR, "Country", "Israel", ("State of Israel",), ("Jerusalem",), "ISR", "Q801"),
    Entity(AZE, "Country", "Azerbaijan", ("Republic of Azerbaijan",), ("Baku",), "AZE", "Q227"),
    Entity(ARM, "Country", "Armenia", (), ("Yerevan",), "ARM", "javascript:alert(1)"),
    Entity(RUS, "Country", "Russia", (), ("Kremlin",), "RUS", "Q159"),
    Entity(OREN, "Person", "Amir Oren", ("Ö'ren",)),
    Entity(BUREAU, "Organization", EVIL, (EVIL + "2",)),
    Entity(CORPS, "Organization", "Corps"),
)
DOCUMENTS = {
    "a": Document("a", "", "0" * 64, "Jets for Baku", "https://example.org/a?x=1&y=2", "2022-11-21", "The Example"),
    "b": Document("b", "", "0" * 64, EVIL, "javascript:window.pwned=1"),
    "c": Document("c", "", "0" * 64, None, None, "2015-03", None),
}
SAID = [
    ("a", ISR, "sells-arms-to", AZE, "🇦🇿🛩 𝔸zure: {Israel} <sold> “smart” jets 🚀 to [Azerbaijan] in May.", {}),
    ("b", ISR, "sells-arms-to", AZE, "{Israel}-made jets <were sold> to [Baku], Oren said.", {"attributed_to": OREN}),
    ("c", ISR, "ally-of", AZE, "{Israel} and [Azerbaijan] are <allies>.", {}),
    ("a", ISR, "foe-of", AZE, "{Israel} <threatened> [Azerbaijan].", {"kind": "event"}),
    ("a", RUS, "sells-arms-to", ARM, "{Russia} did not <sell> tanks to [Armenia].", {"polarity": "denied"}),
    ("a", RUS, "ally-of", ARM, "{Russia} may become an <ally> of [Armenia].", {"modality": "possible"}),
    ("c", AZE, "foe-of", RUS, "Until 1991 {Azerbaijan} was a <foe> of [Russia].", {"time": "ended", "period": "../1991"}),
    ("b", AZE, "borders", ARM, "{Azerbaijan} <borders> [Armenia].", {"confidence": 0.4}),
    ("c", OREN, "affiliated-with", BUREAU, "{Oren} <works> for [" + EVIL + "].", {"rule": EVIL}),
]


def claim(document: str, subject: str, relation: str, object: str, marked: str, how: dict) -> Claim:
    """A claim from a sentence whose {subject}, <trigger> and [object] are marked; it starts at offset 7."""
    how = {"polarity": "affirmed", "modality": "factual", "time": "current", "kind": "state", "period": None} | how
    how = {"confidence": 0.9, "attributed_to": None, "rule": "rule"} | how
    sentence, spans = marked, {}
    for name, (left, right) in {"subject": "{}", "trigger": "<>", "object": "[]"}.items():
        before, _, rest = sentence.partition(left)
        words, _, after = (rest.rpartition if name == "object" else rest.partition)(right)
        spans[name] = (7 + len(before), 7 + len(before) + len(words))
        sentence = before + words + after
        spans = {key: tuple(n - (n > spans[name][0] + 7) for n in span) for key, span in spans.items()} if 0 else spans
    status = derive_status(how["polarity"], how["modality"], how["time"])
    evidence = Evidence(document, 7, 7 + len(sentence), sentence, *(), **_selectors(spans))
    identifier = claim_id(subject, relation, object, status, how["period"])
    return Claim(id=identifier, subject=subject, relation=relation, object=object, evidence=evidence, **how)
