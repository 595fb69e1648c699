"""Kinds of cases in groups, by the names of `workflows.case_types`: whom a row is about."""

from typing import Final

DEVIATION: Final = frozenset({"deviation"})
COMPLAINT: Final = frozenset({"complaint"})
LEX_SARAH: Final = frozenset({"lex_sarah"})
IVO: Final = frozenset({"ivo_notification"})

OUTSIDE: Final = DEVIATION | COMPLAINT
"""What is no matter of misconduct."""
MISCONDUCT: Final = LEX_SARAH | IVO
REPORTED: Final = OUTSIDE | LEX_SARAH
"""What begins with a report."""
EVERY: Final = REPORTED | IVO
