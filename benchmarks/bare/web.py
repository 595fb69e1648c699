"""Process: takes reports over HTTP/1.1 and writes them down, many in one transaction."""

import asyncio
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, cast
from uuid import UUID, uuid4

import orjson
from typing_extensions import override

from benchmarks.bare import facts, sql
from benchmarks.bare.common import KEY, encrypt, main, pool, record

_PATH: Final = b"PUT /api/v1/reports/"
_MOST: Final = 64
_WRITERS: Final = 2


@dataclass(slots=True)
class Report:
    """A report on its way."""

    case_id: UUID
    form: dict[str, Any]
    reporter: UUID
    at: datetime
    door: "Door"
    number: str = ""


class Door(asyncio.Protocol):
    """One connection."""

    known: dict[bytes, UUID]
    units: frozenset[str]
    line: "asyncio.Queue[Report]"

    def __init__(self) -> None:
        self._had = b""
        self._out: asyncio.WriteTransport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass

    @override
    def data_received(self, data: bytes) -> None:
        self._had += data
        end = self._had.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._had[:end]
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        whole = end + 4 + int(fields[b"Content-Length"])
        if len(self._had) < whole:
            return
        body, self._had = self._had[end + 4 : whole], self._had[whole:]
        token = fields[b"Authorization"].removeprefix(b"Bearer ")
        who = self.known.get(sha256(token).digest())
        form = orjson.loads(body)
        if who is None or form["unit"] not in self.units or not head.startswith(_PATH):
            self.answer(b"401 Unauthorized", b"{}")
            return
        case_id = UUID(head[len(_PATH) : len(_PATH) + 36].decode())
        self.line.put_nowait(Report(case_id, form, who, datetime.now(UTC), self))

    def answer(self, status: bytes, body: bytes) -> None:
        """Answer the request."""
        if self._out is not None and not self._out.is_closing():
            self._out.write(
                b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (status, len(body), body)
            )


async def _write(line: "asyncio.Queue[Report]", database: Any) -> None:
    while True:
        taken = [await line.get()]
        while len(taken) < _MOST and not line.empty():
            taken.append(line.get_nowait())
        async with database.acquire() as connection, connection.transaction():
            await _keep(connection, taken)
        for it in taken:
            url = f"/api/v1/reports/{it.case_id}"
            told = {"case_id": str(it.case_id), "number": it.number, "status_url": url}
            it.door.answer(b"201 Created", orjson.dumps(told))


async def _keep(database: Any, taken: Sequence[Report]) -> None:
    numbers = await database.fetch(sql.NUMBERS, len(taken))
    rows: list[facts.Row] = []
    keys, items, sealed, due, firsts, marks = [], [], [], [], [], []
    for it, number in zip(taken, numbers, strict=True):
        case_id, at, item, key = it.case_id, it.at, uuid4(), os.urandom(32)
        it.number = f"AVV-{at.year}-{number[0]:05d}"
        marks.append(_mark(it.form))
        keys.append(encrypt(KEY, key, b"avvik:case:" + case_id.bytes))
        items.append(item)
        context = case_id.bytes + item.bytes + b"story"
        sealed.append(encrypt(key, it.form["text"].encode(), context))
        bodies = facts.clocks(it.form["harm"] == facts.SERIOUS, at)
        first = facts.received(it.form, (case_id, item), it.number, it.reporter, at)
        last = (0, facts.first_link(case_id))
        trace, by = uuid4().hex, str(it.reporter)
        kinds = ["case.report_received", *["case.deadline_set"] * len(bodies)]
        for kind, body in zip(kinds, [first, *bodies], strict=True):
            rows.append(facts.fact(case_id, last, kind, at, by, trace, body))
            last = (rows[-1][2], rows[-1][8])
        times = [datetime.fromisoformat(body["due_at"]) for body in bodies]
        due += [(case_id, body["code"], at) for body, at in zip(bodies, times, strict=True)]
        firsts.append(min(times))
    ids = [it.case_id for it in taken]
    named = [it.number for it in taken]
    await record(database, rows)
    await database.execute(
        sql.INDEX,
        ids,
        named,
        [it.form["unit"] for it in taken],
        [it.reporter for it in taken],
        [it.at for it in taken],
        firsts,
        [-17 if it.form["harm"] == facts.SERIOUS else -3 for it in taken],
    )
    await database.execute(sql.DUE, *map(list, zip(*due, strict=True)))
    await database.execute(sql.KEYS, ids, keys)
    await database.execute(sql.WORDS, items, ids, sealed)
    await database.execute(sql.RECEIPTS, ids, named, marks)


def _mark(form: dict[str, Any]) -> bytes:
    return hmac.digest(KEY, orjson.dumps(form, option=orjson.OPT_SORT_KEYS), "sha256")


async def run(stop: asyncio.Event) -> None:
    """Serve until told to stop."""
    database = await pool(_WRITERS + 1)
    rows = await database.fetch("SELECT digest, account_id FROM api_token")
    Door.known = {bytes(row[0]): row[1] for row in rows}
    Door.units = frozenset(row[0] for row in await database.fetch("SELECT code FROM unit"))
    Door.line = asyncio.Queue()
    writers = [asyncio.create_task(_write(Door.line, database)) for _ in range(_WRITERS)]
    port = int(os.environ["BARE_PORT"])
    server = await asyncio.get_running_loop().create_server(Door, "127.0.0.1", port)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *writers], return_when=asyncio.FIRST_COMPLETED)
    server.close()


if __name__ == "__main__":
    main(run)
