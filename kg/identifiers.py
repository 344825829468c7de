"""Every identifier is made here, from content alone: the same thing has the same name in every run and on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

BASE_IRI = "https://w3id.org/kg-from-news/"
"""Default base: the IRI of a thing is this plus its identifier."""

ONTOLOGY_IRI = "https://w3id.org/kg-from-news/ontology#"


def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens; letters that have no ASCII form are kept.

    >>> slug("Ursula von der Leyen"), slug("Société Générale"), slug("Al-Qa'ida")
    ('ursula-von-der-leyen', 'societe-generale', 'al-qaida')
    """
    folded = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "").replace("`", ""))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "x" + digest(name)


def digest(*parts: str | None, length: int = 16) -> str:
    """First ``length`` hex digits of the SHA-256 of the parts, unambiguous in their boundaries and in None."""
    data = "\x1f".join("\x00" if p is None else "+" + p for p in parts)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def country_id(code: str) -> str:
    """``country/AZE``: ISO 3166-1 alpha-3, ``XKX`` for Kosovo, four letters of ISO 3166-3 for states that are gone."""
    return f"country/{code}"


def person_id(name: str) -> str:
    """``person/yair-lapid``."""
    return f"person/{slug(name)}"


def organization_id(name: str) -> str:
    """``organization/mossad``."""
    return f"organization/{slug(name)}"


def claim_id(subject: str, relation: str, object: str, status: str, period: str | None) -> str:
    """``claim/<hash of what it says>``: claims that say the same share it, whoever makes them."""
    return "claim/" + digest(subject, relation, object, status, period)


def evidence_id(claim: str, document: str, start: int, end: int) -> str:
    """``evidence/<hash>``: one for a claim in a sentence of a document."""
    return "evidence/" + digest(claim, document, str(start), str(end))


def document_iri_part(document: str) -> str:
    """``document/news/a1.txt``, percent-encoded so that any id makes a valid IRI."""
    return "document/" + quote(document, safe="/-._~")


def iri(identifier: str, base: str = BASE_IRI) -> str:
    """The IRI of an identifier that the functions above made.

    >>> iri("country/AZE")
    'https://w3id.org/kg-from-news/country/AZE'
    """
    return base + quote(identifier, safe="/-._~%")
