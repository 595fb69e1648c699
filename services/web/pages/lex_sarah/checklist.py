"""What a pack lacks, part by part of the form, and where each thing is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from services.ivo_pack.sheet import Lack, Sheet


class Place(NamedTuple):
    """Where a thing stands in the form and where it is written.

    `part` counts from the top of the form; beyond the form are `_INFORMED` and `_FILES`.
    `field` is one of the pack's own; otherwise `step` is taken in the notification, or, with
    `parent`, in the lex Sarah case it came from.
    """

    part: int
    field: str = ""
    step: str = ""
    parent: bool = False


_INFORMED: Final = 9
_FILES: Final = 10
_BEYOND: Final = ("Den enskilde", "Bilagor")
PLACES: Final[Mapping[str, Place]] = {
    "registry": Place(0, step="register"),
    "ground": Place(0, "ground"),
    "decision_agrees": Place(0, "ground"),
    "sender": Place(1, "sender-name"),
    "sender_municipality": Place(1, "sender-municipality"),
    "sender_number": Place(2, "sender-org_number"),
    "sender_address": Place(2, "sender-address"),
    "contact": Place(2, "sender-contact-name"),
    "contact_way": Place(2, "sender-contact-phone"),
    "operation": Place(3, "operation-address"),
    "operation_address": Place(3, "operation-address"),
    "operation_municipality": Place(3, "operation-municipality"),
    "operation_kind": Place(3, "operation-kind"),
    "occurred": Place(3, "began"),
    "description": Place(4, "description"),
    "consequences": Place(4, "consequences"),
    "operation_law": Place(6, step="correct-report", parent=True),
    "protection": Place(7, step="receive-lex-sarah", parent=True),
    "protection_when": Place(7, step="receive-lex-sarah", parent=True),
    "signer": Place(8, "signer_name"),
    "individual_informed": Place(_INFORMED, step="answer-question", parent=True),
    "individual_informed_why": Place(_INFORMED, step="answer-question", parent=True),
    "attachment_unsendable": Place(_FILES, "attachments"),
}
"""By the code of what is lacking; a test asks that none is missing."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Something that is lacking, and the address where it is written."""

    says: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the form, and what is lacking in it."""

    title: str
    lacks: list[Mend]


def checklist(sheet: Sheet, case_id: UUID, parent: UUID | None) -> list[Row]:
    """List the parts of the form in its order, each with what is lacking."""
    titles = (*(it.title for it in sheet.parts), *_BEYOND)
    return [
        Row(
            title,
            [
                Mend(it.says, _href(PLACES[it.code], case_id, parent))
                for it in sheet.missing
                if _part(it) == nth
            ],
        )
        for nth, title in enumerate(titles)
    ]


def _part(lack: Lack) -> int:
    return PLACES[lack.code].part


def _href(place: Place, case_id: UUID, parent: UUID | None) -> str:
    if place.field:
        return f"/lex-sarah/{case_id}/underlag#{place.field}"
    about = "?question=individual_informed" if place.step == "answer-question" else ""
    return f"/arende/{parent if place.parent else case_id}/{place.step}{about}"
