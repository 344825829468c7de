"""HTML to an article, by trafilatura and htmldate. Nothing is fetched: neither is given an address, only bytes.

Chosen after both were found to take a string without touching the network, and dates without the clock once their
bounds are given. We rejected readability ports, which lose the metadata.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from kg.sources.decode import decode
from kg.sources.document import Article

MAX_HTML = 20 << 20
"""Most bytes of a page (trafilatura's own limit)."""
MAX_DEPTH = 500
"""Most levels of nesting of a page's elements; above it the extractors' recursion would end the process."""

MAX_ATTRIBUTES = 1000
"""Most attributes of a tag: the parser is quadratic in them."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-12-31"}
_PROSE = 100
_SHORTEST = 60


def read_html(data: bytes) -> Article:
    """The article on a page: text in paragraphs, title, address, date, site and language as the page states them.

    Comments and tables are left out. Raises :class:`~kg.sources.decode.NotText` for binary data and ValueError for a
    page that cannot be parsed.
    """
    from lxml import html  # type: ignore[import-untyped, unused-ignore]

    _keep_quiet()
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared[1].decode("ascii") if declared else None)
    if not page.strip():
        raise ValueError("an empty page")
    try:
        if any(len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(page)):
            raise ValueError(f"one of its tags has more than {MAX_ATTRIBUTES} attributes")
        tree = html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
        if _is_deep(tree):
            raise ValueError(f"its elements are nested more than {MAX_DEPTH} deep")
        metadata = _metadata(tree)
        text = _text(tree)
    except Exception as error:  # whatever a page makes the libraries raise, that page alone is skipped
        raise ValueError(f"not readable as HTML: {error or type(error).__name__}") from error
    return Article(
        text=text,
        title=metadata.title,
        url=metadata.url,
        published=metadata.date,
        publisher=metadata.sitename,
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _text(tree: Any) -> str:
    """Paragraphs parted by blank lines; where trafilatura finds no article, all the text there is."""
    from copy import deepcopy

    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORTEST)  # below it paragraphs would be run together
    found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=False, config=config)
    text = (getattr(found, "text", "") if found else "") or _all_text(tree)
    lines = (re.sub(r"^- ", "", line.strip()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _all_text(tree: Any) -> str:
    """Every block's text on a line of its own."""
    from copy import deepcopy

    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    tree = deepcopy(tree)
    etree.strip_elements(tree, "script", "style", "head", "noscript", "template", etree.Comment, with_tail=False)
    for block in tree.iter("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote"):
        block.tail = "\n" + (block.tail or "")
        block.text = "\n" + (block.text or "")
    return str(tree.text_content())


def _metadata(tree: Any) -> Any:
    """Title, URL, date and site. The date is looked for outside the paragraphs: those tell of other days."""
    from copy import deepcopy

    from trafilatura.metadata import extract_metadata

    skeleton = deepcopy(tree)
    for paragraph in list(skeleton.iter("p")):
        if len(paragraph.text_content()) > _PROSE:
            paragraph.drop_tree()
    return extract_metadata(skeleton, date_config=dict(_DATES), extensive=False)


def _is_deep(tree: Any) -> bool:
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _keep_quiet() -> None:
    """Keep the libraries' log records off stderr when the program has no logging of its own (as a library's do)."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
