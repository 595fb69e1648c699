"""A case, and the commands that may be given to it: one route for each, made from the table."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Body, Header, Response

from infra.db import transaction
from services.case_view import CaseView, case_view
from services.command_forms import CommandForm, form_of
from services.give import Forbidden, Order, give
from services.web.deps import Actor, Trace
from services.web.problem import Problem
from workflows.access import COMMANDS

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])

_SEQUENCE: Final = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')

IfMatch = Annotated[
    str | None,
    Header(description="The case's sequence when you read it; 409 when it has moved since"),
]


@router.get("/{case_id}")
async def read_case(case_id: UUID, actor: Actor, trace: Trace) -> CaseView:
    """Read a case with its timeline. The reading is written down."""
    async with transaction() as session:
        return await case_view(session, case_id, actor, trace)


def _route(
    action: str, command: type[Any], form: CommandForm
) -> Callable[..., Awaitable[CaseView | Response]]:
    async def given(
        case_id: UUID,
        actor: Actor,
        trace: Trace,
        filled: Any,
        if_match: IfMatch = None,
    ) -> CaseView | Response:
        order = Order(
            case_id=case_id,
            action=action,
            command=command,
            form=form,
            filled=filled,
            actor=actor,
            trace=trace,
            expected=_sequence(if_match),
        )
        await give(order)
        try:
            return await read_case(case_id, actor, trace)
        except Forbidden:
            # It is done, and who did it reads no further: handed over, or moved elsewhere.
            return Response(status_code=204)

    # FastAPI reads the body's type from the annotation, which differs from route to route.
    required = any(it.is_required() for it in form.model.model_fields.values())
    given.__annotations__["filled"] = (
        form.model if required else Annotated[form.model, Body(default_factory=form.model)]
    )
    given.__annotations__["return"] = CaseView
    given.__name__ = action.replace("-", "_")
    given.__doc__ = command.__doc__
    return given


def _sequence(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    found = _SEQUENCE.fullmatch(if_match.strip())
    if found is None:
        raise Problem(422, "bad_if_match", "If-Match ska vara ärendets sekvensnummer.")
    return int(found[1])


for _name, _command in COMMANDS.items():
    router.add_api_route(
        f"/{{case_id}}/{_name}",
        _route(_name, _command, form_of(_command)),
        methods=["POST"],
        responses={
            204: {"description": "Done, and the case is no longer yours to read"},
            403: {"description": "Your roles do not allow it here"},
            404: {"description": "No such case"},
            409: {"description": "The case says no, in words; or it has moved since you read"},
        },
    )
