"""Which characters a format can carry. Every replacement is one for one, so that offsets hold."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encodable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot encode, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text with what XML 1.0 cannot hold as U+FFFD, and the CR that its parsers would change as LF."""
    return _NOT_XML.sub("\ufffd", text.replace("\r", "\n"))
