"""Reading and writing the history of cases, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope
from infra import chain, driver
from infra.rows import Known, Rows
from infra.tables import CaseHead, Recorded

OUTBOX: str = "avvik_outbox"
"""The channel on which a commit wakes the relay."""

_COLUMNS = (
    "event_id",
    "case_id",
    "case_type",
    "sequence",
    "type",
    "version",
    "at",
    "by",
    "trace",
    "body",
    "chain",
)
_FACTS = Rows(Recorded, _COLUMNS)
_HEADS = Rows(CaseHead, ("case_id", "sequence", "chain"), known=Known.REPLACE)
_LOAD = f"""
    SELECT {", ".join(f'"{name}"' for name in _COLUMNS)} FROM event
    WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, sequence
"""  # noqa: S608 - our own names
_HOLD = """
    SELECT FROM case_head WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR UPDATE
"""
_WAKE = f"NOTIFY {OUTBOX}"


class StaleCase(Exception):  # noqa: N818 - a race, not a fault
    """Somebody else wrote to the case first; load it again and decide again."""


async def load(
    session: AsyncSession, case_ids: Iterable[UUID], *, to_write: bool = False
) -> dict[UUID, list[Envelope]]:
    """Return the whole history of each case, oldest first; a case without one is absent.

    `to_write` makes other writers of these cases wait until this transaction ends, so that two
    handlers of one fact take turns instead of finding each other's place taken. Raises
    `StaleCase` where two wait for each other.
    """
    wanted = list(case_ids)
    if to_write:
        try:
            await driver.execute(session, _HOLD, wanted)
        except asyncpg.DeadlockDetectedError as error:  # two cases, taken in either order
            raise StaleCase from error
    found: dict[UUID, list[Envelope]] = defaultdict(list)
    for row in await driver.fetch(session, _LOAD, wanted):
        found[row["case_id"]].append(envelope_of(row))
    return found


async def append(session: AsyncSession, envelopes: Sequence[Envelope]) -> list[Envelope]:
    """Add facts to histories and wake the relay; return them with their links in the chain.

    The facts of one case must lie in order, the first one carrying in `chain` the hash it hangs
    on (empty for a new case). Raises `StaleCase` if a place in a history is taken.
    """
    if not envelopes:
        return []
    heads: dict[UUID, Envelope] = {}
    linked: list[Envelope] = []
    for envelope in envelopes:
        before = heads.get(envelope.case_id)
        hangs_on = before.chain if before else envelope.chain
        previous = bytes.fromhex(hangs_on) if hangs_on else chain.start(envelope)
        now = Envelope.trusted(
            **(vars(envelope) | {"chain": chain.link(previous, envelope).hex()})
        )
        heads[envelope.case_id] = now
        linked.append(now)
    try:
        await _FACTS.write(session, [_row(it) for it in linked])
    except asyncpg.IntegrityConstraintViolationError as error:
        raise StaleCase from error
    await _HEADS.write(
        session,
        [
            {"case_id": key, "sequence": it.sequence, "chain": bytes.fromhex(it.chain)}
            for key, it in heads.items()
        ],
    )
    await driver.execute(session, _WAKE)
    return linked


def envelope_of(row: Any) -> Envelope:
    """Return a stored fact with its address; trusts what the database kept."""
    return Envelope.trusted(
        event_id=row["event_id"],
        case_id=row["case_id"],
        case_type=row["case_type"],
        sequence=row["sequence"],
        type=row["type"],
        version=row["version"],
        at=row["at"],
        by=row["by"],
        trace=row["trace"],
        body=row["body"],
        chain=row["chain"].hex(),
    )


def _row(envelope: Envelope) -> dict[str, Any]:
    return vars(envelope) | {"chain": bytes.fromhex(envelope.chain)}
