"""What is done with the cases that were ticked in the list: a page asks, the next one tells."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import units
from services import queue
from services.queue import Wanted
from services.reach import reach_of
from services.web.deps import Trace
from services.web.pages.look import page
from services.web.pages.posted import Posted, posted
from services.web.pages.queue.acts import ACTS, POSTPONE, fields_of
from services.web.pages.queue.address import PATH, read_query
from services.web.pages.queue.bulk import FORMS, Many, Outcome
from services.web.pages.queue.listing import drawn
from services.web.pages.queue.rows import Row, rows_of
from services.web.pages.queue.waiting import Target, targets
from services.web.pages.said import day
from services.web.pages.steps.fields import Field, Kind
from services.web.pages.steps.read import Wrong, read
from services.web.pages.steps.row import Ask
from services.web.pages.visitor import Visitor

router = APIRouter(include_in_schema=False)

_CANNOT_WAIT: Final = "Ärendet har ingen tid som kan vänta."
_ANY_TARGET: Final = "finish"
"""Stands for each case's own target while the rest of the form is read."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The cases that were ticked, and what is to be done with them."""

    request: Request
    name: str
    rows: list[Row]
    came_from: str
    form: Posted
    many: Many

    def asked(
        self, fields: list[Field], wait: dict[UUID, Target], wrong: Wrong | None = None
    ) -> Response:
        """Draw the page that asks for what is missing."""
        errors = wrong.fields if wrong else {}
        return page(
            self.request,
            "queue/choose.html",
            status=422 if wrong else 200,
            wrong=errors,
            name=self.name,
            act=ACTS[self.name],
            rows=self.rows,
            waits=wait if self.name == POSTPONE else None,
            came_from=self.came_from,
            fields=[replace(it, error=errors.get(it.name, "")) for it in fields],
        )

    def told(self, outcomes: list[Outcome]) -> Response:
        """Draw the page that tells case by case how it went."""
        return page(
            self.request,
            "queue/done.html",
            act=ACTS[self.name],
            outcomes=outcomes,
            done=sum(it.done for it in outcomes),
            came_from=self.came_from,
        )


@router.post(f"{PATH}/valda")
async def treat_chosen(request: Request, actor: Visitor, trace: Trace) -> Response:
    """Do one thing with each of the ticked cases, or ask first for what that takes."""
    form = await posted(request)
    name, came_from = form.one("gor"), form.one("fran")
    async with transaction() as session:
        rows = await _rows(session, form, actor)
    if wrong := _too_few(name, rows):
        ticked = [row.item.case_id for row in rows]
        asked = read_query(came_from)
        return await drawn(request, actor, asked, wrong={"first": wrong}, ticked=ticked)
    many = Many(ACTS[name].action, actor, trace)
    chosen = _Chosen(request, name, rows, came_from, form, many)
    if name == "mig":
        mine = FORMS["assign"].model.model_validate({"owner": actor.account_id})
        return chosen.told([await many.give(row, mine, "Du är ansvarig.") for row in rows])
    return await _asked_or_done(chosen)


async def _asked_or_done(chosen: _Chosen) -> Response:
    given = dict(chosen.form.pairs())
    ids = [row.item.case_id for row in chosen.rows]
    async with transaction() as session:
        fields = await fields_of(session, chosen.name, chosen.rows, given)
        wait = await targets(session, ids, clock.now()) if chosen.name == POSTPONE else {}
        if not chosen.form.has("klart"):
            return chosen.asked(fields, wait)
        try:
            filled = await _read(session, chosen, fields)
        except Wrong as wrong:
            return chosen.asked(fields, wait, wrong)
    match chosen.name:
        case "koppla":
            return chosen.told(await _linked(chosen, filled))
        case "skjut-upp":
            return chosen.told(await _postponed(chosen, filled, wait))
        case _:
            done = "Ärendet har en ansvarig."
            return chosen.told([await chosen.many.give(it, filled, done) for it in chosen.rows])


async def _read(session: AsyncSession, chosen: _Chosen, fields: list[Field]) -> BaseModel:
    """Read what was filled in. Which target waits differs from case to case: it comes later."""
    form, more = chosen.form, fields
    if chosen.name == POSTPONE:
        form = Posted([*form.pairs(), ("code", _ANY_TARGET)])
        more = [*fields, Field("code", Kind.HIDDEN, Ask(""), True, [], [])]
    filled = await read(session, FORMS[chosen.many.action], more, form)
    if chosen.name == "koppla" and _first(chosen, filled) is None:
        raise Wrong({"other": "Välj ett av ärendena."})
    return filled


def _first(chosen: _Chosen, filled: BaseModel) -> Row | None:
    other = getattr(filled, "other", None)
    return next((it for it in chosen.rows if it.item.case_id == other), None)


async def _linked(chosen: _Chosen, filled: BaseModel) -> list[Outcome]:
    first = _first(chosen, filled)
    done = f"Kopplat till {first.item.number}." if first else ""
    return [await chosen.many.give(it, filled, done) for it in chosen.rows if it is not first]


async def _postponed(
    chosen: _Chosen, filled: BaseModel, wait: dict[UUID, Target]
) -> list[Outcome]:
    until = day(filled.model_dump()["until"])
    outcomes = []
    for row in chosen.rows:
        target = wait.get(row.item.case_id)
        if target is None:
            outcomes.append(Outcome(row, done=False, says=_CANNOT_WAIT))
            continue
        own = filled.model_copy(update={"code": target.code, "about": target.about})
        done = f"{target.says.capitalize()} väntar till {until}."
        outcomes.append(await chosen.many.give(row, own, done))
    return outcomes


async def _rows(session: AsyncSession, form: Posted, actor: Actor) -> list[Row]:
    """Return the ticked cases that are open and within reach, or one's own."""
    mine = (actor.account_id, *actor.stands_in_for)
    wanted = Wanted.within(reach_of(actor), me=mine)
    items = await queue.these(session, wanted, list(dict.fromkeys(_ids(form))))
    names = {it.code: it.name for it in await units(session, closed=True)}
    return await rows_of(session, items, names, actor)


def _ids(form: Posted) -> Iterator[UUID]:
    for told in form.many("case"):
        with suppress(ValueError):
            yield UUID(told)


def _too_few(name: str, rows: list[Row]) -> str:
    if name not in ACTS:
        return "Välj vad du vill göra."
    if len(rows) >= ACTS[name].least:
        return ""
    return (
        "Välj minst ett ärende först." if ACTS[name].least == 1 else "Välj minst två ärenden."
    )
