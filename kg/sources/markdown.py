"""Markdown to an article: front matter becomes metadata, markup goes, code and tables go with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.sources.document import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_MARKDOWN = 20 << 20
"""Most bytes of a Markdown file."""

_FRONT = re.compile(r"\A(?:\ufeff)?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^(\w[\w-]{0,40})\s*:[ \t]*(.+?)\s*$", re.MULTILINE)
_FIELDS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url"),
    "published": ("published", "date", "pubdate", "datepublished", "created"),
    "publisher": ("publisher", "site", "sitename", "source"),
    "language": ("language", "lang"),
}


def read_markdown(text: str) -> Article:
    """The article in a Markdown text: paragraphs, headings and list items, a blank line between.

    The title is that of the front matter (YAML's ``key: value`` lines), else the first heading of the first level.
    """
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    pairs = {key.lower(): value.strip("'\"") for key, value in _PAIR.findall(front[1])} if front else {}
    given = {name: next((pairs[key] for key in keys if key in pairs), None) for name, keys in _FIELDS.items()}
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text[front.end() :] if front else text)
    body = "\n\n".join(part for part in _blocks(tokens) if part)
    return Article(
        text=body,
        title=given["title"] or _heading(tokens),
        url=given["url"],
        published=given["published"],
        publisher=given["publisher"],
        language=given["language"],
    )


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of each block; ``token.children`` hold its words and marks."""
    tables = 0
    for token in tokens:
        tables += (token.type == "table_open") - (token.type == "table_close")
        if token.type == "inline" and not tables:
            yield _inline(token)
        elif token.type == "html_block":
            yield _plain(token.content)


def _inline(token: Token) -> str:
    words = {"softbreak": " ", "hardbreak": "\n"}
    kept = ("text", "code_inline", "text_special")
    return "".join(words.get(t.type, t.content if t.type in kept else "") for t in token.children or ())


def _plain(markup: str) -> str:
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(root, "script", "style", "table", etree.Comment, with_tail=False)
    return str(root.text_content())


def _heading(tokens: Sequence[Token]) -> str | None:
    return next(
        (_inline(after) for token, after in pairwise(tokens) if token.type == "heading_open" and token.tag == "h1"),
        None,
    )
