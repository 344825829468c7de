"""Claims as short as a test can say them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.identifiers import claim_id
from kg.model import Claim, Evidence, derive_status

MANNERS = {
    "asserted": ("affirmed", "factual", "current"),
    "denied": ("denied", "factual", "current"),
    "possible": ("affirmed", "possible", "current"),
    "ended": ("affirmed", "factual", "ended"),
}


def identifier(name: str) -> str:
    """``country/CHN`` of CHN; what has a slash stays."""
    return name if "/" in name else f"country/{name}"


@pytest.fixture(scope="session")
def claim_of() -> Callable[..., Claim]:
    """A claim from "CHN borders RUS", its status and period, and the document that makes it."""

    def _claim_of(said: str, status: str = "asserted", period: str | None = None, document: str = "d") -> Claim:
        first, relation, second = said.split()
        subject, object = identifier(first), identifier(second)
        if relation in ("borders", "ally-of", "foe-of"):
            subject, object = sorted((subject, object))
        manner: Any = MANNERS[status]
        evidence = Evidence(document, 0, len(said), said, (0, 1), (1, 2), (), 0, 1)
        key = claim_id(subject, relation, object, derive_status(*manner), period)
        return Claim(key, subject, relation, object, *manner, "state", period, 0.9, None, "rule", evidence)

    return _claim_of
