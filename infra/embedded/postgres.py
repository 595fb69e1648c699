"""The PostgreSQL that Avvik brings along."""

import asyncio
import hashlib
import secrets
import signal
from pathlib import Path

import asyncpg
import psutil
from pydantic import BaseModel

from infra.embedded import pg_binaries, pg_cluster, ports, private_file, processes
from infra.embedded.owner import Account, unprivileged
from infra.embedded.program import Program
from infra.faults import CannotStart

# Where the account PostgreSQL runs under can reach, when the data directory is out of its way.
SHARED = Path("/var/lib/avvik")

_ENDINGS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    # None: the path of a Unix socket may hold 107 bytes, and data directories lie deep.
    "unix_socket_directories": "",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
    # A failed statement, and the detail of a refused key, quote what people wrote.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class _Kept(BaseModel):
    port: int
    password: str
    home: Path | None = None  # only where it lies outside the data directory


class Postgres:
    """A cluster below the data directory, with one database: avvik."""

    name = "postgres"

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self._file = self.data_dir / "postgres.json"
        self._account: Account | None = None
        self._binaries: pg_binaries.Binaries | None = None

    @property
    def url(self) -> str:
        """The address for SQLAlchemy, password and all."""
        kept = self._kept()
        return f"postgresql+asyncpg://postgres:{kept.password}@127.0.0.1:{kept.port}/avvik"

    @property
    def home(self) -> Path:
        """The directory around the cluster, which its account owns."""
        kept = private_file.read(self._file, _Kept)
        return (kept and kept.home) or self.data_dir / "postgres"

    @property
    def log(self) -> Path:
        """The file the server writes its complaints to."""
        return self.data_dir / "log" / "postgres.log"

    def ensure(self) -> None:
        """Make the cluster unless it is there, and see to it that the port is free."""
        self._account = unprivileged()
        kept = private_file.read(self._file, _Kept) or _Kept(
            port=ports.free_port(), password=secrets.token_hex(24), home=self._detour()
        )
        if not ports.is_free(kept.port):
            kept = kept.model_copy(update={"port": ports.free_port()})
        # Before the cluster: one made with a password that was lost could never be opened.
        private_file.write(self._file, kept.model_dump_json())
        self._make_home()
        version = self._pgdata / "PG_VERSION"
        major = int(version.read_text(encoding="ascii")) if version.exists() else None
        self._binaries = pg_binaries.choose(major).within_reach(self._account, SHARED)
        if major is None:
            pg_cluster.make(self._pgdata, self._binaries, kept.password, self._account)

    def program(self) -> Program:
        """Return what to spawn; `ensure` must have been called."""
        if self._binaries is None:
            raise RuntimeError("ensure() comes first")
        options = {**_OPTIONS, "port": str(self._kept().port)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return Program(
            self.name,
            (self._binaries.path("postgres"), "-D", str(self._pgdata), *words),
            environment=pg_cluster.ENVIRONMENT,
            account=self._account,
            directory=self._pgdata,
            log=self.log,
            endings=_ENDINGS,
            before_start=self.end_strays,
        )

    async def wait_ready(self, timeout: float) -> None:
        """Return when the database answers; time spent on crash recovery is not counted."""
        clock = asyncio.get_running_loop().time
        address = self.url.replace("+asyncpg", "")
        deadline = clock() + timeout
        while True:
            try:
                connection = await asyncpg.connect(address, timeout=5, ssl=False)
                await connection.close()
            except asyncpg.CannotConnectNowError:
                deadline = clock() + timeout
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                if clock() > deadline:
                    raise CannotStart(
                        f"PostgreSQL svarade inte inom {timeout:.0f} s. Se {self.log}."
                    ) from None
            else:
                return
            await asyncio.sleep(0.05)

    def end_strays(self) -> None:
        """End what a killed supervisor or postmaster left, and the lock file it left too.

        PostgreSQL would trust the file when the id in it lives on as a zombie, or was given to
        another program of ours. We hold the data directory's own lock, so we know better.
        """
        if not self._file.exists():
            return
        lock = self._pgdata / "postmaster.pid"
        known = lock.read_text(encoding="utf-8").split()[:1] if lock.exists() else []
        masters = [one for one in self._standing() if [str(one.pid)] == known]
        processes.end(masters, _ENDINGS)
        # Without a postmaster the others leave by themselves. They are not sent SIGINT, which
        # asks each of them for something else.
        left = processes.wait(self._standing(), 5)
        processes.end(left, _ENDINGS[1:])
        lock.unlink(missing_ok=True)

    def _standing(self) -> list[psutil.Process]:
        """Return the processes of this cluster: each of them stands in its directory."""
        here = str(self._pgdata)
        # In a container root may be denied the cwd of others; the postmaster at least is
        # known by its command line, which all can read.
        return processes.matching(
            lambda one: (
                one.name() == "postgres" and (here in one.cmdline() or one.cwd() == here)
            )
        )

    @property
    def _pgdata(self) -> Path:
        return self.home / "pgdata"

    def _kept(self) -> _Kept:
        kept = private_file.read(self._file, _Kept)
        if kept is None:
            raise RuntimeError("ensure() comes first")
        return kept

    def _detour(self) -> Path | None:
        """Choose a home elsewhere when the account cannot reach the data directory."""
        if self._account is None or self._account.reaches(self.data_dir):
            return None
        digest = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:12]
        # Never the same twice: a data directory that was thrown away and made anew must not
        # meet the old cluster, whose password is gone.
        return SHARED / f"{digest}-{secrets.token_hex(4)}"

    def _make_home(self) -> None:
        home, account = self.home, self._account
        if home.parent == SHARED:
            SHARED.mkdir(parents=True, exist_ok=True)
            SHARED.chmod(0o755)
        home.mkdir(mode=0o700, exist_ok=True)
        if account is None:
            return
        account.take(home)
        if not account.reaches(home):
            raise CannotStart(
                f"Kontot {account.name}, som PostgreSQL körs under, kommer inte åt {home}."
            )
