"""How long, how much and by which dice."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

KINDS: Final = {
    "web": 2.0,
    "relay": 2.0,
    "timer": 1.0,
    "worker": 3.0,
    "nats": 2.0,
    "postgres": 2.0,
}
"""Whom the tormentor picks, and how gladly."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be reached before the torment may end, and when it has failed to."""

    kills: int = 100
    reports: int = 10_000
    seconds: float = 1200.0
    seed: int = 0
    phones: int = 12
    systems: int = 3
    rate: float = 150.0
    """Reports a second, all senders together: about what the kills need to keep company."""
    pause: tuple[float, float] = (0.2, 3.4)
    """Between one kill and the next: the supervisor lets what dies often wait up to 5 s."""
    clock: float = 20.0
    """Seconds until a serious report is overdue, so that the timer is at work too."""
    drain: float = 420.0
    """What the quiet afterwards may take: messages in hand at a kill come back after 30 s."""

    log: Path | None = None
    """Where to keep what the product wrote."""

    def dice(self, name: str) -> Random:
        """Return dice of this sender's or tormentor's own: the same for the same seed."""
        return Random(f"{self.seed}:{name}")  # noqa: S311 - to be repeated, not to be secret
