"""Examines an installation: each finding is one plain Swedish sentence."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from nats.aio.client import Client
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import engine, transaction
from infra.people import accounts as people
from infra.people.units import units
from infra.settings import settings
from infra.stream import lag, quarantine
from infra.stream.broker import make_broker
from infra.tables import Account, Membership, Notice
from infra.vault.keyring import keyring
from infra.vault.rotation import in_use
from services import unreached
from services.handlers import HANDLERS
from services.migrate import drift
from services.notify.reach import in_role
from services.policies import policy_on

_PATIENCE: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `mark` is OK, VARNING or FEL."""

    mark: str
    says: str


async def examine() -> list[Finding]:
    """Look at database, keys, people, stream and what waits; the gravest things first."""
    async with engine().connect() as connection:
        differs = await connection.run_sync(drift)
    if differs:
        return [Finding("FEL", "Databasen har inte den här versionen. Kör `avvik migrate`.")]
    found = [Finding("OK", "Databasen svarar och har rätt version.")]
    async with transaction() as session:
        for look in (_keys, _people, _waiting, _policy):
            found += [finding async for finding in look(session)]
    found += [finding async for finding in _stream()]
    return sorted(found, key=lambda it: ("FEL", "VARNING", "OK").index(it.mark))


async def _keys(session: AsyncSession) -> AsyncIterator[Finding]:
    missing = {key: n for key, n in (await in_use(session)).items() if key}
    for key_id in keyring().key_ids:
        missing.pop(key_id, None)
    for key_id, count in missing.items():
        yield Finding("FEL", f"Huvudnyckeln {key_id} saknas: {count} lås kan inte öppnas.")
    if not missing:
        yield Finding("OK", "Alla huvudnycklar som behövs finns.")


async def _people(session: AsyncSession) -> AsyncIterator[Finding]:
    open_units = await units(session)
    if not open_units:
        yield Finding(
            "FEL", "Det finns ingen enhet. Lägg till enheter innan någon rapporterar."
        )
    for unit in open_units:
        if not await in_role(session, Role.UNIT_MANAGER, unit.code):
            yield Finding(
                "VARNING", f"{unit.name} har ingen enhetschef som tar emot rapporter."
            )
    if not await people.recipients(session, Role.SAS, ""):
        yield Finding("VARNING", "Ingen har rollen SAS. Allvarliga ärenden når ingen.")
    roleless = await session.scalar(
        select(func.count())
        .select_from(Account)
        .where(Account.active, ~Account.account_id.in_(select(Membership.account_id)))
    )
    if roleless:
        yield Finding("VARNING", f"{roleless} personer saknar roll och kan inte göra något.")


async def _waiting(session: AsyncSession) -> AsyncIterator[Finding]:
    held = await quarantine.count(session)
    if held:
        yield Finding("VARNING", f"{held} meddelanden i karantän. Se `avvik quarantine list`.")
    if alarms := await unreached.count(session):
        yield Finding("VARNING", f"{alarms} ärenden har ingen som kunde nås.")
    lost = await session.scalar(
        select(func.count()).select_from(Notice).where(Notice.state == "undeliverable")
    )
    if lost:
        yield Finding("VARNING", f"{lost} meddelanden kom aldrig fram.")
    unsent = await lag.unsent(session)
    if unsent > settings().backlog_limit:
        yield Finding("FEL", f"{unsent} fakta väntar på strömmen. Kör `avvik relay`?")
    if settings().smtp_url is None:
        yield Finding("VARNING", "AVVIK_SMTP_URL saknas: meddelanden visas bara i Avvik.")


async def _policy(session: AsyncSession) -> AsyncIterator[Finding]:
    newest = await policy_on(session, clock.now())
    yield Finding(
        "OK",
        f"{newest.municipality} har policy version {newest.version} från {newest.valid_from}.",
    )


async def _stream() -> AsyncIterator[Finding]:
    broker = make_broker("doctor")
    try:
        try:
            async with asyncio.timeout(_PATIENCE):
                connection = await broker.connect()
        except TimeoutError:
            yield Finding("FEL", "NATS svarar inte. Rapporter tas emot men hanteras inte.")
            return
        rows = [handler.consumer() for handler in HANDLERS]
        for it in await lag.lags(connection.jetstream(), rows):
            if not it.healthy:
                yield Finding("FEL", f"Ingen följer {it.consumer}. Kör `avvik worker`?")
            elif it.behind:
                yield Finding("OK", f"{it.consumer} har {it.behind} fakta kvar.")
        yield Finding("OK", f"NATS svarar, version {_version(connection)}.")
    finally:
        await broker.stop()


def _version(connection: Client) -> str:
    told = connection.connected_server_version
    return f"{told.major}.{told.minor}.{told.patch}"
