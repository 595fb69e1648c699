"""Receipt codes for what came in: made once it is safe, made anew while it is fresh."""

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import select

from infra import clock
from infra.db import transaction
from infra.people import receipt_codes
from infra.tables import ReportReceipt
from services.intake.accept import Accepted

RENEWED_FOR: Final = timedelta(hours=24)
"""How long sending the same again gives a code: long enough for a phone without coverage, short
enough that an old message found on somebody's device opens nothing."""
_OWN: Final = UUID("5f0a2c64-8d0b-4c7e-9b52-0f6a1d3e7c48")
SAVE_IT: Final = "Spara koden. Den är nyckeln till svaret. Vi kan inte ta fram den igen."
NO_MORE: Final = (
    "Vi har redan tagit emot det här. Koden visades när du skickade, och efter ett dygn gör vi "
    "ingen ny. Har du tappat den: skicka in på nytt eller ring oss."
)


def hidden_id(sent: UUID) -> UUID:
    """Return the id to keep instead of the one that was sent.

    Whoever works with a case sees its ids and its text. The sent id opens a new code, and so it
    stays with the sender.
    """
    return uuid5(_OWN, str(sent))


async def code_for(report_id: UUID, accepted: Accepted) -> str | None:
    """Make a code for a report just taken in; for a repeat a new one, and only for a day.

    What was accepted stays accepted when this fails: sending again gives the code.
    """
    if not accepted.new:
        async with transaction() as session:
            first = await session.scalar(
                select(ReportReceipt.at).where(
                    ReportReceipt.report_id == report_id,
                    ReportReceipt.case_id == accepted.case_id,
                )
            )
        if first is None or clock.now() - first > RENEWED_FOR:
            return None
    return await receipt_codes.issue(accepted.case_id)
