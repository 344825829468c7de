"""What was skipped while reading, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A record or file that was skipped. ``where`` is a file, or ``file:line``, or ``file#row``; ``reason`` says why.

    Both are one line of printable text, whatever a hostile file name or record holds.
    """

    where: str
    reason: str

    def __post_init__(self) -> None:
        """Escape line breaks, terminal codes and the like."""
        object.__setattr__(self, "where", printable(self.where))
        object.__setattr__(self, "reason", printable(self.reason))

    def __str__(self) -> str:
        """One line, for a person."""
        return f"{self.where}: {self.reason}"


def printable(text: str) -> str:
    r"""The text with every unprintable character escaped, as one line.

    >>> printable("a\x1b[31m\nb")
    'a\\x1b[31m\\nb'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
