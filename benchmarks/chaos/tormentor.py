"""Kills one process after the other, by id, without a word of warning."""

import asyncio
from random import Random
from typing import Final

import psutil

from benchmarks.chaos.house import House
from benchmarks.chaos.plan import KINDS, Plan
from benchmarks.chaos.tally import Tally

_TOGETHER: Final = 0.15
"""How often two are killed in the same moment."""


class Tormentor:
    """Never kills the same process twice, and always one that lives."""

    def __init__(self, house: House, plan: Plan, tally: Tally) -> None:
        self._house = house
        self._plan = plan
        self._tally = tally
        self._dice: Random = plan.dice("tormentor")

    async def torment(self, stop: asyncio.Event) -> None:
        """Kill until told to stop."""
        while not stop.is_set():
            await asyncio.sleep(self._dice.uniform(*self._plan.pause))
            for _ in range(2 if self._dice.random() < _TOGETHER else 1):
                self._kill_one()

    def _kill_one(self) -> None:
        """Pick by weight, and pick again while the one picked is down already."""
        living = self._house.alive()
        names = [name for name in KINDS if name in living]
        if not names:
            return
        [name] = self._dice.choices(names, [KINDS[name] for name in names])
        try:
            living[name].kill()
        except psutil.NoSuchProcess:
            return
        self._tally.killed[name] += 1
