"""One process as it is to be run."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.embedded import leash
from infra.embedded.owner import Account

Endings = tuple[tuple[signal.Signals, float], ...]
ENDINGS: Endings = ((signal.SIGTERM, 10), (signal.SIGKILL, 5))


@dataclass(frozen=True)
class Program:
    """What to run, under which account, how to end it: signals, each with its patience."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    account: Account | None = None
    directory: Path | None = None
    log: Path | None = None
    endings: Endings = ENDINGS
    before_start: Callable[[], None] = lambda: None

    def leashed(self) -> tuple[str, ...]:
        """Return the command line to spawn; the process dies when its parent does."""
        user = (self.account.uid, self.account.gid) if self.account else ("-", "-")
        knot = (os.getpid(), int(self.endings[0][0]), *user)
        # -I -S: nothing of the environment or of site-packages belongs in these few lines.
        return (sys.executable, "-I", "-S", leash.__file__, *map(str, knot), *self.command)
