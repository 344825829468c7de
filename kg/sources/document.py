"""From what a format's reader found to a :class:`~kg.model.Document`: one place decides text, title, date and URL."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.model import Document
from kg.sources.boilerplate import remove_boilerplate
from kg.sources.dates import date_in_path, date_in_text, iso_date
from kg.sources.normalize import normalize, one_line
from kg.sources.title import find_title


@dataclass(frozen=True, slots=True)
class Article:
    """What a source says of one article, as found; ``published`` is anything that :mod:`kg.sources.dates` reads."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: object = None
    publisher: str | None = None
    language: str | None = None


def to_document(
    text: str,
    *,
    id: str = "text",
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> Document:
    """A document from plain text: normalised, without page boilerplate, with its title and date where it states them.

    The title is not added to the text where the text lacks it. The text may be empty.
    """
    return make_document(Article(text, id, title, url, published, publisher, language), id, digest(text))


def make_document(article: Article, id: str, sha256: str) -> Document:
    """The document of an article: ``id`` is used where the article has none. The date is the one given, else that of
    the first lines, of the URL, of the id."""
    normal = normalize(article.text)
    text = remove_boilerplate(normal)
    name, url = one_line(article.id) or id, clean_url(article.url)
    stated = iso_date(article.published) or date_in_text(normal.split("\n"))
    return Document(
        id=name,
        text=text,
        sha256=sha256,
        title=one_line(article.title) or find_title(text),
        url=url,
        published=stated or date_in_path(url or "") or date_in_path(name),
        publisher=one_line(article.publisher),
        language=one_line(article.language),
    )


def digest(data: str | bytes) -> str:
    """The SHA-256 of the raw input, in hex."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


def clean_url(url: str | None) -> str | None:
    """An http(s) URL that is a valid IRI, what is not allowed in one percent-encoded; None for anything else.

    >>> clean_url("https://example.org/a b?q=<x>"), clean_url("javascript:alert(1)")
    ('https://example.org/a%20b?q=%3Cx%3E', None)
    """
    text = one_line(url)
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    if text is None or parts.scheme.lower() not in ("http", "https") or not re.match(r"[\w.\[:-]", parts.netloc):
        return None
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~")
