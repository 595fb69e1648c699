"""What a handler is: a name, the facts it follows, and what it does with them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events.base import Envelope
from events.cloudevent import event_name
from infra.stream.streams import CASES, Consumer

TRIES: Final = 8
"""How often a fact is tried before it is put before a person."""
PAUSES: Final = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds to wait after the first failure, the second, …; the last one repeats."""

Handle = Callable[[AsyncSession, Sequence[Envelope]], Awaitable[None]]


class GiveUp(Exception):  # noqa: N818 - an answer of the handler, not a crash
    """Trying again will not help: put it before a person now. `code` is all that is kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Handler:
    """A follower of facts. `event_types` None means all of them.

    `handle` is called in the transaction that also remembers that it was done; it writes
    through the session it is given and raises when it cannot do all of it.
    """

    name: str
    event_types: tuple[str, ...] | None
    batch: int
    handle: Handle

    def wants(self, envelope: Envelope) -> bool:
        """Tell whether this fact is for this handler: a subject says less than a type."""
        return self.event_types is None or envelope.type in self.event_types

    def consumer(self) -> Consumer:
        """Return the durable consumer that carries this handler."""
        if self.event_types is None:
            subjects: tuple[str, ...] = ("case.>",)
        else:
            names = {event_name(kind) for kind in self.event_types}
            subjects = tuple(f"case.*.*.{name}" for name in sorted(names))
        # Room for the batch at hand, the next one, and many that wait out a pause.
        pending = max(2000, 10 * self.batch)
        return Consumer(CASES.name, self.name, subjects, TRIES, max_ack_pending=pending)
