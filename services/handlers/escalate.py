"""Tells those whom the policy names: `workflows.rules.escalation` says on which facts."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, opened
from infra import clock
from infra.stream.handler import Handler
from services.execute import Given, execute_many
from services.policies import policy_on
from workflows.commands import Escalate
from workflows.rules.escalation import calls

BY: Final = "system:escalate"


async def escalate(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Give one command for each call that a fact makes; most facts make none."""
    now = clock.now()
    batch = [
        Given(
            envelope.case_id,
            Escalate(
                at=now,
                by=BY,
                rule=call.rule,
                policy_version=call.policy_version,
                why=call.why,
                to=call.to,
                at_once=call.at_once,
                on_call=call.on_call,
            ),
            envelope.trace,
        )
        for envelope in envelopes
        for call in calls(opened(envelope), await policy_on(session, envelope.at))
    ]
    if batch:
        await execute_many(session, batch)


HANDLER: Final = Handler(
    "escalate",
    (
        "case.report_received",
        "case.lex_sarah_reported",
        "case.position_taken",
        "case.ivo_notification_required",
        "case.passed_on",
        "case.rerouted",
        "case.report_corrected",
        "case.classification_suggested",
        "case.severity_assessed",
    ),
    100,
    escalate,
)
