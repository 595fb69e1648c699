"""The real product with Norrvik in it, as `avvik demo` starts it; nothing of it is left."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from infra.embedded.program import Program
from tests.households import REPOSITORY, environment


@dataclass(frozen=True)
class User:
    """Somebody in Norrvik and how they come in."""

    login: str
    password: str
    token: str
    role: str
    unit: str | None


@dataclass(frozen=True)
class Demo:
    """Where the product answers and who may come in."""

    url: str
    users: dict[str, User]
    """By login, as in `services/demo/municipality.py`."""
    process: psutil.Process

    def role(self, role: str) -> User:
        """Return the first person with the role."""
        return next(it for it in self.users.values() if it.role == role)


@contextmanager
def demo(data_dir: Path) -> Iterator[Demo]:
    """Run it on a port that was free until the block ends."""
    words = ("demo", "--json", "--port", "0", "--data-dir", str(data_dir))
    # Leashed: it ends with us, also when we are killed.
    command = Program("demo", (sys.executable, "-m", "services.cli", *words)).leashed()
    with (
        (data_dir / "log" / "demo.log").open("ab") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=REPOSITORY,
            env=environment(),
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout
        said = process.stdout.readline()
        assert said, (data_dir / "log" / "demo.log").read_text()
        told = json.loads(said)
        users = {it["login"]: User(**it) for it in told["users"]}
        everyone = psutil.Process(process.pid).children(recursive=True)
        try:
            yield Demo(told["url"], users, psutil.Process(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)
        assert code == 0, (data_dir / "log" / "demo.log").read_text()[-2000:]
        _, left = psutil.wait_procs(everyone, timeout=10)
        assert not left
