"""Names of countries and organizations: tables written for this project, and their loader."""

from kg.gazetteer.tables import Confusable, Country, Gazetteer, Leader, Organization, load, needs_cue

__all__ = ["Confusable", "Country", "Gazetteer", "Leader", "Organization", "load", "needs_cue"]
