"""The product as it is run: supervisor, its own PostgreSQL and NATS, four processes."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from infra.settings import settings
from infra.vault import keyring
from services import caches
from services.supervise.record import Record, path
from tests.servers import temporary_data_dir

ROOT: Final = Path(__file__).parent.parent
_UP: Final = (sys.executable, "-m", "services.cli", "up", "--port", "0", "--data-dir")
_PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Product:
    """A product that runs. `log` is what its processes write."""

    record: Record
    data_dir: Path
    log: Path

    @property
    def host(self) -> str:
        """Where the web listens."""
        return urlsplit(self.record.url).hostname or ""

    @property
    def port(self) -> int:
        """The web's port."""
        return urlsplit(self.record.url).port or 0

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which another process belongs to this installation."""
        return {
            "AVVIK_DATABASE_URL": self.record.database_url,
            "AVVIK_NATS_URL": self.record.nats_url,
            "AVVIK_MASTER_KEY_FILE": str(self.data_dir / "master.key"),
        }

    def pid(self, name: str) -> int:
        """Return the process id of one of its processes."""
        return self.record.children[name].pid

    def use(self) -> None:
        """Let this very process belong to the installation."""
        os.environ.update(self.environment)
        settings.cache_clear()
        keyring.keyring.cache_clear()
        caches.forget()


@contextmanager
def running(more: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Run the product in a directory of its own, on free ports, until the block ends."""
    clean = {name: it for name, it in os.environ.items() if not name.startswith("AVVIK_")}
    with temporary_data_dir() as data_dir, (data_dir / "bench.log").open("wb") as log:
        supervisor = subprocess.Popen(
            [*_UP, str(data_dir)],
            env={**clean, **(more or {})},
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            yield _ready(supervisor, data_dir)
        finally:
            supervisor.terminate()
            supervisor.wait(60)


def _ready(supervisor: "subprocess.Popen[bytes]", data_dir: Path) -> Product:
    """Wait until the web and every handler are there."""
    end = monotonic() + _PATIENCE
    said = data_dir / "bench.log"
    while monotonic() < end and supervisor.poll() is None:
        sleep(0.2)
        if not path(data_dir).exists():
            continue
        record = Record.model_validate_json(path(data_dir).read_bytes())
        if record.children.keys() >= {"web", "worker"} and _whole(record.url):
            return Product(record, data_dir, said)
    raise SystemExit(f"the product did not start:\n{said.read_text(encoding='utf-8')[-3000:]}")


def _whole(url: str) -> bool:
    try:
        with urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
            return b'"ready"' in answer.read()
    except (URLError, OSError):
        return False
