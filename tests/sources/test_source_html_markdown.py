"""Promises about HTML and Markdown."""

from __future__ import annotations

import logging
import socket

import pytest

from kg.sources.decode import NotText
from kg.sources.document import clean_url, make_document
from kg.sources.html import MAX_ATTRIBUTES, read_html
from kg.sources.markdown import read_markdown

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Togo sells trucks | The Example</title>
<link rel="canonical" href="https://example.org/world/togo-trucks"/>{meta}
<meta property="og:site_name" content="The Example"/><meta property="og:title" content="Togo sells trucks"/></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav><article><h1>Togo sells trucks</h1>
<p>Togo &amp; Benin agreed on Monday on the sale of two hundred trucks, the ministry of trade said in a statement.</p>
<p>It was the first sale since 12 March 2015, when the two met in Lom\u00e9 for talks about trade, oil and arms.</p>
<table><tr><td>Trucks</td><td>200</td></tr></table></article><div class="comments"><p>Nice, says a reader.</p></div>
<script src="https://example.org/x.js"></script><img src="https://example.org/x.png">
<footer>\u00a9 2023 The Example. All rights reserved.</footer></body></html>"""
DATED = PAGE.format(meta='<meta property="article:published_time" content="2022-11-21T10:00:00Z"/>')


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was used")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("offline")
def test_a_page_gives_its_paragraphs_and_what_it_says_of_itself_without_the_network() -> None:
    document = make_document(read_html(DATED.encode()), "togo.html", "0" * 64)
    assert document.text == (
        "Togo sells trucks\n\n"
        "Togo & Benin agreed on Monday on the sale of two hundred trucks, the ministry of trade said in a statement."
        "\n\n"
        "It was the first sale since 12 March 2015, when the two met in Lom\u00e9 for talks about trade, oil and arms."
    )
    assert document.title == "Togo sells trucks"
    assert document.url == "https://example.org/world/togo-trucks"
    assert (document.published, document.publisher, document.language) == ("2022-11-21", "The Example", "en-GB")


def test_a_date_that_the_article_only_tells_of_is_not_its_own() -> None:
    assert read_html(PAGE.format(meta="").encode()).published is None


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252", "iso-8859-15"])
def test_a_page_is_read_in_the_charset_it_declares(charset: str) -> None:
    page = DATED.replace("<head>", f'<head><meta charset="{charset}">')
    assert "Lom\u00e9" in read_html(page.encode(charset)).text


def test_a_fragment_without_an_article_still_gives_its_text() -> None:
    assert read_html(b"<p>Israel sells arms to Chad.</p>").text == "Israel sells arms to Chad."


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"   \n",
        b"<!-- only a comment -->",
        b"<p " + b" ".join(b"a%d=1" % i for i in range(MAX_ATTRIBUTES * 5)) + b">x</p>",
    ],
)
def test_a_page_that_cannot_be_read_raises_in_words(bad: bytes) -> None:
    with pytest.raises(ValueError, match=r"HTML|empty"):
        read_html(bad)


def test_a_deeply_nested_page_does_not_end_the_process() -> None:
    assert isinstance(read_html(b"<div>" * 50_000 + b"x").text, str)


def test_an_image_named_html_is_refused() -> None:
    with pytest.raises(NotText, match="PNG"):
        read_html(b"\x89PNG\r\n\x1a\n\x00\x00")


def test_reading_a_page_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    read_html(b"<div></div>")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").propagate


MARKDOWN = """\
---
title: "Togo sells trucks"
date: 2022-11-21
link: https://example.org/togo
tags: [a, b]
---
# A heading

**Togo** sold [two hundred trucks](https://example.org/t) to
*Benin*, `as reported`.[^1] ![a photo of trucks](t.png)

- first item
- second item

```python
print("code")
```

| a | b |
|---|---|
| cell | cell |

> Benin's minister: &ldquo;We are friends.&rdquo;

<div>A <b>box</b><script>evil()</script></div>
"""


def test_markdown_gives_its_words_and_its_front_matter() -> None:
    article = read_markdown(MARKDOWN)
    assert article.text == (
        "A heading\n\nTogo sold two hundred trucks to Benin, as reported.[^1] \n\nfirst item\n\nsecond item\n\n"
        "Benin's minister: “We are friends.”\n\nA box\n"
    )
    assert article.title == "Togo sells trucks"
    assert (article.url, article.published) == ("https://example.org/togo", "2022-11-21")


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert read_markdown("Intro.\n\n## Part\n\n# The *title*\n\nText.").title == "The title"
    assert read_markdown("---\n\nA rule is no front matter.").title is None


@pytest.mark.parametrize("bomb", ["[" * 20_000, ">" * 20_000, "*a " * 20_000, "<" * 20_000, "- " * 5_000, "`" * 20_000])
def test_hostile_markdown_is_read_in_bounded_time(bomb: str) -> None:
    assert isinstance(read_markdown(bomb).text, str)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" https://example.org/a b<c> ", "https://example.org/a%20b%3Cc%3E"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("http://[::1", None),
        ("example.org/a", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_web_address_that_is_a_valid_iri_is_kept(url: str | None, clean: str | None) -> None:
    assert clean_url(url) == clean
