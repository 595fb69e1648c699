"""Gives a person's command to a case: may they, keep their words, execute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, LinkKind, Role, opened
from infra import clock, store
from infra.db import transaction
from infra.people.accounts import title_of, works_in
from infra.people.identity import Actor
from infra.store import StaleCase
from infra.tables import Account, Membership
from infra.vault import words as vault
from infra.vault.words import Words
from services.command_forms import CommandForm
from services.execute import Given, execute
from services.family import follow_on
from services.intake import units
from workflows import CASE_TYPES, CaseState, Command, IdTaken, Unknown, UnknownCase, fold
from workflows.access import COMMANDS, MEASURE_OWNER, OWNER, RESPONSIBLE, acting_role
from workflows.commands import Asked, Link
from workflows.family import may_join
from workflows.state import ENDED
from workflows.terms.unit_kinds import law_of

_TRIES: Final = 3


class Forbidden(Exception):  # noqa: N818 - an answer
    """The actor's roles do not reach this case, or do not allow this."""


@dataclass(frozen=True, slots=True)
class Order:
    """A filled-in form on its way to a case.

    With `expected` the command is given only if the case still stands at that sequence.
    """

    case_id: UUID
    action: str
    command: type[Any]
    form: CommandForm
    filled: BaseModel
    actor: Actor
    trace: str
    expected: int | None = None


async def give(order: Order) -> CaseState:
    """Give the command in a transaction of its own; again if another writer was first.

    Raises `Forbidden`, a `Refusal`, or `StaleCase` when `expected` no longer holds.
    """
    for tried in range(1, _TRIES + 1):
        try:
            async with transaction() as session:
                return await _once(session, order)
        except StaleCase:
            if order.expected is not None or tried == _TRIES:
                raise
    raise AssertionError  # pragma: no cover - the loop returns or raises


async def state_of(session: AsyncSession, case_id: UUID) -> CaseState:
    """Load a case; raises `UnknownCase`."""
    return _state(await store.load(session, [case_id]), case_id)


def _state(histories: Mapping[UUID, list[Envelope]], case_id: UUID) -> CaseState:
    history = histories.get(case_id)
    if not history:
        raise UnknownCase
    return fold(opened(envelope) for envelope in history)


def role_in(actor: Actor, action: str, state: CaseState, measure: UUID | None = None) -> Role:
    """Return the role in which the actor may do this in the case, or raise `Forbidden`.

    Who is shut out of the case can't act through a stand-in either.
    """
    held = actor.roles_in(state.unit, not_of=state.recused)
    ties = [OWNER] if actor.works_for(state.owner) else []
    promise = state.measures.get(measure) if measure else None
    owner = promise.owner if promise else None
    if owner and str(owner) not in state.recused and actor.works_for(owner):
        ties.append(MEASURE_OWNER)
    role = acting_role(action, state, held, ties)
    if role is None or str(actor.account_id) in state.recused:
        raise Forbidden
    return role


def is_open_to(
    actor: Actor, action: str, state: CaseState, measure: UUID | None = None
) -> bool:
    """Tell whether role and phase let the actor do this; what the case lacks is not asked."""
    if COMMANDS[action] not in CASE_TYPES[state.case_type].flow[state.phase]:
        return False
    try:
        role_in(actor, action, state, measure)
    except Forbidden:
        return False
    return True


