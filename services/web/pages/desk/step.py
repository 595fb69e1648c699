"""One step in a case: its form, and giving the command. What somebody wrote is never lost."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from infra.db import transaction
from infra.people.identity import Actor
from infra.store import StaleCase
from services.case_view import CaseView
from services.command_forms import CommandForm, form_of
from services.give import Forbidden, Order, give, role_in, state_of
from services.web.deps import Trace
from services.web.pages.desk.scene import scene_of
from services.web.pages.look import page
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import Scene
from services.web.pages.steps.fields import Field, fields_of
from services.web.pages.steps.read import Wrong, read
from services.web.pages.visitor import Visitor
from services.web.problem import Problem
from workflows import Refusal, UnknownCase
from workflows.access import COMMANDS

router = APIRouter(include_in_schema=False)

FORMS: Final[dict[str, CommandForm]] = {name: form_of(it) for name, it in COMMANDS.items()}
_SYSTEM: Final = "system:"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A step somebody takes in a case."""

    request: Request
    scene: Scene
    action: str

    def fields(self, given: Posted, errors: dict[str, str]) -> list[Field]:
        """List the step's fields, holding what was given."""
        return fields_of(STEPS[self.action], FORMS[self.action], self.scene, given.many, errors)

    def drawn(
        self,
        given: Posted,
        errors: dict[str, str] | None = None,
        *,
        status: int = 200,
        refused: str = "",
        meanwhile: bool = False,
        since: int | None = None,
    ) -> Response:
        """Draw the step; `since` is the sequence that somebody had read, where it has moved."""
        case = self.scene.case
        news = [it for it in case.timeline if since is not None and it.sequence > since]
        return page(
            self.request,
            "desk/step.html",
            status=status,
            scene=self.scene,
            case=case,
            action=self.action,
            step=STEPS[self.action],
            fields=self.fields(given, errors or {}),
            wrong=errors or {},
            refused=refused,
            news=news if meanwhile else [],
        )


@router.get("/arende/{case_id}/{action}")
async def ask_step(
    case_id: UUID, action: str, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Show a step's form; what the address names is filled in already."""
    asked = await _asked(request, case_id, action, actor, trace)
    if action not in asked.scene.case.commands:
        raise Problem(409, "not_now", f"Det går inte att {COMMANDS[action].says} nu.")
    return asked.drawn(Posted(request.query_params.multi_items()))


@router.post("/arende/{case_id}/{action}")
async def take_step(
    case_id: UUID, action: str, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Give the command; the form comes back whole when it can't be taken."""
    form = await posted(request)
    asked = await _asked(request, case_id, action, actor, trace)
    case = asked.scene.case
    read_at = _number(form.one("sequence"))
    if read_at is not None and _moved_by_people(case, read_at):
        return asked.drawn(form, status=409, meanwhile=True, since=read_at)
    try:
        async with transaction() as session:
            filled = await read(session, FORMS[action], asked.fields(form, {}), form)
        await give(
            Order(
                case_id=case_id,
                action=action,
                command=COMMANDS[action],
                form=FORMS[action],
                filled=filled,
                actor=actor,
                trace=trace,
                expected=case.sequence,
            )
        )
    except Wrong as wrong:
        return asked.drawn(form, wrong.fields, status=422)
    except StaleCase:
        now = await _asked(request, case_id, action, actor, trace)
        return now.drawn(form, status=409, meanwhile=True, since=case.sequence)
    except Refusal as refusal:
        if isinstance(refusal, UnknownCase):
            raise
        return _refused(asked, form, refusal)
    return await _onward(case_id, action, actor)


def _refused(asked: _Asked, form: Posted, refusal: Refusal) -> Response:
    field = str(refusal.detail.get("field", ""))
    names = {it.name for it in asked.fields(form, {})}
    errors = {field: str(refusal)} if field in names else {}
    return asked.drawn(form, errors, status=409, refused="" if errors else str(refusal))


async def _asked(
    request: Request, case_id: UUID, action: str, actor: Actor, trace: str
) -> _Asked:
    if action not in STEPS:
        raise Problem(404, "not_found", "Sidan finns inte.")
    async with transaction() as session:
        return _Asked(request, await scene_of(session, case_id, actor, trace), action)


async def _onward(case_id: UUID, action: str, actor: Actor) -> Response:
    """Go back to the case; who reads it no further goes back to the queue."""
    async with transaction() as session:
        reads = await _reads(session, case_id, actor)
    where = f"/arende/{case_id}" if reads else "/att-gora"
    return RedirectResponse(f"{where}?gjort={action}", 303)


async def _reads(session: AsyncSession, case_id: UUID, actor: Actor) -> bool:
    try:
        role_in(actor, "read-case", await state_of(session, case_id))
    except Forbidden:
        return False
    return True


def _moved_by_people(case: CaseView, since: int) -> bool:
    """Tell whether a person has done something in the case after it was read.

    What handlers and timer do moves no ground under anybody: a suggestion, a reminder.
    """
    return any(
        it.sequence > since and (it.by is None or not it.by.startswith(_SYSTEM))
        for it in case.timeline
    )


def _number(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 10 else None  # noqa: PLR2004 - digits
