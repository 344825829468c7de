"""What a line of a page is, by its own words: the first half of removing boilerplate."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

LineKind = Literal["furniture", "appeal", "list", "menu", "plea", "fragment", "prose"]
"""furniture: a button, label or link. appeal: certainly the site speaking to its reader (sign up, donate, rights).
list: a heading over links. menu: an entry of a menu. plea: a sentence that may be such an appeal. fragment: no
sentence, so a title, caption, heading or link. prose: anything else."""

_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*»|(?<!\w)‘[^‘’]{1,400}’(?!\w)")
_WORD = re.compile(r"[\w’'.&@-]*\w")
_END = re.compile(r"[.!?…;:]['\"”’)\]»]*$")
_EDGES = " .,:;!?|·•›»>→-–—*()[]…"
_SEPARATED = re.compile(r"\s*[|·•›»>]\s*|\s{2,}")
_JUDGED = 1000  # code points of a line that are looked at: enough to judge it, and it bounds what a hostile one costs
LONGEST_FRAGMENT = 30
"""Words above which a line counts as a sentence even without the punctuation of one."""
LONGEST_APPEAL = 20
"""Words above which a fragment is no button or heading, so no certain appeal."""
LONG_SENTENCE = 25
"""Words above which one word of the site's vocabulary is not enough to doubt a paragraph."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    furniture: re.Pattern[str]
    certain: re.Pattern[str]
    lists: re.Pattern[str]
    link: re.Pattern[str]
    call: re.Pattern[str]
    address: re.Pattern[str]
    site: re.Pattern[str]
    navigation: re.Pattern[str]


def classify_line(line: str) -> LineKind:
    """The kind of one line, judged alone; quotations in it are other people's words and do not count.

    >>> classify_line("Share this article"), classify_line("Israel sells drones to Azerbaijan.")
    ('furniture', 'prose')
    """
    words = _vocabulary()
    ends, line = _END.search(line[-10:]) is not None, line[:_JUDGED]
    bare, plain = line.strip(_EDGES), _QUOTED.sub(" ", line).strip()
    if not bare or words.furniture.fullmatch(bare) or _is_menu_bar(line):
        return "appeal" if words.site.search(bare) else "furniture"
    if words.certain.search(plain):
        return "appeal"
    count = len(_WORD.findall(line))
    calls, address = words.call.match(plain) is not None, len(words.address.findall(plain))
    site = len(words.site.findall(plain)) if calls or address else 0
    if not ((ends and count > 3) or count > LONGEST_FRAGMENT):
        return _fragment(bare, plain, count, site > 0 and calls)
    if not site or (count > LONG_SENTENCE and site < 2):
        return "prose"
    return "appeal" if site >= 2 and 2 * site + address >= 0.7 * count else "plea"


def _fragment(bare: str, plain: str, count: int, calls: bool) -> LineKind:
    words = _vocabulary()
    if words.lists.fullmatch(bare):
        return "list"
    if words.link.match(plain):
        return "furniture"
    if count <= 3 and words.navigation.fullmatch(bare):
        return "menu"
    return "appeal" if calls and count <= LONGEST_APPEAL else "fragment"


def _is_menu_bar(line: str) -> bool:
    """Entries side by side: "Home | News | Sport | Opinion"."""
    parts = [part for part in _SEPARATED.split(line) if part.strip()]
    return len(parts) >= 4 and all(len(part.split()) <= 3 and not _END.search(part) for part in parts)


@cache
def _vocabulary() -> _Vocabulary:
    table: dict[str, Any] = tomllib.loads(files("kg.sources").joinpath("boilerplate.toml").read_text("utf-8"))

    def compiled(name: str, start: str = "", end: str = "") -> re.Pattern[str]:
        entries = table[name] if isinstance(table[name], list) else [table[name]]
        return re.compile(start + "(?:" + "|".join(entries) + ")" + end, re.IGNORECASE)

    return _Vocabulary(
        furniture=compiled("furniture"), certain=compiled("certain"), lists=compiled("lists"), link=compiled("link"),
        call=compiled("call", end=r"\b"), address=compiled("address", r"\b", r"\b"),
        site=compiled("site", r"\b", r"\b"), navigation=compiled("navigation"),
    )  # fmt: skip
