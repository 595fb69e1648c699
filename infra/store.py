"""Reading and writing the history of cases, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope
from infra import chain
from infra.tables import CaseHead, Recorded

OUTBOX: str = "avvik_outbox"
"""The channel on which a commit wakes the relay."""

_COLUMNS = (
    Recorded.event_id,
    Recorded.case_id,
    Recorded.case_type,
    Recorded.sequence,
    Recorded.type,
    Recorded.version,
    Recorded.at,
    Recorded.by,
    Recorded.trace,
    Recorded.body,
    Recorded.chain,
)
_WAKE = text(f"NOTIFY {OUTBOX}")


class StaleCase(Exception):  # noqa: N818 - a race, not a fault
    """Somebody else wrote to the case first; load it again and decide again."""


async def load(
    session: AsyncSession, case_ids: Iterable[UUID], *, to_write: bool = False
) -> dict[UUID, list[Envelope]]:
    """Return the whole history of each case, oldest first; a case without one is absent.

    `to_write` makes other writers of these cases wait until this transaction ends, so that two
    handlers of one fact take turns instead of finding each other's place taken.
    """
    wanted = list(case_ids)
    if to_write:
        await session.execute(
            select(CaseHead.case_id)
            .where(CaseHead.case_id.in_(wanted))
            .order_by(CaseHead.case_id)
            .with_for_update()
        )
    found: dict[UUID, list[Envelope]] = defaultdict(list)
    rows = await session.execute(
        select(*_COLUMNS)
        .where(Recorded.case_id.in_(wanted))
        .order_by(Recorded.case_id, Recorded.sequence)
    )
    for row in rows:
        found[row.case_id].append(envelope_of(row))
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
        now = envelope.model_copy(update={"chain": chain.link(previous, envelope).hex()})
        heads[envelope.case_id] = now
        linked.append(now)
    try:
        await session.execute(insert(Recorded), [_row(it) for it in linked])
    except IntegrityError as error:
        raise StaleCase from error
    head = upsert(CaseHead)
    await session.execute(
        head.on_conflict_do_update(
            index_elements=[CaseHead.case_id],
            set_={"sequence": head.excluded.sequence, "chain": head.excluded.chain},
        ),
        [
            {"case_id": key, "sequence": it.sequence, "chain": bytes.fromhex(it.chain)}
            for key, it in heads.items()
        ],
    )
    await session.execute(_WAKE)
    return linked


def envelope_of(row: Any) -> Envelope:
    """Return a stored fact with its address; trusts what the database kept."""
    return Envelope.model_construct(
        event_id=row.event_id,
        case_id=row.case_id,
        case_type=row.case_type,
        sequence=row.sequence,
        type=row.type,
        version=row.version,
        at=row.at,
        by=row.by,
        trace=row.trace,
        body=row.body,
        chain=row.chain.hex(),
    )


def _row(envelope: Envelope) -> dict[str, Any]:
    return {
        **{name: getattr(envelope, name) for name in Envelope.model_fields},
        "chain": bytes.fromhex(envelope.chain),
    }
