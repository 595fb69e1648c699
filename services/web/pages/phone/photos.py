"""Puts a report's photos to its case, once, however often the envelope comes."""

from typing import Final
from uuid import UUID, uuid5

from infra import clock
from infra.db import transaction
from infra.store import StaleCase
from infra.vault import attachments
from infra.vault.attachments import AttachmentRefused
from infra.vault.case_keys import CaseErased
from services.execute import Given, execute
from services.intake.accept import Report
from workflows import Refusal
from workflows.commands import AddAttachment

_TRIES: Final = 3


async def keep(report: Report, case_id: UUID, photos: list[bytes]) -> int:
    """Keep the photos as files of the case; return how many could not be taken.

    The ids come of the case's, so that sending again adds nothing.
    """
    refused = 0
    for n, photo in enumerate(photos, start=1):
        try:
            await _one(report, case_id, n, photo)
        except (AttachmentRefused, CaseErased, Refusal):
            refused += 1
    return refused


async def _one(report: Report, case_id: UUID, n: int, photo: bytes) -> None:
    attachment_id = uuid5(case_id, f"photo {n}")
    command = AddAttachment(at=clock.now(), by=report.by, attachment_id=attachment_id)
    for tried in range(1, _TRIES + 1):
        try:
            async with transaction() as session:
                await execute(session, Given(case_id, command, report.trace))
                name = f"foto-{n}.jpg"
                await attachments.add(session, case_id, attachment_id, name, photo)
                return
        except StaleCase:  # a handler wrote in the same moment
            if tried == _TRIES:
                raise
