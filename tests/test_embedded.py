"""The servers we bring along keep their word through kills, copies and bad luck."""

import base64
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import nats
import nats.errors
import psutil
import pytest

from infra.embedded import pg_binaries, ports, processes
from infra.embedded import postgres as postgres_module
from infra.embedded.master_key import ensure_master_key
from infra.embedded.nats import Nats
from infra.embedded.owner import unprivileged
from infra.embedded.postgres import Postgres
from infra.embedded.program import Program
from infra.faults import CannotStart
from tests.servers import running, started, until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about stepping down from root")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="is about prctl")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def ask(url: str, *statements: str) -> object:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        answers = [await connection.fetchval(statement) for statement in statements]
    finally:
        await connection.close()
    return answers[-1]


def test_a_port_is_one_no_client_is_given_by_chance() -> None:
    assert all(20000 <= ports.free_port() < 30000 for _ in range(20))


def test_a_port_someone_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert not ports.is_free(port)
    assert ports.is_free(port)


def test_two_who_make_the_master_key_at_once_agree(tmp_path: Path) -> None:
    def make(_: int) -> str:
        return ensure_master_key(tmp_path).read_text()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1
    key = tmp_path / "master.key"
    name, _, value = key.read_text().strip().partition(":")
    assert (name, len(base64.b64decode(value)), mode(key)) == ("k1", 32, 0o600)
    assert list(tmp_path.iterdir()) == [key]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
    ],
)
async def test_postgres_is_set_up_to_be_trusted(
    postgres_url: str, name: str, value: str
) -> None:
    assert await ask(postgres_url, f"show {name}") == value


async def test_postgres_knows_swedish_letters(postgres_url: str) -> None:
    assert await ask(postgres_url, "select upper('åäö')") == "ÅÄÖ"


async def test_postgres_lets_no_one_in_without_the_password(postgres_url: str) -> None:
    place = postgres_url.partition("@")[2]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://postgres:guess@{place}")


async def test_postgres_survives_a_kill_with_its_data_and_address(data_dir: Path) -> None:
    server = Postgres(data_dir)
    with running(server) as process:
        url = server.url
        await ask(url, "create table kept (n int)", "insert into kept values (7)")
        process.kill()
    again = Postgres(data_dir)
    with running(again):
        assert again.url == url
        assert await ask(url, "select n from kept") == 7
    assert mode(data_dir / "postgres.json") == 0o600


def test_postgres_starts_though_its_old_id_belongs_to_another(data_dir: Path) -> None:
    server = Postgres(data_dir)
    server.ensure()
    account = unprivileged()
    other = subprocess.Popen(["/bin/sleep", "3600"], user=account.uid if account else None)
    try:
        lock = server.home / "pgdata" / "postmaster.pid"
        lock.write_text(f"{other.pid}\n{lock.parent}\n1\n{server.url[-10:-6]}\n\n\n")
        with started(server):
            assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_cluster_left_half_made_is_made_anew(data_dir: Path) -> None:
    server = Postgres(data_dir)
    half = data_dir / "postgres" / "new-0a1b2c3d" / "pgdata"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with running(server):
        assert [path.name for path in server.home.iterdir()] == ["pgdata"]


def test_an_address_taken_meanwhile_is_changed_for_another(data_dir: Path) -> None:
    for server in (Postgres(data_dir), Nats(data_dir)):
        server.ensure()
        port = int(server.url.partition("@127.0.0.1:")[2].partition("/")[0])
        with socket.create_server(("127.0.0.1", port)):
            before = server.url
            server.ensure()
            assert server.url != before


def test_a_cluster_stays_with_the_version_that_made_it(data_dir: Path) -> None:
    newest = pg_binaries.choose(None).major
    assert pg_binaries.choose(newest).major == newest
    with pytest.raises(CannotStart, match="gjord av PostgreSQL 9"):
        pg_binaries.choose(9)


@as_root
def test_postgres_lives_elsewhere_when_its_account_cannot_come_in(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, shared = data_dir / "closed", data_dir / "shared"
    closed.mkdir(mode=0o700)
    (closed / "log").mkdir()
    monkeypatch.setattr(postgres_module, "SHARED", shared)
    with running(Postgres(closed)):
        assert list(shared.glob("*/pgdata/PG_VERSION"))
    with running(Postgres(closed)):
        assert len(list(shared.iterdir())) == 1


@as_root
def test_postgres_out_of_reach_is_copied_to_where_it_can_be_run(data_dir: Path) -> None:
    closed = data_dir / "closed"
    (closed / "bin").mkdir(parents=True)
    (closed / "bin" / "postgres").write_text("#!/bin/sh\n")
    (closed / "bin" / "postgres").chmod(0o700)
    closed.chmod(0o700)
    account = unprivileged()
    assert account
    copy = pg_binaries.Binaries("18.4", closed).within_reach(account, data_dir / "shared")
    assert account.reaches(copy.directory / "bin")
    assert mode(Path(copy.path("postgres"))) == 0o755


@as_root
def test_a_data_directory_copied_by_root_is_given_back(data_dir: Path) -> None:
    server = Postgres(data_dir)
    server.ensure()
    shutil.chown(server.home / "pgdata", "root", "root")
    with running(server):
        pass


async def test_nats_lets_no_one_in_without_the_password(nats_url: str) -> None:
    place = nats_url.partition("@")[2]

    async def unheard(_: Exception) -> None: ...

    client = nats.NATS()
    with pytest.raises(nats.errors.Error, match="Authorization"):
        await client.connect(f"nats://{place}", allow_reconnect=False, error_cb=unheard)
    await client.close()


async def test_nats_takes_two_megabytes(nats_url: str) -> None:
    client = await nats.connect(nats_url)
    assert client.max_payload == 2 * 1024 * 1024
    await client.close()


async def test_nats_survives_a_kill_with_its_messages(data_dir: Path) -> None:
    server = Nats(data_dir)
    with running(server) as process:
        client = await nats.connect(server.url)
        await client.jetstream().add_stream(name="kept", subjects=["kept"])
        await client.jetstream().publish("kept", b"7")
        await client.close()
        process.kill()
    with running(server):
        client = await nats.connect(server.url)
        assert (await client.jetstream().get_msg("kept", 1)).data == b"7"
        await client.close()
    assert mode(data_dir / "nats.conf") == 0o600


@on_linux
def test_a_program_ends_when_the_one_who_started_it_is_killed() -> None:
    start = (
        "import subprocess, time; from infra.embedded.program import Program;"
        "p = subprocess.Popen(Program('sleep', ('/bin/sleep', '3600')).leashed());"
        "print(p.pid, flush=True); time.sleep(3600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    until(lambda: child.name() == "sleep")
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not processes.alive(child))


def test_a_program_gets_its_signals_as_if_we_had_not_been_there() -> None:
    show = Program("show", ("/bin/sh", "-c", "grep SigIgn /proc/self/status"))
    if not Path("/proc/self/status").exists():
        pytest.skip("is about Linux")  # no other system keeps its signals in a file
    said = subprocess.run(show.leashed(), capture_output=True, text=True, check=True)
    ignored = int(said.stdout.split()[1], 16)
    assert not ignored & (1 << (signal.SIGPIPE - 1) | 1 << (signal.SIGINT - 1))
