"""Every case type the organisation handles. A new one is a file and a line here."""

from typing import Final

from workflows.case_types.base import CaseType
from workflows.case_types.deviation import DEVIATION

CASE_TYPES: Final[dict[str, CaseType]] = {kind.name: kind for kind in (DEVIATION,)}

__all__ = ["CASE_TYPES", "CaseType"]
