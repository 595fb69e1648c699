"""Process: notices that time has passed, says so, and looks for what was lost on the way."""

import asyncio
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from infra import clock
from infra.db import transaction
from infra.link import Link
from infra.outage import Outage
from infra.stream.broker import make_broker
from services.execute import Given, execute_many
from services.handlers import HANDLERS
from services.projections import agenda, deadline_due
from services.projections.agenda import Step
from services.projections.deadline_due import NOTHING
from services.sweep import sweep
from services.trace import new_trace
from workflows.commands import ClimbLadder, MissDeadline, RemindDeadline

BY: Final = "system:timer"
_TICK: Final = 1.0
_BATCH: Final = 50
_SWEEP_EVERY: Final = timedelta(minutes=1)

log = structlog.get_logger()


async def tick() -> int:
    """Say what time has made true since last; return how many things there were to say."""
    return await _miss() + await _say()


async def _miss() -> int:
    async with transaction() as session:
        now = clock.now()
        passed = await deadline_due.passed(session, now, _BATCH)
        await execute_many(
            session,
            [
                Given(
                    due.case_id,
                    MissDeadline(at=now, by=BY, code=due.code, about=_about(due.about)),
                    new_trace(),
                )
                for due in passed
            ],
        )
    return len(passed)


async def _say() -> int:
    async with transaction() as session:
        now = clock.now()
        items = await agenda.due(session, now, _BATCH)
        batch = [_given(item, now) for item in items]
        # A rung that was told gets its next row from the stream, after this one is gone. The
        # agenda before the cases, as its handler does: otherwise they wait for each other.
        await agenda.said(session, items)
        await execute_many(session, batch)
    return len(items)


def _given(item: agenda.AgendaItem, now: datetime) -> Given:
    about = _about(item.about)
    if item.step == Step.REMIND:
        command: RemindDeadline | ClimbLadder = RemindDeadline(
            at=now, by=BY, code=item.code, about=about
        )
    else:
        command = ClimbLadder(at=now, by=BY, code=item.code, about=about, rung=item.rung)
    return Given(item.case_id, command, new_trace())


def _about(about: UUID) -> UUID | None:
    return None if about == NOTHING else about


async def run(stop: asyncio.Event) -> None:
    """Tick until `stop`; sweep the log for facts that were sent but never handled."""
    link = Link(make_broker("timer"))  # time passes without the stream, too
    outage = Outage("timer")
    swept = clock.now()
    try:
        while not stop.is_set():
            try:
                said = await tick()
                if (client := link.client) and clock.now() - swept > _SWEEP_EVERY:
                    swept = clock.now()
                    await sweep(client.jetstream(), HANDLERS)
                outage.over()
                pause = 0.0 if said >= _BATCH else _TICK
            except Exception as error:  # noqa: BLE001 - a server is away: wait for it
                pause = outage.failed(error)
            try:
                async with asyncio.timeout(pause):
                    await stop.wait()
            except TimeoutError:
                continue
    finally:
        await link.close()
