"""Sends the notices that wait; what will not get there becomes a fact that a person sees."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.outage import Outage
from infra.people.accounts import address_of
from infra.tables import Notice
from services.execute import Given, execute
from services.notify.channels import CHANNELS, Channel
from services.notify.outside import contact_of
from services.notify.undeliverable import Undeliverable
from workflows.commands import ReportUndeliverable

BY: Final = "system:notify"
PAUSES: Final = (10.0, 60.0, 300.0, 1800.0, 7200.0, 21600.0)
"""Seconds before each new try: a mail server may be away for a night."""
_BATCH: Final = 20
_REST: Final = 1.0

log = structlog.get_logger()


async def run(stop: asyncio.Event, channel: str = "mail") -> None:
    """Send until `stop`."""
    outage = Outage("notices")
    while not stop.is_set():
        try:
            sent = await deliver(CHANNELS[channel])
            outage.over()
            pause = 0.0 if sent else _REST
        except Exception as error:  # noqa: BLE001 - the database is away: wait for it
            pause = outage.failed(error)
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
        except TimeoutError:
            continue


async def deliver(channel: Channel, pauses: Sequence[float] = PAUSES) -> int:
    """Send what is due now; return how many notices were taken up.

    A notice is claimed by moving its next try ahead before it is sent: a process that dies in
    between sends it once more rather than never.
    """
    async with transaction() as session:
        taken = await _claim(session, pauses)
    for notice in taken:
        await _send(channel, notice, pauses)
    return len(taken)


async def _claim(session: AsyncSession, pauses: Sequence[float]) -> list[Notice]:
    rows = await session.scalars(
        select(Notice)
        .where(Notice.state == "waiting", Notice.try_at <= func.now())
        .order_by(Notice.try_at)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    taken = list(rows)
    for notice in taken:
        pause = pauses[min(notice.tries, len(pauses) - 1)]
        notice.tries += 1
        notice.try_at = clock.now() + timedelta(seconds=pause)
    await session.flush()
    return taken


async def _send(channel: Channel, notice: Notice, pauses: Sequence[float]) -> None:
    about = {"notice": notice.id, "case_id": str(notice.case_id), "trace": notice.trace}
    async with transaction() as session:
        address = (
            await contact_of(session, notice.case_id)
            if notice.account_id is None
            else await address_of(session, notice.account_id)
        )
    if address is None and notice.account_id is None:
        await _give_up(notice, "no_address")
        return
    if address is None:
        await _end(notice, "shown", None)
        return
    try:
        await channel.send(address, notice.words, notice.id)
    except Undeliverable as error:
        await _give_up(notice, error.code)
        log.warning("notice.undeliverable", reason=error.code, **about)
    except Exception as error:
        if notice.tries > len(pauses):
            await _give_up(notice, type(error).__name__)
            log.warning("notice.undeliverable", exc_info=error, **about)
        else:
            log.warning("notice.later", tries=notice.tries, exc_info=error, **about)
    else:
        await _end(notice, "sent", None)
        log.info("notice.sent", code=notice.code, **about)


async def _end(notice: Notice, state: str, reason: str | None) -> None:
    async with transaction() as session:
        await _mark(session, notice, state, reason)


async def _give_up(notice: Notice, reason: str) -> None:
    async with transaction() as session:
        await _mark(session, notice, "undeliverable", reason)
        await execute(
            session,
            Given(
                notice.case_id,
                ReportUndeliverable(
                    at=clock.now(),
                    by=BY,
                    notice=notice.code,
                    to=Role(notice.role) if notice.role else Role.STAFF,
                ),
                notice.trace,
            ),
        )


async def _mark(session: AsyncSession, notice: Notice, state: str, reason: str | None) -> None:
    await session.execute(
        update(Notice).where(Notice.id == notice.id).values(state=state, reason=reason)
    )
