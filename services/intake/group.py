"""Many reports, one transaction: what comes in while one commit runs goes with the next."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from infra.absence import absent
from infra.db import transaction
from infra.store import StaleCase
from services.intake.accept import Accepted, Report, accept_many
from workflows import Refusal

_MOST: Final = 64
"""Reports in one transaction: enough to share the disk's flush, few enough to stay quick."""
_WRITERS: Final = 2
_WAITING: Final = 500
"""Reports in line before the web says that it is full."""
_TRIES: Final = 3

log = structlog.get_logger()


class Full(Exception):  # noqa: N818 - an answer, not a fault
    """More reports come in than can be written down; the sender keeps it and tries again."""


class GroupCommit:
    """A line of reports, and writers that take all that stand in it."""

    def __init__(self) -> None:
        self._line: asyncio.Queue[tuple[Report, asyncio.Future[Accepted | Refusal]]] = (
            asyncio.Queue(_WAITING)
        )
        self._writers: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to write."""
        self._writers = [asyncio.create_task(self._write()) for _ in range(_WRITERS)]

    async def stop(self) -> None:
        """Write what stands in line, then end."""
        await self._line.join()
        for writer in self._writers:
            writer.cancel()
        await asyncio.gather(*self._writers, return_exceptions=True)

    async def accept(self, report: Report) -> Accepted | Refusal:
        """Return once the report is on disk, or refused. Raises `Full`, or what went wrong."""
        answer: asyncio.Future[Accepted | Refusal] = asyncio.get_running_loop().create_future()
        try:
            self._line.put_nowait((report, answer))
        except asyncio.QueueFull:
            raise Full from None
        return await answer

    async def _write(self) -> None:
        while True:
            taken = [await self._line.get()]
            while len(taken) < _MOST and not self._line.empty():
                taken.append(self._line.get_nowait())
            try:
                await self._commit(taken)
            finally:
                for _ in taken:
                    self._line.task_done()

    async def _commit(
        self, taken: Sequence[tuple[Report, asyncio.Future[Accepted | Refusal]]]
    ) -> None:
        try:
            results = await accept_together([report for report, _ in taken])
        except Exception as error:
            if len(taken) > 1 and not absent(error):
                log.warning("intake.one_by_one", reports=len(taken), exc_info=error)
                for one in taken:
                    await self._commit([one])
                return
            for _, answer in taken:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), result in zip(taken, results, strict=True):
            if not answer.done():  # the phone may have hung up; its report is safe all the same
                answer.set_result(result)


async def accept_together(reports: Sequence[Report]) -> list[Accepted | Refusal]:
    """Accept reports in a transaction of their own, again if another process was first."""
    for tried in range(1, _TRIES + 1):
        try:
            async with transaction() as session:
                return await accept_many(session, reports)
        except StaleCase:
            if tried == _TRIES:
                raise
    raise AssertionError  # pragma: no cover - the loop returns or raises
