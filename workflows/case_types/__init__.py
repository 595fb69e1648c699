"""Every case type the organisation handles. A new one is a file and a line here."""

from typing import Final

from workflows.case_types.base import CaseType
from workflows.case_types.complaint import COMPLAINT
from workflows.case_types.deviation import DEVIATION
from workflows.case_types.ivo_notification import IVO_NOTIFICATION
from workflows.case_types.lex_sarah import LEX_SARAH

CASE_TYPES: Final[dict[str, CaseType]] = {
    kind.name: kind for kind in (DEVIATION, COMPLAINT, LEX_SARAH, IVO_NOTIFICATION)
}

__all__ = ["CASE_TYPES", "CaseType"]
