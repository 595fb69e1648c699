"""A supervisor in a process of its own, as tests see it from outside."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil

from infra.embedded import processes
from tests.servers import apart

REPOSITORY = Path(__file__).parent.parent
HOUSEHOLD = REPOSITORY / "tests" / "household.py"


class Household:
    """A supervisor in a process of its own."""

    def __init__(self, data_dir: Path, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._record = data_dir / "run.json"
        assert process.stdout
        self.url = process.stdout.readline().strip()  # empty when it gave up
        self.everyone = psutil.Process(process.pid).children(recursive=True) if self.url else []

    @property
    def record(self) -> dict[str, dict[str, dict[str, int]]]:
        return json.loads(self._record.read_text())

    @property
    def database_url(self) -> str:
        return str(self.record["database_url"]).replace("+asyncpg", "")

    def child(self, name: str) -> psutil.Process:
        who = self.record["children"][name]
        process = psutil.Process(who["pid"])
        assert abs(process.create_time() - who["started"]) < 1
        return process

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait()

    def starts(self) -> int:
        """How often the (invented) migration has run against this database."""

        async def count() -> int:
            connection = await asyncpg.connect(self.database_url)
            try:
                return await connection.fetchval("select count(*) from start")
            finally:
                await connection.close()

        return apart(count())

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310 - ours
                return answer.status == 200
        except OSError:
            return False


def environment(**more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if "AVVIK_" not in name}
    return ours | {"PYTHONPATH": str(REPOSITORY)} | more


@contextmanager
def household(
    data_dir: Path, *names: str, python: str = sys.executable, **options: object
) -> Iterator[Household]:
    options = {"env": environment(), "cwd": REPOSITORY} | options
    with (
        (data_dir / "log" / "supervisor.log").open("ab") as log,
        subprocess.Popen(
            [python, str(HOUSEHOLD), str(data_dir), *names],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            **options,
        ) as process,
    ):
        house = Household(data_dir, process)
        try:
            yield house
        finally:
            if process.poll() is None:
                house.stop()
    processes.end(house.everyone, ((signal.SIGKILL, 10),))


def up(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "up", *words],
        cwd=REPOSITORY,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What it said before it gave up: one sentence to a person, apart from the log's lines."""
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert len(lines) == 1, done.stderr
    return lines[0]
