"""Writes the notices: who is told comes from the rules, who that is from `reach`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, LadderClimbed, Role, opened
from infra import clock, driver
from infra.people.recent import Recent
from infra.people.units import units
from infra.rows import Known, Rows
from infra.settings import settings
from infra.stream.handler import Handler
from infra.tables import Notice
from services.execute import Given, execute_many
from services.notify import reach
from services.notify.reach import About
from services.policies import policy_on
from workflows import Policy
from workflows.commands import ClimbLadder, ReportUndeliverable
from workflows.rules.calendar import when_awake
from workflows.rules.telling import ROWS, Telling, To, tellings

BY: Final = "system:notify"

_ROWS: Final = Rows(
    Notice,
    (
        *("event_id", "case_id", "code", "role", "account_id", "words", "trace", "state"),
        "try_at",
    ),
    known=Known.LEAVE,
)
_CASES: Final = """
    SELECT case_id, unit, number, owner, reporter FROM read.case_index
    WHERE case_id = ANY($1::uuid[])
"""


@dataclass(slots=True)
class _Written:
    """What a batch of facts comes to: notices, and commands where somebody was not reached."""

    rows: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    given: list[Given] = field(default_factory=list[Given])


async def notify(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write a notice for each who is to be told.

    Nobody to tell is a fact of its own, and those above on the ladder are told instead; a rung
    of stand-ins where none is named gives way to the next one at once.
    """
    asked = [(it, telling) for it in envelopes for telling in tellings(opened(it), it.by)]
    cases = await _cases(session, {envelope.case_id for envelope, _ in asked})
    written = _Written()
    for envelope, telling in asked:
        await _tell(session, written, envelope, telling, cases[envelope.case_id])
    await _ROWS.write(session, written.rows)
    if written.given:
        await execute_many(session, written.given)


async def _tell(
    session: AsyncSession,
    written: _Written,
    envelope: Envelope,
    telling: Telling,
    case: About,
) -> None:
    policy = await policy_on(session, envelope.at)
    if telling.to is To.REPORTER and case.reporter is None:
        return  # read under the receipt code
    role = None if telling.to is To.REPORTER else telling.role
    told = await reach.reached(session, telling, case)
    if not told:
        command = await _instead(session, envelope, telling)
        written.given.append(Given(envelope.case_id, command, envelope.trace))
        if isinstance(command, ReportUndeliverable) and role is not None:
            role, told = await reach.higher(session, role, case.unit, policy.ladder)
    name = (await _unit_names(session)).get(case.unit, "")
    written.rows += [
        {
            "event_id": envelope.event_id,
            "case_id": envelope.case_id,
            "code": telling.code,
            "role": role,
            "account_id": account_id,
            "words": policy.notices[telling.code].format(enhet=name, nummer=case.number),
            "trace": envelope.trace,
            "state": "waiting" if settings().smtp_url else "shown",
            "try_at": _try_at(telling, policy),
        }
        for account_id in told
    ]


async def _instead(
    session: AsyncSession, envelope: Envelope, telling: Telling
) -> ClimbLadder | ReportUndeliverable:
    """Return what follows when nobody is reached: the next rung at once, or the alarm."""
    now = clock.now()
    fact = opened(envelope)
    if telling.to is To.STAND_INS and isinstance(fact, LadderClimbed):
        rungs = (await policy_on(session, now)).ladder.rungs
        if fact.rung + 1 < len(rungs):
            return ClimbLadder(
                at=now, by=BY, code=fact.code, about=fact.about, rung=fact.rung + 1
            )
    to = Role.STAFF if telling.to is To.REPORTER else telling.role
    return ReportUndeliverable(at=now, by=BY, notice=telling.code, to=to)


def _try_at(telling: Telling, policy: Policy) -> datetime:
    now = clock.now()
    if telling.grave:
        return now
    return when_awake(now, policy.quiet_hours, policy.working_days())


async def _cases(session: AsyncSession, case_ids: set[UUID]) -> dict[UUID, About]:
    rows: Sequence[Any] = await driver.fetch(session, _CASES, list(case_ids))
    return {case_id: About(*rest) for case_id, *rest in rows}


_names: Final[Recent[None, dict[str, str]]] = Recent(1, reach.FRESH)


async def _unit_names(session: AsyncSession) -> dict[str, str]:
    """Return the units' names, closed ones too; remembered for a few seconds."""
    found = _names.get(None)
    if found is None:
        found = {unit.code: unit.name for unit in await units(session, closed=True)}
        _names.put(None, found)
    return found


def forget() -> None:
    """Look up people and units anew at the next use."""
    reach.forget()
    _names.clear()


HANDLER: Final = Handler("notify", tuple(sorted(it.type for it in ROWS)), 100, notify)