async def _once(session: AsyncSession, order: Order) -> CaseState:
    # Locked before it is read: of two who both read sequence 7 only one may go on from there.
    # The case that another goes into is locked too, lest two go into each other.
    into = getattr(order.filled, "into", None)
    cases = [order.case_id] if into is None else [order.case_id, into]
    histories = await store.load(session, cases, to_write=True)
    state = _state(histories, order.case_id)
    if order.expected is not None and state.sequence != order.expected:
        raise StaleCase
    given = {name: getattr(order.filled, name) for name in type(order.filled).model_fields}
    role = role_in(order.actor, order.action, state, given.get("measure_id"))
    await _check_pointers(session, order, given, state)
    kept: list[Words] = []
    root = uuid4()
    for name in order.form.fresh:
        root = given[name] = given[name] or root
    for name in sorted(order.form.words):
        if given[name] is not None:
            # From the new thing's id, so that saying it again can be held against it.
            item = uuid5(root, f"{order.case_id} {order.action} {name}")
            kept.append(Words(order.case_id, item, f"{order.action}.{name}", given[name]))
            given[name] = item
    given |= await _from_shell(session, order, state, given, kept, root)
    command: Asked = order.command(
        at=clock.now(), by=str(order.actor.account_id), role=role, **given
    )
    after = await execute(session, Given(order.case_id, _as_command(command), order.trace))
    if into is not None:  # the case it goes on in shows where it came from
        link = Link(at=command.at, by=command.by, other=order.case_id, kind=LinkKind.SAME_EVENT)
        await execute(session, Given(into, link, order.trace))
    if after.sequence != state.sequence:
        await vault.keep_many(session, kept)
        await follow_on(session, order.case_id, after, state.sequence, order.trace)
    elif order.form.fresh:
        await _check_same(session, order.case_id, kept)
    return after


async def _from_shell(
    session: AsyncSession,
    order: Order,
    state: CaseState,
    given: Mapping[str, Any],
    kept: list[Words],
    root: UUID,
) -> dict[str, Any]:
    """Fill in what only we know: the actor's title today, and what is true of the unit."""
    told: dict[str, Any] = {}
    for name, what in order.form.shell.items():
        if what == "of_unit":
            owner = given.get("owner") or order.actor.account_id
            told[name] = await works_in(session, owner, state.unit)
        elif what in ("law", "owner_type"):
            unit = (await units.described(session)).get(given.get("unit") or "")
            told[name] = unit and (law_of(unit.kind) if what == "law" else unit.owner_type)
        elif title := await title_of(session, order.actor.account_id):
            item = uuid5(root, f"{order.case_id} {order.action} {name}")
            kept.append(Words(order.case_id, item, f"{order.action}.{name}", title))
            told[name] = item
    return told


async def _check_same(session: AsyncSession, case_id: UUID, kept: Sequence[Words]) -> None:
    """Refuse other words under an id that has its words already: they would be lost."""
    before = await vault.read(session, case_id, [it.item_id for it in kept])
    if any(before.get(it.item_id) not in (it.text, None) for it in kept):
        raise IdTaken("Det finns redan en text under det id:t. Välj ett nytt id.")


def _as_command(command: Any) -> Command:
    checked: Command = command
    return checked


async def _check_pointers(
    session: AsyncSession, order: Order, given: Mapping[str, Any], state: CaseState
) -> None:
    """Refuse what points at nobody, at no unit, or at no case."""
    if (unit := given.get("unit")) is not None and unit not in await units.active(session):
        raise Unknown("Enheten finns inte.", field="unit")
    if (owner := given.get("owner")) is not None:
        known = await session.scalar(
            select(Account.account_id)
            .join(Membership, Membership.account_id == Account.account_id)
            .where(
                Account.account_id == owner, Account.active, Membership.role.in_(RESPONSIBLE)
            )
            .limit(1)
        )
        if known is None:
            raise Unknown(
                "Personen finns inte, eller kan inte ansvara för ärenden.", field="owner"
            )
    for name in ("into", "other"):
        if (other := given.get(name)) is None:
            continue
        if other == order.case_id:
            raise Unknown("Ange ett annat ärende än det här.", field=name)
        try:
            target = await state_of(session, other)
        except UnknownCase:
            raise Unknown("Det andra ärendet finns inte.", field=name) from None
        role_in(order.actor, "read-case", target)
        if name == "into":
            _may_go_on_in(state, target)


def _may_go_on_in(state: CaseState, target: CaseState) -> None:
    if target.phase in ENDED:
        raise Unknown("Det andra ärendet är inte öppet. Ange ett som är det.", field="into")
    if not may_join(state.case_type, target.case_type):
        raise Unknown(
            "Det andra ärendet är av ett annat slag. Koppla ihop dem i stället.", field="into"
        )
