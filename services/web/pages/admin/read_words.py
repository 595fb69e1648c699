"""Says what somebody read, as the log of readings names it."""

from typing import Final

READ: Final = {
    "case.read": "Läste ärendet",
    "report.read_own": "Läste sin egen rapport",
    "answers.read": "Läste svaret med kod",
    "measure.read": "Läste sina åtgärder",
    "attachment.list": "Såg listan över filer",
    "attachment.read": "Öppnade en fil",
    "document.investigation": "Hämtade utredningen",
    "document.decision": "Hämtade beslutet",
    "ivo_pack.draft": "Tog fram underlag till IVO",
    "ivo_pack.read": "Hämtade underlag till IVO",
}


def read_says(what: str) -> str:
    """Say what was read."""
    return READ.get(what, f"Läste ({what})")
