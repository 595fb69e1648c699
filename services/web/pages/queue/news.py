"""Wakes those who look at a list when a case opens that may be theirs."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from events import Envelope, IvoNotificationRequired, LexSarahReported, ReportReceived
from events.cloudevent import event_name
from infra.link import Link
from infra.stream.overhear import Overheard
from services.reach import Reach

_OPENING: Final = (ReportReceived, LexSarahReported, IvoNotificationRequired)
SUBJECTS: Final = tuple(f"case.*.*.{event_name(it.type)}" for it in _OPENING)
_MOST: Final = 1000


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who looks at a list; `woken` is set when they should look again."""

    reach: Reach | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class News:
    """One ear on the stream for all lists that are open in this process."""

    def __init__(self, link: Link) -> None:
        self.over = False
        self._listeners: set[Listener] = set()
        self._ear = Overheard(link, SUBJECTS, self._opened)

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    @property
    def full(self) -> bool:
        """Whether as many listen as one process serves."""
        return len(self._listeners) >= _MOST

    @property
    def hears(self) -> bool:
        """Whether what opens is heard of at once; else only with the next sign of life."""
        return self._ear.hears

    def start(self) -> None:
        """Begin to listen to the stream."""
        self._ear.start()

    def end(self) -> None:
        """Let every open answer come to its end: the process is about to stop."""
        self.over = True
        for listener in self._listeners:
            listener.woken.set()

    async def stop(self) -> None:
        """Stop listening to the stream."""
        self.end()
        await self._ear.stop()

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """Be one of those who are woken, until the block ends."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _opened(self, fact: Envelope) -> None:
        unit = fact.body.get("unit")
        for listener in self._listeners:
            reach = listener.reach
            if reach and reach.may_see(unit if isinstance(unit, str) else None, fact.case_type):
                listener.woken.set()
