"""Names that the reader missed although the document gives them in full elsewhere: "Sadat" after "Anwar Sadat"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORTEST = 3
"""Letters that a name must have for a bare word to be taken for it."""


def repeated(doc: Doc, people: Sequence[tuple[int, int]], taken: Collection[int]) -> Iterator[int]:
    """Positions of proper nouns that stand alone and are the last word of somebody's full name, in the order of the text.

    ``people`` are the (first token, token after the last) of people by name; ``taken`` are tokens of other names.
    """
    surnames = {doc[end - 1].text for start, end in people if end - start > 1 and len(doc[end - 1]) >= _SHORTEST}
    for token in doc:
        if token.text in surnames and token.i not in taken and token.pos_ == "PROPN" and _stands_alone(token):
            yield token.i


def _stands_alone(token: Token) -> bool:
    """Whether no other proper noun makes a longer name with it ("Sadat City")."""
    beside = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    return not any(other.pos_ == "PROPN" and token in (other.head, *other.children) for other in beside)
