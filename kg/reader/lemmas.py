"""Lemmas from a word and its part of speech.

Open classes go through lemminflect (a dictionary of English inflections with rules for unknown words); the closed
classes are a table. Names keep their form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_CLOSED = {
    "n't": "not", "nt": "not", "an": "a", "'ve": "have", "'ll": "will", "wo": "will", "ca": "can", "sha": "shall",
    "me": "I", "i": "I", "my": "my", "him": "he", "us": "we", "them": "they", "these": "this", "those": "that",
    "himself": "himself", "na": "to", "would": "would", "could": "could", "should": "should", "might": "might",
}  # fmt: skip
_AUXILIARIES = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "be": "be",
    "'m": "be", "'re": "be", "'s": "be", "has": "have", "had": "have", "having": "have", "have": "have",
    "does": "do", "did": "do", "doing": "do", "done": "do", "do": "do", "'d": "would", "got": "get", "gets": "get",
}  # fmt: skip
_KEPT = {"more": "more", "most": "most", "other": "other", "united": "united", "people": "people", "data": "data"}
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


@cache
def lemmatize(word: str, part_of_speech: str) -> str:
    """Lemma of a word form with its Universal part of speech.

    >>> lemmatize("sold", "VERB"), lemmatize("allies", "NOUN"), lemmatize("Allies", "PROPN")
    ('sell', 'ally', 'Allies')
    """
    if part_of_speech == "PROPN":
        return word
    lower = word.lower().replace("’", "'")
    if part_of_speech == "AUX" and lower in _AUXILIARIES:
        return _AUXILIARIES[lower]
    if part_of_speech == "VERB" and lower in _AUXILIARIES:
        return {"'d": "have"}.get(lower, _AUXILIARIES[lower])
    if lower in _CLOSED:
        return _CLOSED[lower]
    if part_of_speech not in _OPEN or lower in _KEPT:
        return _KEPT.get(lower, lower)
    if part_of_speech in ("ADJ", "ADV") and not lower.endswith(("er", "est")) and lower not in ("worse", "worst"):
        return lower  # only degree is inflected: "shared", "Israeli" are their own lemmas
    found = _dictionary()(lower, upos=part_of_speech)
    return found[0] if found else lower


@cache
def _dictionary() -> Callable[..., tuple[str, ...]]:
    from lemminflect import getLemma
    from spacy.tokens import Token

    for name in ("lemma", "inflect"):  # lemminflect registers these on import; nothing here uses them
        if Token.has_extension(name):
            Token.remove_extension(name)
    lookup: Callable[..., tuple[str, ...]] = getLemma
    return lookup
