"""Every follower of the stream, each its own durable consumer. A new one is a line here."""

from typing import Final

from infra.stream.handler import Handler
from services.handlers import classify, escalate, follow_up, project
from services.notify import outside, plan

HANDLERS: Final[tuple[Handler, ...]] = (
    classify.HANDLER,
    escalate.HANDLER,
    follow_up.HANDLER,
    plan.HANDLER,
    outside.HANDLER,
    project.HANDLER,
)
