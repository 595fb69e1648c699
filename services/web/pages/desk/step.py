"""One step in a case: its form, and giving the command. What somebody wrote is never lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from infra.db import transaction
from infra.people.identity import Actor
from infra.store import StaleCase
from services.case_view.parts import Moment
from services.command_forms import CommandForm, form_of
from services.give import Forbidden, Order, give, role_in, state_of
from services.web.deps import Trace
from services.web.pages.desk.history import history_of
from services.web.pages.desk.meanwhile import already_done, by_people
from services.web.pages.desk.report import report_of
from services.web.pages.desk.say import Say
from services.web.pages.desk.scene import scene_of
from services.web.pages.desk.starters import begun
from services.web.pages.look import page
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import Scene
from services.web.pages.steps.defaults import begun_with
from services.web.pages.steps.fields import Drawing, Field, fields_of
from services.web.pages.steps.read import Wrong, read
from services.web.pages.visitor import Visitor
from services.web.problem import Problem
from workflows import Refusal, UnknownCase
from workflows.access import COMMANDS

router = APIRouter(include_in_schema=False)

FORMS: Final[dict[str, CommandForm]] = {name: form_of(it) for name, it in COMMANDS.items()}
FIXED: Final = "fixed"
"""Names, in a posted form, the fields that were told instead of asked."""
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """A step somebody takes in a case."""

    request: Request
    scene: Scene
    action: str

    def fields(self, given: Posted, errors: dict[str, str] | None = None) -> list[Field]:
        """List the step's fields, holding what was given."""
        fixed = given.many(FIXED)
        return fields_of(
            Drawing(
                STEPS[self.action],
                FORMS[self.action],
                self.scene,
                given.many,
                errors or {},
                fixed,
            )
        )

    def drawn(
        self,
        given: Posted,
        errors: dict[str, str] | None = None,
        *,
        status: int = 200,
        refused: str = "",
        news: Sequence[Moment] = (),
    ) -> Response:
        """Draw the step; `news` is what others did after it was read."""
        case = self.scene.case
        return page(
            self.request,
            "desk/step.html",
            status=status,
            scene=self.scene,
            case=case,
            say=Say(self.scene),
            report=report_of(case),
            action=self.action,
            step=STEPS[self.action],
            fields=self.fields(given, errors),
            wrong=errors or {},
            refused=refused,
            news=history_of(news).all,
        )


@router.get("/arende/{case_id}/{action}")
async def ask_step(
    case_id: UUID, action: str, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Show a step's form; what the address names is filled in already."""
    asked = await _asked(request, case_id, action, actor, trace)
    if action not in asked.scene.case.commands:
        return _not_now(asked)
    query = Posted(request.query_params.multi_items())
    named = {name: query.many(name) for name, _ in query.pairs()}
    if words := begun(action, query.one("start")):
        named["words"] = [words]
    given = begun_with(action, asked.scene, named)
    pairs = [(name, value) for name, values in given.items() for value in values]
    return asked.drawn(Posted([*pairs, *((FIXED, name) for name in named)]))


@router.post("/arende/{case_id}/{action}")
async def take_step(
    case_id: UUID, action: str, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Give the command; the form comes back whole when it can't be taken.

    What handlers and timer do meanwhile moves no ground under anybody. What a person does is
    shown, with what was written beside it; the same form sent twice is taken once.
    """
    form = await posted(request)
    for _ in range(_TRIES):
        asked = await _asked(request, case_id, action, actor, trace)
        case = asked.scene.case
        read_at = _number(form.one("sequence"))
        news = by_people(case, case.sequence if read_at is None else read_at)
        try:
            async with transaction() as session:
                filled = await read(session, FORMS[action], asked.fields(form), form)
        except Wrong as wrong:
            return asked.drawn(form, wrong.fields, status=409 if news else 422, news=news)
        if already_done(news, action, filled, actor):
            return await _onward(case_id, action, actor)
        if news:
            return asked.drawn(form, status=409, news=news)
        order = Order(
            case_id=case_id,
            action=action,
            command=COMMANDS[action],
            form=FORMS[action],
            filled=filled,
            actor=actor,
            trace=trace,
            expected=case.sequence,
        )
        try:
            await give(order)
        except StaleCase:
            continue  # somebody or something was first: look again
        except Refusal as refusal:
            if isinstance(refusal, UnknownCase):
                raise
            return _refused(asked, form, refusal)
        return await _onward(case_id, action, actor)
    raise StaleCase


def _refused(asked: _Asked, form: Posted, refusal: Refusal) -> Response:
    """Give the form back with the case's no, at the field that it is about if there is one."""
    missing = refusal.detail.get("missing")
    about = [refusal.detail.get("field"), *(missing if isinstance(missing, list) else ())]
    field = next((it.name for it in asked.fields(form) if it.name in about), "")
    errors = {field: str(refusal)} if field else {}
    return asked.drawn(form, errors, status=409, refused="" if errors else str(refusal))


def _not_now(asked: _Asked) -> Response:
    """Say that the step is not to be taken now, or not by the one who asks."""
    return page(
        asked.request,
        "desk/not_now.html",
        status=409,
        case=asked.scene.case,
        step=STEPS[asked.action],
        says=COMMANDS[asked.action].says,
    )


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


def _number(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 10 else None  # noqa: PLR2004 - digits
