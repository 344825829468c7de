"""Claims against reference facts: small tables of our own, what they say of each claim, and the report of it.

The tables beside this module were written for this project from public knowledge; a date is as exact as it was sure.
"""

from kg.check.facts import Fact, Facts
from kg.check.own import load_facts
from kg.check.verdict import judge, judge_edges

__all__ = ["Fact", "Facts", "judge", "judge_edges", "load_facts"]
