"""Keeps a door without a login from being run down, and remembers nobody who came through."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from math import ceil
from time import monotonic
from typing import Final

from services.web.problem import Problem

_BURST: Final = 30
_PER_SECOND: Final = 0.5
_AT_ONCE: Final = 16
_PLACES: Final = 10_000


class Pace:
    """A bucket for each place that asks, and a bound on how many are served at once.

    A place is a connection's address under a key that lives and dies with the process: nothing
    here can be turned back into an address, and nothing leaves memory. The bound is what keeps
    the slow digests of receipt codes from taking the processors from everybody else.
    """

    def __init__(
        self, burst: float = _BURST, per_second: float = _PER_SECOND, at_once: int = _AT_ONCE
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._at_once = at_once
        self._served = 0
        self._key = os.urandom(32)
        self._buckets: dict[bytes, tuple[float, float]] = {}

    def take(self, address: str) -> None:
        """Let one request in, or raise a 429 `Problem` that says how long to wait."""
        place = blake2b(address.encode(), digest_size=16, key=self._key).digest()
        now = monotonic()
        left, since = self._buckets.pop(place, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        while len(self._buckets) >= _PLACES:
            del self._buckets[next(iter(self._buckets))]
        self._buckets[place] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise _too_many(ceil((1 - left) / self._per_second))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Serve one, or raise a 429 `Problem` when too many are being served already."""
        if self._served >= self._at_once:
            raise _too_many(2)
        self._served += 1
        try:
            yield
        finally:
            self._served -= 1


def _too_many(seconds: int) -> Problem:
    wait = "en sekund" if seconds == 1 else f"{seconds} sekunder"
    return Problem(
        429,
        "too_many",
        f"Det är för många försök just nu. Vänta {wait} och försök igen.",
        headers={"Retry-After": str(seconds)},
    )
