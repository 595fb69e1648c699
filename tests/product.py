"""The whole product as its real processes, for tests; ended by process id.

Needs the fixtures `database` and `stream`, whose servers it uses:

    async with product(tmp_path) as it:
        await it.client.put(f"/api/v1/reports/{uuid4()}", headers=it.as_("medarbetare"), json=…)
"""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import orjson

from infra import policy_files
from infra.db import transaction
from infra.embedded import ports
from infra.embedded.program import Program
from infra.people import accounts as people
from infra.people import tokens
from infra.people.units import keep_unit
from services import policies
from services.demo.municipality import PEOPLE, UNITS
from services.demo.seed import ensure_demo
from tests.stream_support import so
from workflows.rules.policy_check import checked

ROOT: Final = Path(__file__).parents[1]
WORDS: Final = ("web", "relay", "timer", "worker")


@dataclass
class Product:
    """A running product: where it is, who may come in, what its processes have written."""

    url: str
    nats_url: str
    tokens: dict[str, str]
    """By login, as in `services/demo/municipality.py`; one of each role: `token_of`."""
    directory: Path
    environment: dict[str, str]
    client: httpx.AsyncClient
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def as_(self, login: str) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.tokens[login]}"}

    def token_of(self, role: str) -> str:
        """The token of the first person with the role."""
        return self.tokens[next(it.login for it in PEOPLE if it.role == role)]

    def log(self, name: str) -> Path:
        """The file with all that a process has written, to stdout and stderr."""
        return self.directory / f"{name}.log"

    def lines(self, event: str, *names: str) -> list[dict[str, Any]]:
        """The log lines about an event, of these processes or of all."""
        written = b"\n".join(self.log(name).read_bytes() for name in names or self.processes)
        told = (orjson.loads(line) for line in written.splitlines() if line[:1] == b"{")
        return [line for line in told if line["event"] == event]

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one process, again if it has ended; it dies with the test process."""
        command = (sys.executable, "-m", "services.cli", name)
        with self.log(name).open("ab") as log:
            process = self.processes[name] = subprocess.Popen(
                Program(name, command).leashed(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                cwd=ROOT,
                start_new_session=True,
            )
        return process

    async def ready(self) -> None:
        """Return when /readyz says that everything is there."""

        async def whole() -> bool:
            for name, process in self.processes.items():
                assert process.poll() is None, self.log(name).read_text()
            try:
                return (await self.client.get("/readyz")).json()["status"] == "ready"
            except httpx.TransportError:
                return False

        await so(whole, seconds=60)

    def stop(self) -> dict[str, int]:
        """Ask every process to end and return their exit codes; who does not is killed."""
        return {name: stopped(it) for name, it in reversed(self.processes.items())}


def stopped(process: subprocess.Popen[bytes], patience: float = 40) -> int:
    """End a process of ours as an operator would, and return its exit code."""
    process.terminate()
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return -9


@asynccontextmanager
async def product(
    directory: Path,
    *,
    processes: Iterable[str] = WORDS,
    stories: bool = False,
    **settings: str,
) -> AsyncIterator[Product]:
    """Run the product with Norrvik in it until the block ends; `smtp_url=…` and so on.

    Without `stories` Norrvik has its units and people, but no cases yet.
    """
    port = ports.free_port()
    running = Product(
        url=f"http://127.0.0.1:{port}",
        nats_url=os.environ["AVVIK_NATS_URL"],
        tokens=await _with_stories(directory) if stories else await norrvik(),
        directory=directory,
        environment={
            **os.environ,
            "AVVIK_PORT": str(port),
            **{f"AVVIK_{name.upper()}": value for name, value in settings.items()},
        },
        client=httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30),
    )
    try:
        for name in processes:
            running.start(name)
        if "web" in running.processes:
            await running.ready()
        yield running
    finally:
        await running.client.aclose()
        running.stop()


async def norrvik() -> dict[str, str]:
    """Make Norrvik's units and people, nobody with a password; return tokens by login.

    Norrvik has no quiet hours here: what a test sees must not hang on when it is run.
    """
    made = {}
    document = policy_files.read_file(policy_files.DEFAULT)
    del document["quiet_hours"]
    async with transaction() as session:
        await policies.load(session, checked(document), document)
        for unit in UNITS:
            await keep_unit(session, unit)
        for person in PEOPLE:
            account = await people.create_account(
                session,
                person.login,
                person.name,
                title=person.title,
                email=f"{person.login}@norrvik.example",
            )
            for unit_code in person.units or (None,):
                await people.grant(session, account, person.role, unit_code)
            made[person.login] = await tokens.issue(session, account, "test")
    return made


async def _with_stories(directory: Path) -> dict[str, str]:
    return {user.login: user.token for user in await ensure_demo(directory)}
