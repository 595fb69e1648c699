"""A case as those who work with it see it: opened words, names, clocks, gates, timeline."""

from services.case_view.view import CaseView, case_view

__all__ = ["CaseView", "case_view"]
