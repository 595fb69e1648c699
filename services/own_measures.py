"""Lets whoever answers for a measure say that it is done, also where they read no further."""

from typing import Final
from uuid import UUID

from infra.people.identity import Actor
from services.command_forms import form_of
from services.give import Order, give
from workflows import CaseState
from workflows.commands import CompleteMeasure

_FORM: Final = form_of(CompleteMeasure)


async def complete(actor: Actor, case_id: UUID, measure_id: UUID, trace: str) -> CaseState:
    """Report a measure done; again is harmless. Raises `Forbidden` or a `Refusal`."""
    return await give(
        Order(
            case_id=case_id,
            action="complete-measure",
            command=CompleteMeasure,
            form=_FORM,
            filled=_FORM.model(measure_id=measure_id),
            actor=actor,
            trace=trace,
        )
    )
