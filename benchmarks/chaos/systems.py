"""Other systems: they publish a report until the stream says that it is stored."""

import asyncio
import json
from random import Random
from typing import Final

import nats.errors
from nats.aio.client import Client

from benchmarks.chaos.report import Filed, invent
from benchmarks.chaos.tally import Tally

_AGAIN: Final = 0.08
_NAMED: Final = 0.5
"""How often a system names its message, so that the stream knows a repeat."""


class System:
    """One sender on `intake.report`."""

    def __init__(self, url: str, dice: Random, tally: Tally) -> None:
        self._url = url
        self._dice = dice
        self._tally = tally

    async def file(self, stop: asyncio.Event, every: float) -> None:
        """File reports until told to stop; what is begun is brought to its end."""
        client = Client()
        await client.connect(
            self._url,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            error_cb=self._heard,
        )
        try:
            while not stop.is_set():
                await asyncio.sleep(self._dice.uniform(0, 2 * every))
                report = invent(self._dice, "system")
                await self._keep(client, report)
                if self._dice.random() < _AGAIN:
                    self._tally.again += 1
                    await self._keep(client, report)
        finally:
            await client.close()

    async def _keep(self, client: Client, report: Filed) -> None:
        body = json.dumps(report.body | {"id": str(report.report_id)}).encode()
        named = self._dice.random() < _NAMED
        headers = {"Nats-Msg-Id": str(report.report_id)} if named else None
        while True:
            try:
                if not client.is_connected:
                    raise nats.errors.ConnectionReconnectingError
                await client.jetstream(timeout=2).publish(
                    "intake.report", body, headers=headers
                )
            except (nats.errors.Error, OSError) as error:
                self._tally.answers[f"nats {type(error).__name__}"] += 1
                await asyncio.sleep(self._dice.uniform(0.1, 0.6))
            else:
                self._tally.answers["nats stored"] += 1
                self._tally.promise(report.report_id, None, serious=report.serious)
                return

    async def _heard(self, _: Exception) -> None:
        """Let it pass: each try tells for itself."""
