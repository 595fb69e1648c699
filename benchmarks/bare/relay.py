"""Process: sends unsent facts onto the stream, each batch as one."""

import asyncio
from typing import Any, Final
from uuid import uuid4

import asyncpg
import nats
import orjson

from benchmarks.bare import sql
from benchmarks.bare.common import DATABASE, NATS, PREFIX, main

_MOST: Final = 500


async def run(stop: asyncio.Event) -> None:
    """Send until told to stop."""
    connection = await nats.connect(NATS)
    database = await asyncpg.connect(DATABASE)
    news = asyncio.Event()
    await database.add_listener("avvik_outbox", lambda *_: news.set())
    while not stop.is_set():
        news.clear()
        rows = await database.fetch(sql.UNSENT, _MOST)
        if rows:
            await _send(connection, rows)
            await database.execute(sql.MARK, [row["position"] for row in rows])
            continue
        try:
            await asyncio.wait_for(news.wait(), 0.5)
        except TimeoutError:
            continue


async def _send(connection: Any, rows: list[Any]) -> None:
    batch = uuid4().hex
    for number, row in enumerate(rows, start=1):
        headers = {
            "Nats-Msg-Id": str(row["event_id"]),
            "Nats-Batch-Id": batch,
            "Nats-Batch-Sequence": str(number),
        }
        name = row["type"].removeprefix("case.")
        subject = f"{PREFIX}.deviation.{row['case_id']}.{name}"
        if number < len(rows):
            await connection.publish(subject, _packed(row), headers=headers)
            continue
        headers["Nats-Batch-Commit"] = "1"
        reply = await connection.request(subject, _packed(row), timeout=5, headers=headers)
        if orjson.loads(reply.data).get("count") != len(rows):
            raise RuntimeError(reply.data)


def _packed(row: Any) -> bytes:
    event_id = str(row["event_id"])
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": event_id,
            "source": "/avvik",
            "type": f"se.avvik.{row['type']}.v1",
            "subject": str(row["case_id"]),
            "time": row["at"],
            "datacontenttype": "application/json",
            "casetype": "deviation",
            "sequence": f"{row['sequence']:010d}",
            "actor": row["by"],
            "data": orjson.Fragment(row["body"]),
            "traceparent": f"00-{row['trace']}-{event_id[19:23]}{event_id[24:]}-01",
            "chain": row["chain"],
        }
    )


if __name__ == "__main__":
    main(run)
