"""The documents of a lex Sarah case and the pack for IVO: plain facts in, bytes out.

No database and no web. Making a document blocks for some hundredths of a second; an async
caller gives it to a thread.
"""

from services.documents.complete import Missing, missing, warnings
from services.documents.content import (
    Attachment,
    Cause,
    Citation,
    Contact,
    Content,
    Decision,
    Event,
    Measure,
    NotePoint,
    Numbers,
    Operation,
    Person,
    Position,
    Protection,
    Questions,
    Sender,
)
from services.documents.decision import decision_pdf
from services.documents.field_sheet import MARK, field_sheet_pdf, filled_in
from services.documents.form import to_copy
from services.documents.investigation import investigation_pdf
from services.documents.pack import (
    DECISION,
    INVESTIGATION,
    MANIFEST,
    SHEET,
    WHAT,
    Pack,
    PackFile,
    build,
)
from services.documents.typeset import NotTypeset, picture

__all__ = [
    "DECISION",
    "INVESTIGATION",
    "MANIFEST",
    "MARK",
    "SHEET",
    "WHAT",
    "Attachment",
    "Cause",
    "Citation",
    "Contact",
    "Content",
    "Decision",
    "Event",
    "Measure",
    "Missing",
    "NotTypeset",
    "NotePoint",
    "Numbers",
    "Operation",
    "Pack",
    "PackFile",
    "Person",
    "Position",
    "Protection",
    "Questions",
    "Sender",
    "build",
    "decision_pdf",
    "field_sheet_pdf",
    "filled_in",
    "investigation_pdf",
    "missing",
    "picture",
    "to_copy",
    "warnings",
]
