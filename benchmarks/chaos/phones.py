"""Phones: each keeps a report until it has been told that it is saved."""

import asyncio
from random import Random
from typing import Final
from uuid import UUID

import httpx

from benchmarks.chaos.report import Filed, invent
from benchmarks.chaos.tally import Tally
from services.intake.codes import hidden_id

_AGAIN: Final = 0.06
"""How often a phone sends what was saved long ago, and how often it sends twice at once."""
_SAVED: Final = (200, 201)
_TIMEOUT: Final = 10.0


class Phone:
    """One sender over HTTP."""

    def __init__(self, url: str, token: str, dice: Random, tally: Tally) -> None:
        self._door = f"{url}/api/v1/reports"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._dice = dice
        self._tally = tally
        self._saved: list[Filed] = []

    async def file(self, stop: asyncio.Event, every: float) -> None:
        """File reports until told to stop; what is begun is brought to its end."""
        async with httpx.AsyncClient(headers=self._headers, timeout=_TIMEOUT) as client:
            while not stop.is_set():
                await asyncio.sleep(self._dice.uniform(0, 2 * every))
                report = invent(self._dice, "phone")
                throw = self._dice.random()
                if throw < _AGAIN and self._saved:
                    report = self._dice.choice(self._saved)
                    self._tally.again += 1
                if _AGAIN < throw < 2 * _AGAIN:
                    self._tally.again += 1
                    await asyncio.gather(self._keep(client, report), self._keep(client, report))
                else:
                    await self._keep(client, report)
                self._saved.append(report)

    async def _keep(self, client: httpx.AsyncClient, report: Filed) -> None:
        """Send the report until somebody says that it is saved."""
        while True:
            pause = await self._send(client, report)
            if pause is None:
                return
            await asyncio.sleep(pause)

    async def _send(self, client: httpx.AsyncClient, report: Filed) -> float | None:
        """Send it once; return how long to wait before the next try, or None when saved."""
        try:
            answer = await client.put(f"{self._door}/{report.report_id}", json=report.body)
        except httpx.HTTPError as error:
            self._tally.answers[type(error).__name__] += 1
            return self._dice.uniform(0.1, 0.6)
        self._tally.answers[str(answer.status_code)] += 1
        if answer.status_code in _SAVED:
            case_id = UUID(answer.json()["case_id"])
            anonymous = report.body.get("anonymous")
            kept = hidden_id(report.report_id) if anonymous else report.report_id
            self._tally.promise(kept, case_id, serious=report.serious)
            return None
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            self._tally.broken.append(f"answered {answer.status_code}: {answer.text[:200]}")
        elif not (answer.headers.get("retry-after") and "inte spara" in answer.text):
            self._tally.broken.append(f"503 without help: {answer.text[:200]}")
        # Sooner than it asks for, as people press again.
        return self._dice.uniform(0.3, 1.0)
