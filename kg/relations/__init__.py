"""Relations are data: a TOML table each, with types, symmetry, a lexicon and example sentences."""

from kg.relations.table import Example, Relation, class_of, load, slot_of

__all__ = ["Example", "Relation", "class_of", "load", "slot_of"]
