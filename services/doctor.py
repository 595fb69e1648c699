"""Examines an installation: each finding is one plain Swedish sentence."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
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
from infra.stream.lag import Lag
from infra.tables import Account, Membership, Notice
from infra.vault.keyring import keyring
from infra.vault.rotation import in_use
from services import unreached
from services.handlers import HANDLERS
from services.migrate import drift
from services.notify.reach import covered
from services.policies import policy_on

_PATIENCE: Final = 5
OK: Final = "OK"
WARNING: Final = "VARNING"
FAULT: Final = "FEL"
STREAM_AWAY: Final = "NATS svarar inte. Rapporter tas emot men hanteras inte."


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `mark` is OK, VARNING or FEL; `about` names it for a page.

    `hint` is for whoever has the command line at hand.
    """

    mark: str
    about: str
    says: str
    hint: str = ""


async def examine() -> list[Finding]:
    """Look at database, keys, people, stream and what waits; the gravest things first."""
    async with engine().connect() as connection:
        differs = await connection.run_sync(drift)
    if differs:
        says = "Databasen har inte den här versionen."
        return [Finding(FAULT, "database", says, "Kör `avvik migrate`.")]
    found = [Finding(OK, "database", "Databasen svarar och har rätt version.")]
    async with transaction() as session:
        found += await of_data(session)
    found += [finding async for finding in _stream()]
    return gravest_first(found)


def gravest_first(found: Iterable[Finding]) -> list[Finding]:
    """Put what is wrong before what is well."""
    return sorted(found, key=lambda it: (FAULT, WARNING, OK).index(it.mark))


async def of_data(session: AsyncSession) -> list[Finding]:
    """Look at keys, people, what waits and the policy, in the database."""
    return [
        finding
        for look in (_keys, _people, _waiting, _policy)
        async for finding in look(session)
    ]


def of_handlers(lags: Iterable[Lag]) -> Iterator[Finding]:
    """Tell which handlers nobody runs, and which have something left."""
    for it in lags:
        if not it.healthy:
            says = f"Ingen följer {it.consumer}."
            yield Finding(FAULT, "handler", says, "Kör `avvik worker`?")
        elif it.behind:
            yield Finding(OK, "handler", f"{it.consumer} har {it.behind} fakta kvar.")


async def _keys(session: AsyncSession) -> AsyncIterator[Finding]:
    missing = {key: n for key, n in (await in_use(session)).items() if key}
    for key_id in keyring().key_ids:
        missing.pop(key_id, None)
    for key_id, count in missing.items():
        says = f"Huvudnyckeln {key_id} saknas: {count} lås kan inte öppnas."
        yield Finding(FAULT, "keys", says)
    if not missing:
        yield Finding(OK, "keys", "Alla huvudnycklar som behövs finns.")


async def _people(session: AsyncSession) -> AsyncIterator[Finding]:
    open_units = await units(session)
    if not open_units:
        says = "Det finns ingen enhet. Lägg till enheter innan någon rapporterar."
        yield Finding(FAULT, "no_unit", says)
    managed = await covered(session, Role.UNIT_MANAGER, [it.code for it in open_units])
    for unit in open_units:
        if unit.code not in managed:
            says = f"{unit.name} har ingen enhetschef som tar emot rapporter."
            yield Finding(WARNING, "no_manager", says)
    if not await people.recipients(session, Role.SAS, ""):
        says = "Ingen har rollen SAS. Allvarliga ärenden når ingen."
        yield Finding(WARNING, "no_sas", says)
    roleless = await session.scalar(
        select(func.count())
        .select_from(Account)
        .where(Account.active, ~Account.account_id.in_(select(Membership.account_id)))
    )
    if roleless:
        says = f"{_count(roleless, 'person', 'personer')} saknar roll och kan inte göra något."
        yield Finding(WARNING, "no_role", says)


async def _waiting(session: AsyncSession) -> AsyncIterator[Finding]:
    if held := await quarantine.count(session):
        says = f"{_count(held, 'meddelande', 'meddelanden')} i karantän."
        yield Finding(WARNING, "quarantine", says, "Se `avvik quarantine list`.")
    if alarms := await unreached.count(session):
        says = f"{_count(alarms, 'ärende', 'ärenden')} har ingen som kunde nås."
        yield Finding(WARNING, "unreached", says)
    lost = await session.scalar(
        select(func.count()).select_from(Notice).where(Notice.state == "undeliverable")
    )
    if lost:
        says = f"{_count(lost, 'meddelande', 'meddelanden')} kom aldrig fram."
        yield Finding(WARNING, "undelivered", says)
    unsent = await lag.unsent(session)
    if unsent > settings().backlog_limit:
        yield Finding(
            FAULT, "unsent", f"{unsent} fakta väntar på strömmen.", "Kör `avvik relay`?"
        )
    if settings().smtp_url is None:
        says = "E-post är inte inställd: meddelanden visas bara i Avvik."
        yield Finding(WARNING, "mail", says, "AVVIK_SMTP_URL saknas.")


async def _policy(session: AsyncSession) -> AsyncIterator[Finding]:
    newest = await policy_on(session, clock.now())
    yield Finding(
        OK,
        "policy",
        f"{newest.municipality} har policy version {newest.version} från {newest.valid_from}.",
    )


async def _stream() -> AsyncIterator[Finding]:
    broker = make_broker("doctor")
    try:
        try:
            async with asyncio.timeout(_PATIENCE):
                connection = await broker.connect()
        except TimeoutError:
            yield Finding(FAULT, "stream", STREAM_AWAY)
            return
        rows = [handler.consumer() for handler in HANDLERS]
        for finding in of_handlers(await lag.lags(connection.jetstream(), rows)):
            yield finding
        yield Finding(OK, "stream", f"NATS svarar, version {_version(connection)}.")
    finally:
        await broker.stop()


def _version(connection: Client) -> str:
    told = connection.connected_server_version
    return f"{told.major}.{told.minor}.{told.patch}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
