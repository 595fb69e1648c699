"""Reads a report and suggests what it is, with the stretches of text it built on."""

from workflows.classify.words import MODEL, Suggestion, suggest

__all__ = ["MODEL", "Suggestion", "suggest"]
