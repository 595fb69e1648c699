"""Proof that the reference does the same work: rows per case and bytes per message."""

import asyncio
from typing import Final

import asyncpg
import nats

from benchmarks.bare.common import STREAM
from benchmarks.bare.run import Bare
from benchmarks.product import Product

_TABLES: Final = (
    "event",
    "case_head",
    "vault_key",
    "vault_item",
    "report_receipt",
    "report_mark",
    "inbox",
    "notice",
    "read.case_index",
    "read.deadline_due",
    "read.agenda",
    "read.case_count",
)
_ALIKE: Final = 0.02


def compared(product: Product, bare: Bare) -> dict[str, list[float]]:
    """Return both numbers for each table and for the stream; raise when they are not alike."""
    return asyncio.run(_compared(product, bare))


async def _compared(product: Product, bare: Bare) -> dict[str, list[float]]:
    ours = await _counted(product.record.database_url, product.record.nats_url, "CASES")
    theirs = await _counted(bare.database_url, bare.nats_url, STREAM)
    for name, count in ours.items():
        if abs(theirs[name] / count - 1) > _ALIKE:
            raise SystemExit(f"{name}: {count} per case, in the reference {theirs[name]}")
    return {name: [ours[name], theirs[name]] for name in ours}


async def _counted(database_url: str, nats_url: str, stream: str) -> dict[str, float]:
    database = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    counts = {it: await database.fetchval(f"SELECT count(*) FROM {it}") for it in _TABLES}  # noqa: S608 - our own names
    await database.close()
    connection = await nats.connect(nats_url)
    state = (await connection.jetstream().stream_info(stream)).state
    await connection.close()
    cases = counts["case_head"]
    told = {name: round(count / cases, 3) for name, count in counts.items()}
    told["messages"] = round(state.messages / cases, 3)
    told["bytes of a message"] = round(state.bytes / state.messages)
    return told
